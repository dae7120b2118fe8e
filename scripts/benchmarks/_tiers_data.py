"""Customers and orders by SQL: two companies, three currencies, three years."""

from local import scratch

CONTACTS_PART = 5
OWNERS = 20
COMPANIES = f"""
second = env["res.company"].create({{"name": "Second company"}})
env["res.users"].create(
    [
        {{
            "name": f"Owner {{number}}",
            "login": f"owner{{number}}",
            "company_ids": env["res.company"].search([]).ids,
        }}
        for number in range({OWNERS})
    ]
)
env["res.currency"].with_context(active_test=False).search(
    [("name", "in", ("USD", "EUR", "CNY"))]
).active = True
"""
RATES = """
DELETE FROM res_currency_rate;
INSERT INTO res_currency_rate (name, rate, currency_id, company_id)
SELECT '2000-01-01', CASE c.name WHEN 'EUR' THEN 0.9 ELSE 7.1 END, c.id, company.id
  FROM res_currency c, res_company company
 WHERE c.name IN ('EUR', 'CNY') AND c.id <> company.currency_id
"""
PARTNERS = """
CREATE TABLE bench_partner AS
SELECT n, base + n AS id, base + n AS commercial
  FROM generate_series(1, {customers}) n,
       (SELECT max(id) AS base FROM res_partner) AS last
 UNION ALL
SELECT {customers} + n, base + {customers} + n, base + {part} * n
  FROM generate_series(1, {contacts}) n,
       (SELECT max(id) AS base FROM res_partner) AS last;

INSERT INTO res_partner (id, name, complete_name, active, is_company, type,
                         autopost_bills, parent_id, commercial_partner_id, country_id,
                         user_id)
SELECT id, 'Partner ' || n, 'Partner ' || n, TRUE, id = commercial, 'contact', 'ask',
       NULLIF(commercial, id), commercial,
       (SELECT array_agg(id ORDER BY id) FROM res_country)[1 + n % 200],
       (SELECT array_agg(id ORDER BY id) FROM res_users
         WHERE login LIKE 'owner%')[1 + commercial % {owners}]
  FROM bench_partner;
SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner));
CREATE INDEX ON bench_partner (n);
"""
# Few customers buy much: the place grows with the square. Three of ten customers are
# the second company's.
ORDERS = """
INSERT INTO sale_order (name, partner_id, partner_invoice_id, partner_shipping_id,
                        company_id, currency_id, user_id, state, picking_policy,
                        warehouse_id, date_order, create_date, currency_rate,
                        amount_untaxed, amount_tax, amount_total, invoice_status)
SELECT 'B' || o.n, p.id, p.id, p.id, c.id,
       CASE o.n % 5 WHEN 3 THEN u.eur WHEN 4 THEN u.cny ELSE c.currency_id END, 2,
       'sale', 'direct',
       (SELECT min(w.id) FROM stock_warehouse w WHERE w.company_id = c.id),
       o.moment, o.moment, CASE o.n % 5 WHEN 3 THEN 0.9 WHEN 4 THEN 7.1 ELSE 1 END,
       o.amount, 0, o.amount, 'no'
  FROM (SELECT n, ((n::bigint * 7919 % 1000003) / 1000003.0) AS part,
               100 + (n::bigint * 7907) % 5000 AS amount,
               LOCALTIMESTAMP - (n::bigint * 104729 % 1576800) * interval '1 minute'
                   AS moment
          FROM generate_series({start} + 1, {start} + {orders}) n) o
  JOIN bench_partner p ON p.n = 1 + floor(o.part * o.part * {partners})::int
  JOIN (SELECT id, currency_id, row_number() OVER (ORDER BY id) AS place
          FROM res_company) c
       ON c.place = CASE WHEN p.commercial % 10 < 7 THEN 1 ELSE 2 END
 CROSS JOIN (SELECT max(id) FILTER (WHERE name = 'EUR') AS eur,
                    max(id) FILTER (WHERE name = 'CNY') AS cny FROM res_currency) u
"""
LINES = """
INSERT INTO sale_order_line (order_id, name, product_id, product_uom_id,
                             product_uom_qty, price_unit, customer_lead, company_id,
                             order_partner_id, currency_id, state)
SELECT o.id, 'Goods', (SELECT min(id) FROM product_product),
       (SELECT min(id) FROM uom_uom), 1 + o.id % 17, 1, 0, o.company_id, o.partner_id,
       o.currency_id, 'sale'
  FROM sale_order o
 WHERE NOT EXISTS (SELECT FROM sale_order_line l WHERE l.order_id = o.id)
"""
PRODUCT = """
env["product.product"].create({"name": "Goods", "type": "service"})
"""


def fill(database: scratch.Database, customers: int, orders: int) -> None:
    """Fill a database, and install the module on it, which makes the files."""
    database.shell(COMPANIES)
    database.shell(PRODUCT)
    database.sql(RATES)
    database.sql(
        PARTNERS.format(
            customers=customers,
            contacts=customers // CONTACTS_PART,
            part=CONTACTS_PART,
            owners=OWNERS,
        )
    )
    add_orders(database, customers, orders)
    database.sql("VACUUM ANALYZE")
    database.install()
    database.sql("VACUUM ANALYZE")


def add_orders(
    database: scratch.Database, customers: int, orders: int, start: int = 0
) -> None:
    """Add orders of one line each, numbered from ``start``."""
    partners = customers + customers // CONTACTS_PART
    database.sql(ORDERS.format(start=start, orders=orders, partners=partners))
    database.sql(LINES)
