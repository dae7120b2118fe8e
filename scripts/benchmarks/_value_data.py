"""Invoices and payments by SQL, for the customers that the benchmark of tiers makes."""

from local import scratch

ACCOUNTS = """
ids = []
for company in env["res.company"].search([], order="id"):
    there = env(context={"allowed_company_ids": company.ids})
    made = {}
    for kind, code in (("asset_receivable", "991200"), ("income", "994000"),
                       ("asset_cash", "991000")):
        made[kind] = there["account.account"].create({
            "name": kind, "code": code, "account_type": kind,
            "reconcile": kind == "asset_receivable",
            "company_ids": [(6, 0, company.ids)]})
    journals = {}
    for kind, account in (("sale", "income"), ("bank", "asset_cash")):
        journals[kind] = there["account.journal"].create({
            "name": kind, "code": "X" + kind[:3].upper(), "type": kind,
            "company_id": company.id, "default_account_id": made[account].id})
    ids.append((company.id, made["asset_receivable"].id, made["income"].id,
                journals["sale"].id, journals["bank"].id))
env.cr.execute("CREATE TABLE bench_company (company_id int, receivable int, income int,"
               " sale int, bank int)")
env.cr.executemany("INSERT INTO bench_company VALUES (%s, %s, %s, %s, %s)", ids)
env["product.product"].search([("name", "=", "Goods")]).standard_price = 0.6
"""
# Customers differ in what they spend, and a third of them stopped at some time: as the
# models of lifetime value suppose.
STOPS = """
UPDATE sale_order o
   SET amount_untaxed = o.amount_untaxed * (
           0.2 + power((p.id::bigint * 7919 % 1000) / 500.0, 2)),
       date_order = CASE WHEN p.id % 3 > 0 THEN o.date_order ELSE b.first
            + (o.date_order - b.first)
            * (0.02 + (p.id::bigint * 104729 % 1000) / 1000.0) END
  FROM res_partner p, (SELECT min(date_order) AS first FROM sale_order) b
 WHERE p.id = o.partner_id
"""
# One invoice an order, due after 30 days; nine of ten are paid, up to 40 days late.
INVOICES = """
CREATE TABLE bench_invoice AS
SELECT o.id AS n, o.company_id, p.commercial_partner_id AS partner_id, c.receivable,
       c.income, c.sale, c.bank, (o.date_order + interval '3 days')::date AS day,
       round(o.amount_untaxed / o.currency_rate, 2) AS amount, u.currency_id,
       o.id % 10 > 0 AND o.date_order < LOCALTIMESTAMP - interval '75 days' AS paid,
       ((o.id::bigint * 7919) % 40)::int AS late
  FROM sale_order o
  JOIN res_partner p ON p.id = o.partner_id
  JOIN bench_company c ON c.company_id = o.company_id
  JOIN res_company u ON u.id = o.company_id;

INSERT INTO account_move (id, name, state, move_type, company_id, journal_id,
       currency_id, date, invoice_date, partner_id, commercial_partner_id,
       amount_untaxed, amount_untaxed_signed, auto_post)
SELECT 10 * n, 'I' || n, 'posted', 'out_invoice', company_id, sale, currency_id, day,
       day, partner_id, partner_id, amount, amount, 'no'
  FROM bench_invoice
 UNION ALL
SELECT 10 * n + 1, 'P' || n, 'posted', 'entry', company_id, bank, currency_id,
       day + 30 + late, NULL, partner_id, partner_id, 0, 0, 'no'
  FROM bench_invoice WHERE paid;

INSERT INTO account_move_line (id, move_id, company_id, journal_id, account_id,
       partner_id, currency_id, date, date_maturity, parent_state, display_type,
       balance, debit, credit, amount_currency, amount_residual, reconciled, quantity)
SELECT 10 * n, 10 * n, company_id, sale, receivable, partner_id, currency_id, day,
       day + 30, 'posted', 'payment_term', amount, amount, 0, amount,
       CASE WHEN paid THEN 0 ELSE amount END, paid, 0
  FROM bench_invoice
 UNION ALL
SELECT 10 * n + 2, 10 * n, company_id, sale, income, partner_id, currency_id, day,
       NULL, 'posted', 'product', -amount, 0, amount, -amount, 0, FALSE, 1
  FROM bench_invoice
 UNION ALL
SELECT 10 * n + 1, 10 * n + 1, company_id, bank, receivable, partner_id, currency_id,
       day + 30 + late, day + 30 + late, 'posted', 'payment_term', -amount, 0, amount,
       -amount, 0, TRUE, 0
  FROM bench_invoice WHERE paid;

INSERT INTO account_partial_reconcile (debit_move_id, credit_move_id, company_id,
       amount, debit_amount_currency, credit_amount_currency, max_date)
SELECT 10 * n, 10 * n + 1, company_id, amount, amount, amount, day + 30 + late
  FROM bench_invoice WHERE paid;
"""


def add_invoices(database: scratch.Database) -> None:
    """Add an invoice to each order, and most of the payments."""
    database.shell(ACCOUNTS)
    database.sql(STOPS)
    database.sql(INVOICES)
    database.sql("VACUUM ANALYZE")
