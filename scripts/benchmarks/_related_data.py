"""Orders of several goods each, and prospects: for the benchmark of related goods."""

from local import scratch

from . import _tiers_data as tiers_data

PRODUCTS = 1000
LINES_EACH = 3
GOODS = f"""
env["product.template"].create([
    {{"name": f"Goods {{number}}", "type": "consu"}} for number in range({PRODUCTS})
])
env.cr.execute("CREATE TABLE bench_product AS"
               " SELECT row_number() OVER (ORDER BY p.id) - 1 AS n, p.id"
               "   FROM product_product p JOIN product_template t"
               "     ON t.id = p.product_tmpl_id AND t.type = 'consu'"
               "  WHERE t.name::text LIKE '%Goods %'")
env.cr.execute("CREATE INDEX ON bench_product (n)")
"""
# The first is taken with a preference for few, the second often goes with it, the third
# is any.
LINES = """
INSERT INTO sale_order_line (order_id, name, product_id, product_uom_id,
                             product_uom_qty, price_unit, customer_lead, company_id,
                             order_partner_id, currency_id, state)
SELECT o.id, 'Goods', p.id, u.id, 1 + o.id % 17, 1, 0, o.company_id, o.partner_id,
       o.currency_id, 'sale'
  FROM (SELECT o.*, floor(power((o.id::bigint * 7919 % 1000003) / 1000003.0, 2)
                          * {products})::int AS first
          FROM sale_order o) o
 CROSS JOIN generate_series(0, {lines} - 1) AS place
 CROSS JOIN (SELECT min(id) AS id FROM uom_uom) u
  JOIN bench_product p ON p.n = CASE place
       WHEN 0 THEN o.first
       WHEN 1 THEN (o.first + 1 + o.id % 3) % {products}
       ELSE (o.id::bigint * 104729 % {products}) END
"""
# Every tenth customer is in the first tier, three of ten in the second.
TIERS = """
UPDATE followup_customer f SET tier_id = t.ids[CASE f.id % 10 WHEN 0 THEN 1
           WHEN 1 THEN 2 WHEN 2 THEN 2 WHEN 3 THEN 2 ELSE 3 END]
  FROM (SELECT s.company_id, array_agg(t.id ORDER BY t.sequence, t.id) AS ids
          FROM followup_tier t JOIN followup_tier_scheme s ON s.id = t.scheme_id
         WHERE s.is_policy GROUP BY s.company_id) t
 WHERE t.company_id = f.company_id
"""
# Countries, industries and sizes that prove nothing, and leads that have them too.
FEATURES = """
UPDATE res_partner
   SET country_id = (SELECT min(id) FROM res_country) + id % 200,
       industry_id = (SELECT min(id) FROM res_partner_industry) + id % 15;
UPDATE followup_customer
   SET size_category = (ARRAY['small', 'medium', 'large'])[1 + id % 3];
INSERT INTO crm_lead (name, type, active, company_id, country_id, fcrm_industry_id,
                      stage_id, won_status)
SELECT 'Lead ' || n, 'opportunity', TRUE, c.ids[1 + n % array_length(c.ids, 1)],
       k.id + n % 200, i.id + n % 15, s.id, 'pending'
  FROM generate_series(1, {leads}) n
 CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM res_company) c
 CROSS JOIN (SELECT min(id) AS id FROM res_country) k
 CROSS JOIN (SELECT min(id) AS id FROM res_partner_industry) i
 CROSS JOIN (SELECT min(id) AS id FROM crm_stage) s
"""
CLASSIFY = """
env["followup.sales.month"]._refresh()
policy = env["followup.tier.scheme"].search([("is_policy", "=", True)])
env["followup.tier.engine"]._compute_schemes(policy, notify=False)
"""


def fill(database: scratch.Database, customers: int, orders: int) -> None:
    """Fill a database with orders of three lines, install the module, give tiers."""
    database.shell(tiers_data.COMPANIES)
    database.shell(GOODS)
    database.sql(tiers_data.RATES)
    part = tiers_data.CONTACTS_PART
    database.sql(
        tiers_data.PARTNERS.format(
            customers=customers, contacts=customers // part, part=part
        )
    )
    partners = customers + customers // part
    database.sql(tiers_data.ORDERS.format(start=0, orders=orders, partners=partners))
    database.sql(LINES.format(products=PRODUCTS, lines=LINES_EACH))
    database.sql("VACUUM ANALYZE")
    database.install()
    database.sql(TIERS)
    database.sql("VACUUM ANALYZE")


def add_prospects(database: scratch.Database, leads: int) -> None:
    """Classify the customers, give them features, and make leads that have some."""
    database.sql(FEATURES.format(leads=leads))
    database.shell(CLASSIFY)
    database.sql("VACUUM ANALYZE")
