"""Dashboard: one call for each role with 100,000 customers and 1,000,000 orders."""

import os

from local import bench, scratch

from . import _tiers_data as tiers_data

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench dashboard
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(100_000 * SCALE)
ORDERS = int(1_000_000 * SCALE)

TARGET_SECONDS = 0.4
TARGET_QUERIES = 80

PREPARE = """
env["followup.sales.month"]._refresh()
schemes = env["followup.tier.scheme"].search([])
env["followup.tier.engine"]._compute_schemes(schemes, notify=False)
env["followup.value.engine"]._compute(env["res.company"].search([], order="id"))
env["res.users"].browse(2).write({
    "group_ids": [(4, env.ref("followup_crm." + name).id)
                  for name in ("group_manager", "group_complaint_officer")],
})
env.cr.execute("UPDATE followup_customer SET user_id = 2 WHERE id % 1000 = 0")
env.cr.execute(
    "UPDATE followup_customer SET contact_due_date = CURRENT_DATE - 30 + id % 40,"
    " contact_overdue_date = CURRENT_DATE - 20 + id % 40"
)
"""
MEASURE = """
import statistics
import time
page = env["followup.dashboard"].with_user(2)
result = {{}}
for role in ("user", "officer", "manager"):
    times, counts = [], []
    for _number in range({repeats}):
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        started = time.perf_counter()
        data = page.get_dashboard(role)
        times.append(time.perf_counter() - started)
        counts.append(env.cr.sql_log_count - before)
    result[role] = [statistics.median(times), counts[-1], len(data["panels"])]
return result
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure what the page of each role takes, in seconds."""
    database = factory.copy("dashboard")
    filling = bench.seconds(lambda: tiers_data.fill(database, CUSTOMERS, ORDERS))
    report.time("filling the database and installing", filling)
    database.shell(PREPARE)
    database.sql("VACUUM ANALYZE")
    found = database.shell(MEASURE.format(repeats=9))
    for role, (seconds, queries, panels) in found.items():
        report.ratio(
            f"{role}, {panels} panels: {seconds * 1000:.0f} ms, of 400",
            seconds,
            TARGET_SECONDS,
            1,
        )
        report.ratio(f"{role}: {queries} queries", queries, TARGET_QUERIES, 1)
