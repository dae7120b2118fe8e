"""Value of customers: 100,000 of them, 1,000,000 orders and as many invoices."""

import os

from local import bench, scratch

from . import _tiers_data as tiers_data
from . import _value_data as value_data

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench value
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(100_000 * SCALE)
ORDERS = int(1_000_000 * SCALE)

TARGET_ALL = 15
TARGET_MB = 300

# What any of the scores has to read: every order, line and receivable once.
RAW = """
SELECT count(*), sum(s.amount), sum(r.open)
  FROM (SELECT p.commercial_partner_id, o.company_id, sum(o.amount) AS amount,
               sum(o.number) AS number, min(o.first) AS first, max(o.last) AS last
          FROM (SELECT o.partner_id, o.company_id, count(DISTINCT o.id) AS number,
                       min(o.date_order) AS first, max(o.date_order) AS last,
                       sum(l.product_uom_qty::float8 / o.currency_rate::float8)
                           AS amount
                  FROM sale_order o JOIN sale_order_line l ON l.order_id = o.id
                 WHERE o.state = 'sale' GROUP BY o.partner_id, o.company_id) o
          JOIN res_partner p ON p.id = o.partner_id
         GROUP BY p.commercial_partner_id, o.company_id) s
  LEFT JOIN (SELECT l.partner_id, l.company_id, sum(l.amount_residual) AS open,
                    sum(l.balance) AS sold
               FROM account_move_line l
               JOIN account_account a ON a.id = l.account_id
                    AND a.account_type = 'asset_receivable'
              WHERE l.parent_state = 'posted'
              GROUP BY l.partner_id, l.company_id) r
       ON r.partner_id = s.commercial_partner_id AND r.company_id = s.company_id
"""
COMPUTE = """
env["followup.value.engine"]._compute(env["res.company"].search([], order="id"))
"""
FORGET = """
env.cr.execute("TRUNCATE followup_value, followup_value_change, followup_value_month,"
               " followup_value_product")
"""
CHANGE_SOME = """
env.cr.execute("UPDATE followup_value SET turnover = turnover + 1, activity = 'lost'"
               " WHERE id % 20 = 0")
"""
MEMORY = """
import resource
env["followup.value.engine"]._compute(env["res.company"].search([], order="id"))
env.cr.commit()
return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
STATE = """
runs = env["followup.value.run"].search([], limit=2, order="id desc")
values = env["followup.value"]
return [[run.customer_count, run.changed_count, run.model_note] for run in runs] + [
    [key, number] for key, number in values._read_group([], ["activity"], ["__count"])
]
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure all figures of all customers against the raw aggregate."""
    database = factory.copy("value")
    filling = bench.seconds(lambda: tiers_data.fill(database, CUSTOMERS, ORDERS))
    report.time("filling the database and installing", filling)
    filling = bench.seconds(lambda: value_data.add_invoices(database))
    report.time("adding invoices and payments", filling)
    raw = bench.median_sql(database, RAW)
    report.time("raw aggregate: orders, lines and receivables by customer", raw)
    first = bench.median_odoo(database, COMPUTE, FORGET, repeats=2)
    report.ratio("all figures, first time", first, raw)
    database.sql("VACUUM ANALYZE")
    same = bench.median_odoo(database, COMPUTE, repeats=3)
    report.time("all figures, nothing changed", same)
    report.ratio("…", same, raw, TARGET_ALL)
    some = bench.median_odoo(database, COMPUTE, CHANGE_SOME, repeats=3)
    report.ratio("all figures, 5 % changed", some, raw, TARGET_ALL)
    report.ratio("peak memory in MB", database.shell(MEMORY), 1, TARGET_MB)
    for row in database.shell(STATE):
        report.note(" ".join(str(part) for part in row))
