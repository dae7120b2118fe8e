"""Sales months and classes: 100,000 customers, 1,000,000 orders, two companies."""

import os

from local import bench, scratch

from . import _tiers_data as tiers_data
from . import _tiers_screens as tiers_screens

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench tiers
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(100_000 * SCALE)
ORDERS = int(1_000_000 * SCALE)

TARGET_AMOUNT_SAME = 1.4
TARGET_AMOUNT_MOVED = 2
TARGET_AMOUNT_FIRST = 8
TARGET_MONTHS_SAME = 8
TARGET_ONE_CUSTOMER_MS = 10
TARGET_NIGHT = 15
TARGET_NIGHT_MB = 300
TARGET_GROWTH = 5
SAMPLE = 200

RAW = """
SELECT count(*), max(above) FROM (
    SELECT s.*, sum(amount) OVER (PARTITION BY company_id ORDER BY amount DESC) AS above
      FROM (SELECT p.commercial_partner_id, o.company_id, sum(o.amount) AS amount
              FROM (SELECT partner_id, company_id,
                           sum(amount_untaxed::float8 / currency_rate::float8) AS amount
                      FROM sale_order
                     WHERE state = 'sale'
                       AND date_order >= current_date - interval '12 months'
                       AND date_order < current_date
                     GROUP BY partner_id, company_id) o
              JOIN res_partner p ON p.id = o.partner_id
             GROUP BY p.commercial_partner_id, o.company_id) s) w
"""
SCHEMES = """
schemes = env["followup.tier.scheme"].search([("code", "=", "amount")])
"""
COMPUTE = (
    SCHEMES
    + """
env["followup.tier.engine"]._compute_schemes(schemes, notify=False)
"""
)
# One customer in twenty stands in the lowest tier, its badge too, with another measure
# than it has.
MOVE_SOME = """
env.cr.execute(\"\"\"
    WITH moved AS (
        UPDATE followup_tier_assignment a
           SET measure = -1, tier_id = (SELECT t.id FROM followup_tier t
                                         WHERE t.scheme_id = a.scheme_id
                                         ORDER BY t.sequence DESC LIMIT 1)
          FROM followup_tier_scheme s
         WHERE s.id = a.scheme_id AND s.code = 'amount' AND a.id % 20 = 0
        RETURNING a.customer_id, a.tier_id)
    UPDATE followup_customer f SET tier_id = t.id, tier_sequence = t.sequence
      FROM moved m JOIN followup_tier t ON t.id = m.tier_id
     WHERE f.id = m.customer_id AND f.tier_id <> t.id\"\"\")
"""
FORGET = """
env.cr.execute("TRUNCATE followup_tier_assignment, followup_tier_change CASCADE")
env.cr.execute(\"\"\"
    UPDATE followup_customer SET tier_id = NULL, tier_sequence = 999
     WHERE tier_id IS NOT NULL\"\"\")
"""
REFRESH = 'env["followup.sales.month"]._refresh()'
CHANGE_MONTHS = """
env.cr.execute("UPDATE followup_sales_month SET amount = amount + 1 WHERE id % 20 = 0")
"""
FORGET_MONTHS = 'env.cr.execute("TRUNCATE followup_sales_month")'
ALL_ON = """
env["followup.tier.scheme"].with_context(active_test=False).search([]).active = True
"""
NIGHT = """
import resource
import time
env.cr.commit()
started = time.perf_counter()
env["followup.tier.engine"]._cron_compute()
env.cr.commit()
seconds = time.perf_counter() - started
return [seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
"""
ONE_CUSTOMER = """
import statistics
import time
env.cr.execute("SELECT id FROM followup_customer ORDER BY id % 997, id LIMIT 50")
times = []
for row in env.cr.fetchall():
    customer = env["followup.customer"].browse(row[0])
    started = time.perf_counter()
    env["followup.sales.month"]._refresh(customer)
    times.append(1000 * (time.perf_counter() - started))
return statistics.median(times)
"""
# The same classes by Odoo's own means: sums by _read_group, places in Python, one
# write a class. Currencies are left out, for _read_group knows today's rate only.
BY_READ_GROUP = """
from dateutil.relativedelta import relativedelta
from odoo import fields
today = fields.Date.today()
for company in env["res.company"].search([]):
    files = env["followup.customer"].sudo().search([("company_id", "=", company.id)])
    sums = dict.fromkeys(files.partner_id.ids, 0)
    for partner, amount in env["sale.order"]._read_group(
        [
            ("company_id", "=", company.id),
            ("state", "=", "sale"),
            ("date_order", ">=", today - relativedelta(months=12)),
            ("date_order", "<", today),
        ],
        ["partner_id"],
        ["amount_untaxed:sum"],
    ):
        sums[partner.commercial_partner_id.id] += amount
    tiers = env["followup.tier"].search(
        [("scheme_id.code", "=", "amount"), ("company_id", "=", company.id)]
    )
    total, above, groups = sum(sums.values()) or 1, 0, {}
    for customer in files.sorted(lambda f: -sums[f.partner_id.id]):
        tier = next((t for t in tiers if above / total < t.limit / 100), tiers[-1])
        groups.setdefault(tier, []).append(customer.id)
        above += sums[customer.partner_id.id]
    for tier, ids in groups.items():
        env["followup.customer"].sudo().browse(ids).write({"tier_sequence": tier.id})
    env.flush_all()
"""
BY_LOOP = f"""
import time
from dateutil.relativedelta import relativedelta
from odoo import fields
today = fields.Date.today()
files = env["followup.customer"].search([], limit={SAMPLE})
started = time.perf_counter()
for customer in files:
    orders = env["sale.order"].search(
        [
            ("partner_id", "child_of", customer.partner_id.id),
            ("company_id", "=", customer.company_id.id),
            ("state", "=", "sale"),
            ("date_order", ">=", today - relativedelta(months=12)),
        ]
    )
    customer.sudo().tier_sequence = sum(
        order.amount_untaxed / order.currency_rate for order in orders
    )
    env.flush_all()
seconds = time.perf_counter() - started
env.cr.rollback()
return seconds / len(files) * env["followup.customer"].search_count([])
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure months, schemes, the night and the screens against the raw SELECT."""
    database = factory.copy("tiers")
    filling = bench.seconds(lambda: tiers_data.fill(database, CUSTOMERS, ORDERS))
    report.time("filling the database and installing", filling)
    raw = bench.median_sql(database, RAW)
    report.time("raw limit: one SELECT of 12 months with windows", raw)
    months_times(database, report, raw)
    amount = amount_times(database, report, raw)
    comparisons(database, report, raw)
    night(database, report, raw)
    tiers_screens.measure(database, report)
    growth(database, report, amount)


