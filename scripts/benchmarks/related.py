"""Related products and traits: 1,000,000 orders with 3,000,000 lines of goods."""

import os

from local import bench, scratch

from . import _related_data as related_data

# A part of the full size, for a quick look: BENCH_SCALE=0.05 scripts/bench related
SCALE = float(os.environ.get("BENCH_SCALE", "1"))
CUSTOMERS = int(100_000 * SCALE)
ORDERS = int(1_000_000 * SCALE)
LEADS = int(20_000 * SCALE)

TARGET = 1.5

# The bare count of pairs: goods of confirmed orders, each product once an order.
RAW = """
WITH item AS MATERIALIZED (
    SELECT DISTINCT o.company_id, o.id AS order_id, v.product_tmpl_id AS product_id
      FROM sale_order o
      JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
           AND l.product_uom_qty > 0
      JOIN product_product v ON v.id = l.product_id
      JOIN product_template t ON t.id = v.product_tmpl_id AND t.type = 'consu'
     WHERE o.state = 'sale')
SELECT count(*), sum(number)
  FROM (SELECT a.company_id, a.product_id, b.product_id AS related_id,
               count(*) AS number
          FROM item a
          JOIN item b ON b.order_id = a.order_id AND a.product_id < b.product_id
         GROUP BY a.company_id, a.product_id, b.product_id) pair
"""
# The working memory that the refresh takes, too.
MEMORY_OF_BOTH = "SET work_mem = '128MB'"
ALL_TIME = """
env["res.company"].search([]).write({
    "fcrm_related_months": 0, "fcrm_related_support": 0.002,
    "fcrm_related_confidence": 5})
"""
COMPUTE = """
for company in env["res.company"].search([], order="id"):
    env["followup.related.engine"]._refresh(company)
"""
TRAITS = """
for company in env["res.company"].search([], order="id"):
    env["followup.trait"]._refresh(company)
"""
FORGET_TRAITS = """
env.cr.execute("TRUNCATE followup_trait; UPDATE crm_lead SET fcrm_likeness = -1")
"""
FORGET = """
env.cr.execute("TRUNCATE followup_related_product, followup_related_group")
"""
CHANGE_SOME = """
env.cr.execute("UPDATE followup_related_product SET lift = lift + 1 WHERE id % 20 = 0")
"""
STATE = """
groups = env["followup.related.group"].search([])
rows = env["followup.related.product"]._read_group([], ["company_id"], ["__count"])
return [[g.company_id.name, g.display_name, g.order_count] for g in groups] + [
    [company.name, "rows", number] for company, number in rows]
"""
MEMORY = """
import resource
for company in env["res.company"].search([], order="id"):
    env["followup.related.engine"]._refresh(company)
env.cr.commit()
return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""


def run(factory: scratch.Factory, report: bench.Report) -> None:
    """Measure the refresh of all companies against the bare count of pairs.

    Beside it what the best customers have in common, and who resembles them.
    """
    database = factory.copy("related")
    filling = bench.seconds(lambda: related_data.fill(database, CUSTOMERS, ORDERS))
    report.time("filling the database and installing", filling)
    database.shell(ALL_TIME)
    raw = bench.median_sql(database, RAW, MEMORY_OF_BOTH, repeats=3)
    report.time("bare count of pairs", raw)
    first = bench.median_odoo(database, COMPUTE, FORGET, repeats=3)
    report.time("related products, first time", first)
    report.ratio("…", first, raw, TARGET)
    same = bench.median_odoo(database, COMPUTE, repeats=3)
    report.time("related products, nothing changed", same)
    report.ratio("…", same, raw, TARGET)
    some = bench.median_odoo(database, COMPUTE, CHANGE_SOME, repeats=3)
    report.ratio("related products, 5 % changed", some, raw, TARGET)
    report.note(f"memory of the process: {database.shell(MEMORY):.0f} MB")
    for row in database.shell(STATE):
        report.note(" ".join(str(part) for part in row))
    related_data.add_prospects(database, LEADS)
    title = f"traits of the best of {CUSTOMERS} customers, likeness of {LEADS} leads"
    first = bench.median_odoo(database, TRAITS, FORGET_TRAITS, repeats=3)
    report.time(f"{title}, first time", first)
    same = bench.median_odoo(database, TRAITS, repeats=3)
    report.time(f"{title}, nothing changed", same)
