"""Order tracking: 100,000 open orders of 12 milestones each."""

import os

from local import bench, scratch

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench tracking
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
ORDERS = int(100_000 * SCALE)
MILESTONES = 12
CUSTOMERS = max(1, ORDERS // 20)

TARGET_FORECAST = 3
TARGET_LATE = 3
TARGET_ONE_MS = 50
TARGET_PAGE_MS = 200
REPEATS = 3

TEMPLATE = f"""
env["followup.tracking.template"].search([]).active = False
kinds = env["followup.milestone.type"].search([], limit={MILESTONES})
env["followup.tracking.template"].create({{
    "name": "Bench", "company_id": False,
    "line_ids": [(0, 0, {{"type_id": kind.id, "sequence": 10 * number,
                          "base": "order" if number < 3 else "delivery",
                          "offset_days": number if number < 3 else 5 * number - 55}})
                 for number, kind in enumerate(kinds)],
}})
"""
PARTNERS = """
INSERT INTO res_partner (name, complete_name, active, is_company, type, autopost_bills)
SELECT 'Buyer ' || n, 'Buyer ' || n, TRUE, TRUE, 'contact', 'ask'
  FROM generate_series(1, {customers}) n;
UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL;
"""
ORDERS_SQL = """
WITH buyer AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
                 FROM res_partner WHERE name LIKE 'Buyer %')
INSERT INTO sale_order (name, partner_id, partner_invoice_id, partner_shipping_id,
                        company_id, currency_id, user_id, state, picking_policy,
                        warehouse_id, date_order, commitment_date, currency_rate,
                        amount_untaxed, amount_tax, amount_total, invoice_status)
SELECT 'T' || n, b.id, b.id, b.id, c.id, c.currency_id, 2, 'sale', 'direct',
       (SELECT min(w.id) FROM stock_warehouse w WHERE w.company_id = c.id),
       LOCALTIMESTAMP - (n % 90) * interval '1 day',
       LOCALTIMESTAMP + (n % 120 - 20) * interval '1 day', 1, 100, 0, 100, 'no'
  FROM generate_series(1, {orders}) n
  JOIN buyer b ON b.place = n % {customers}
 CROSS JOIN (SELECT * FROM res_company ORDER BY id LIMIT 1) c
"""
MAKE = """
env["followup.customer"]._create_missing_files()
env["followup.order.tracking"]._create_missing()
env.cr.commit()
"""
# The late ones of a real company: half of what is due is done.
SOME_DONE = """
UPDATE followup_order_milestone
   SET actual_date = planned_date
 WHERE planned_date < CURRENT_DATE AND tracking_id % 10 <> 0
"""
BARE_UPDATE = """
UPDATE followup_order_milestone
   SET planned_date = planned_date + 1, forecast_date = forecast_date + 1
"""
MOVE_TEMPLATE = """
env.cr.execute("UPDATE followup_tracking_template_line"
               " SET offset_days = offset_days + 1")
env.invalidate_all()
"""
APPLY = """
template = env["followup.tracking.template"].search([("name", "=", "Bench")])
env["followup.order.tracking"]._apply_template(template)
"""
NIGHT = 'env["followup.order.tracking"]._refresh_all()'
BARE_LATE = """
SELECT id FROM followup_order_tracking
 WHERE state = 'open' AND risk <> 'on_track' AND company_id = 1
 ORDER BY tier_sequence, next_date, id
"""
LATE = """
import statistics
import time
trackings = env["followup.order.tracking"].with_context(allowed_company_ids=[1])
COLUMNS = {name: {} for name in ("name", "risk", "days_late", "late_reason",
                                 "delivery_date", "forecast_delivery_date")}
COLUMNS |= {name: {"fields": {"display_name": {}}}
            for name in ("customer_id", "tier_id", "user_id")}
domain = [("state", "=", "open"), ("risk", "!=", "on_track")]
wanted, bare, page = [], [], []
for _number in range(9):
    env.invalidate_all()
    started = time.perf_counter()
    env.cr.execute(%r)
    rows = env.cr.fetchall()
    bare.append(time.perf_counter() - started)
    started = time.perf_counter()
    found = trackings.search(domain)
    wanted.append(time.perf_counter() - started)
    assert found.ids == [row[0] for row in rows]
    env.invalidate_all()
    started = time.perf_counter()
    trackings.web_search_read(domain, COLUMNS, limit=80)
    page.append(1000 * (time.perf_counter() - started))
medians = [statistics.median(times) for times in (wanted, bare, page)]
return [*medians, len(rows)]
"""
COUNT_QUERIES = """
counts = []
for number in (10, 1000):
    some = env["followup.order.tracking"].search([("state", "=", "open")], limit=number)
    env.flush_all()
    before = env.cr.sql_log_count
    some._refresh()
    counts.append(env.cr.sql_log_count - before)
return counts
"""
ONE = """
import statistics
import time
times = []
orders = env["followup.order.tracking"].search([("state", "=", "open")], limit=30)
for tracking in orders:
    started = time.perf_counter()
    tracking._refresh()
    times.append(1000 * (time.perf_counter() - started))
return statistics.median(times)
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure dates of all orders after a template change, and the late list."""
    database = factory.copy("tracking")
    database.install()
    database.shell(TEMPLATE)
    database.sql(PARTNERS.format(customers=CUSTOMERS))
    database.sql(ORDERS_SQL.format(customers=CUSTOMERS, orders=ORDERS))
    database.sql("VACUUM ANALYZE")
    making = bench.seconds(lambda: database.shell(MAKE))
    report.time(f"making {ORDERS} trackings", making)
    database.sql(SOME_DONE)
    database.shell(NIGHT)
    # Half of the rows done would halve the work: all are open for the comparison.
    database.sql("UPDATE followup_order_milestone SET actual_date = NULL")
    database.shell(NIGHT)
    database.sql("VACUUM FULL ANALYZE followup_order_milestone")
    bare = bench.median_sql(database, BARE_UPDATE, repeats=REPEATS)
    report.time("raw limit: UPDATE of both dates of all milestones", bare)
    database.shell(NIGHT)
    database.sql("VACUUM FULL ANALYZE followup_order_milestone")
    applied = bench.median_odoo(database, APPLY, MOVE_TEMPLATE, repeats=REPEATS)
    report.time("template changed, all orders forecast anew", applied)
    report.ratio("…", applied, bare, TARGET_FORECAST)
    same = bench.median_odoo(database, NIGHT, repeats=REPEATS)
    report.ratio("night, nothing changed", same, bare)
    late, select, page, count = database.shell(LATE % BARE_LATE)
    report.time(f"all {count} late orders, tier I first", late)
    report.ratio("… against the bare SELECT", late, select, TARGET_LATE)
    report.ratio("first page with all it shows, in ms", page, 1, TARGET_PAGE_MS)
    few, many = database.shell(COUNT_QUERIES)
    report.ratio("queries for 1000 orders against 10", many, few, 1)
    one = database.shell(ONE)
    report.ratio("dates of one order, in ms", one, 1, TARGET_ONE_MS)
