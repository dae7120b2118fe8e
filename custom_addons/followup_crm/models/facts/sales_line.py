from odoo import api, fields, models
from odoo.tools import SQL

from .sales_fact import SOURCES, SalesFact


class SalesLine(models.Model):
    """What was sold, live: the sales of ``followup.sales.fact`` line by line (V1).

    The documents, their day and their rate are those of the facts, so that the lines of
    a document add up to its fact. Where Odoo rounds the total of an order otherwise
    than its lines, the largest line bears the difference. A year before Odoo is one
    line without a product.
    """

    _name = "followup.sales.line"
    _description = "Sold product"
    _auto = False
    _rec_name = "product_id"
    _order = "date desc, id desc"
    _depends = {
        **SalesFact._depends,
        "sale.order.line": [
            "order_id",
            "product_id",
            "product_uom_qty",
            "price_subtotal",
            "display_type",
        ],
        "account.move.line": [
            "move_id",
            "product_id",
            "quantity",
            "balance",
            "display_type",
            "tax_repartition_line_id",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id"],
        "followup.customer": ["partner_id", "company_id", "user_id", "tier_id"],
        "res.partner": ["commercial_partner_id", "country_id", "tz"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    source = fields.Selection(SOURCES, readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    date = fields.Date(readonly=True, help="In the time zone of the company.")
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Owner", readonly=True, help="The customer's owner today."
    )
    tier_id = fields.Many2one(
        "followup.tier",
        readonly=True,
        help="The customer's class today, in the company's policy scheme.",
    )
    amount = fields.Monetary(readonly=True, string="Turnover", help="Untaxed.")
    share = fields.Float(
        readonly=True,
        string="Share of turnover",
        aggregator="sum",
        help="Part of the turnover of all that is shown; in a pivot table, of the"
        " turnover of its column.",
    )
    margin = fields.Monetary(readonly=True, help="Empty where it is not recorded.")
    quantity = fields.Float(readonly=True, string="Volume")
    rate_missing = fields.Boolean(
        readonly=True,
        string="No exchange rate",
        help="There is no exchange rate on or before the document's date.",
    )

    @property
    def _table_query(self):
        return self._line_select()

    @api.model
    def _line_select(self):
        """The sold lines, rolled up to the customer file, with what they group by."""
        return SQL(
            """
            SELECT d.id, f.id AS customer_id, d.company_id, d.source, d.order_id,
                   d.move_id, d.date, d.product_id, t.categ_id, c.country_id,
                   f.user_id, f.tier_id, d.amount, NULL::float8 AS share, d.margin,
                   d.quantity, d.rate_missing
              FROM (%s UNION ALL %s UNION ALL %s) d
              JOIN res_partner p ON p.id = d.partner_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = d.company_id
              JOIN res_partner c ON c.id = f.partner_id
              LEFT JOIN product_product v ON v.id = d.product_id
              LEFT JOIN product_template t ON t.id = v.product_tmpl_id
            """,
            self._order_line_select(),
            self._invoice_line_select(),
            self._history_line_select(),
        )

    def _order_line_select(self):
        """Lines of the orders that count, in company currency at the order's rate."""
        margin = (
            SQL("""x.margin""")
            if "margin" in self.env["sale.order.line"]._fields
            else SQL("""NULL::numeric""")
        )
        return SQL(
            """
            SELECT l.id * 3 AS id, d.source, d.order_id, d.move_id, d.partner_id,
                   d.company_id, d.date, l.product_id,
                   CASE WHEN NOT d.rate_missing
                        THEN l.value::float8 / NULLIF(o.currency_rate, 0)::float8
                   END AS amount,
                   CASE WHEN NOT d.rate_missing
                        THEN l.margin::float8 / NULLIF(o.currency_rate, 0)::float8
                   END AS margin,
                   l.quantity, d.rate_missing
              FROM (%(documents)s) d
              JOIN sale_order o ON o.id = d.order_id
              JOIN LATERAL (
                   SELECT x.id, x.product_id, %(margin)s AS margin,
                          x.product_uom_qty::float8 AS quantity,
                          x.price_subtotal
                          + CASE WHEN ROW_NUMBER() OVER (
                                      ORDER BY ABS(x.price_subtotal) DESC, x.id) = 1
                                 THEN o.amount_untaxed - SUM(x.price_subtotal) OVER ()
                                 ELSE 0 END AS value
                     FROM sale_order_line x
                    WHERE x.order_id = d.order_id AND x.display_type IS NULL) l ON TRUE
            """,
            documents=self.env["followup.sales.fact"]._order_select(
                None, None, None, False
            ),
            margin=margin,
        )

    def _invoice_line_select(self):
        """Untaxed lines of the invoices that count; balances are company currency."""
        return SQL(
            """
            SELECT l.id * 3 + 1, d.source, d.order_id, d.move_id, d.partner_id,
                   d.company_id, d.date, l.product_id,
                   CASE WHEN NOT d.rate_missing THEN -l.balance::float8 END,
                   NULL::float8,
                   CASE WHEN l.display_type <> 'product' THEN 0
                        WHEN o.move_type = 'out_refund' THEN -l.quantity::float8
                        ELSE l.quantity::float8 END,
                   d.rate_missing
              FROM (%s) d
              JOIN account_move o ON o.id = d.move_id
              JOIN account_move_line l ON l.move_id = d.move_id
             WHERE l.display_type IN ('product', 'rounding', 'non_deductible_product',
                                      'non_deductible_product_total')
               AND NOT (l.display_type = 'rounding'
                        AND l.tax_repartition_line_id IS NOT NULL)
            """,
            self.env["followup.sales.fact"]._invoice_select(None, None, None, False),
        )

    def _history_line_select(self):
        """The years before Odoo, of which no products are known."""
        return SQL(
            """
            SELECT d.id, d.source, d.order_id, d.move_id, d.partner_id, d.company_id,
                   d.date, NULL::integer, d.amount, d.margin, d.quantity,
                   d.rate_missing
              FROM (%s) d (id, source, order_id, move_id, partner_id, company_id, date,
                           amount, margin, quantity, rate_missing)
            """,
            self.env["followup.sales.fact"]._history_select(None, None, None),
        )

    def _read_group_select(self, aggregate_spec, query):
        """The share of a group is its turnover in that of all that was asked for."""
        if aggregate_spec != "share:sum":
            return super()._read_group_select(aggregate_spec, query)
        amount = self._field_to_sql(self._table, "amount", query)
        total = query.subselect(SQL("""SUM(%s)""", amount))
        return SQL("""(SUM(%s) / NULLIF(%s, 0))""", amount, total)

    def action_open_document(self):
        """Open the order or invoice that this line belongs to."""
        self.ensure_one()
        document = self.order_id or self.move_id
        return document.get_formview_action() if document else False