def months_times(database, report, raw: float) -> None:
    first = bench.median_odoo(database, REFRESH, FORGET_MONTHS, repeats=1)
    report.ratio("months, first time", first, raw)
    database.sql("VACUUM ANALYZE followup_sales_month")
    same = bench.median_odoo(database, REFRESH)
    report.time("months of all customers, nothing changed", same)
    report.ratio("…", same, raw, TARGET_MONTHS_SAME)
    some = bench.median_odoo(database, REFRESH, CHANGE_MONTHS, repeats=3)
    report.ratio("months, 5 % changed", some, raw)
    one = database.shell(ONE_CUSTOMER)
    report.ratio("months of one customer, in ms", one, 1, TARGET_ONE_CUSTOMER_MS)


def amount_times(database, report, raw: float) -> float:
    """Measure the amount scheme; return the time with nothing changed."""
    first = bench.median_odoo(database, COMPUTE, FORGET, repeats=3)
    report.ratio("amount scheme, first time", first, raw, TARGET_AMOUNT_FIRST)
    database.sql("VACUUM ANALYZE")
    same = bench.median_odoo(database, COMPUTE)
    report.time("amount scheme, nothing changed", same)
    report.ratio("…", same, raw, TARGET_AMOUNT_SAME)
    some = bench.median_odoo(database, COMPUTE, MOVE_SOME)
    report.ratio("amount scheme, 5 % moved", some, raw, TARGET_AMOUNT_MOVED)
    return same


def comparisons(database, report, raw: float) -> None:
    """Measure what the same result takes otherwise, so that everyone sees why."""
    grouped = bench.median_odoo(database, BY_READ_GROUP, repeats=1)
    report.ratio("the same through _read_group and grouped writes", grouped, raw)
    looped = database.shell(BY_LOOP)
    report.ratio(f"… through a loop, from a sample of {SAMPLE}", looped, raw)


def night(database, report, raw: float) -> None:
    """Measure the nightly action with every shipped scheme switched on."""
    database.shell(ALL_ON)
    first, _memory = database.shell(NIGHT)
    report.ratio("night, first time with all schemes", first, raw)
    database.sql("VACUUM ANALYZE")
    runs = [database.shell(NIGHT) for _number in range(3)]
    seconds, megabytes = sorted(runs)[1]
    report.time("night, all schemes", seconds)
    report.ratio("…", seconds, raw, TARGET_NIGHT)
    report.ratio("peak memory of the worker, in MB", megabytes, 1, TARGET_NIGHT_MB)


def growth(database, report, small: float) -> None:
    """Measure the amount scheme with five times the orders."""
    tiers_data.add_orders(database, CUSTOMERS, 4 * ORDERS, start=ORDERS)
    database.sql("VACUUM ANALYZE")
    bench.median_odoo(database, COMPUTE, repeats=1)
    large = bench.median_odoo(database, COMPUTE, repeats=3)
    report.time(f"amount scheme with {5 * ORDERS} orders", large)
    report.ratio(f"… against {ORDERS} orders", large, small, TARGET_GROWTH)
