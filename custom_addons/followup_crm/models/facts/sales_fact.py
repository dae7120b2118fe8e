from odoo import api, fields, models
from odoo.tools import SQL

SOURCES = [
    ("order", "Sale order"),
    ("invoice", "Invoice"),
    ("history", "Earlier years"),
]


class SalesFact(models.Model):
    """Every sale, live: the one definition of a sale that all figures are built on.

    One row per confirmed sale order or posted customer invoice, as the company's
    ``followup_sales_basis`` says, plus the imported years before Odoo. Amounts are
    untaxed, in company currency at the document's own rate; credit notes are negative.
    A document in a foreign currency without any rate on or before its date has no
    amount and is marked ``rate_missing``: Odoo itself would take a later rate, or 1.0.
    The margin is empty where no module records it on the order. When a contact changes
    employer, its orders go along, because Odoo keeps the contact only; its invoices
    stay with the debtor.
    """

    _name = "followup.sales.fact"
    _description = "Sale"
    _auto = False
    _rec_name = "date"
    _order = "date desc, id desc"
    _depends = {
        "sale.order": [
            "state",
            "partner_id",
            "company_id",
            "date_order",
            "amount_untaxed",
            "currency_id",
            "currency_rate",
        ],
        "sale.order.line": ["order_id", "product_uom_qty", "display_type"],
        "account.move": [
            "state",
            "move_type",
            "commercial_partner_id",
            "company_id",
            "invoice_date",
            "amount_untaxed_signed",
            "currency_id",
        ],
        "account.move.line": ["move_id", "quantity", "display_type"],
        "followup.sales.history": ["customer_id", "date_to", "amount"],
        "followup.customer": ["partner_id", "company_id"],
        "res.partner": ["commercial_partner_id", "tz"],
        "res.company": ["followup_sales_basis", "partner_id", "currency_id"],
        "res.currency.rate": ["currency_id", "company_id", "name"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    tier_id = fields.Many2one(
        related="customer_id.tier_id",
        help="The customer's class today, in the company's policy scheme.",
    )
    source = fields.Selection(SOURCES, readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    move_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    date = fields.Date(readonly=True, help="In the time zone of the company.")
    amount = fields.Monetary(readonly=True, string="Turnover", help="Untaxed.")
    margin = fields.Monetary(readonly=True, help="Empty where it is not recorded.")
    quantity = fields.Float(readonly=True, string="Volume")
    rate_missing = fields.Boolean(
        readonly=True,
        string="No exchange rate",
        help="There is no exchange rate on or before the document's date.",
    )

    @property
    def _table_query(self):
        return self._fact_select()

    @api.model
    def _fact_select(self, company=None, date_from=None, date_to=None):
        """The definition of a sale, one row each, rolled up to the customer file.

        :param company: only this company's sales (default: of all)
        :param date_from: first day, in the company's time zone
        :param date_to: the day after the last one
        """
        return SQL(
            """
            SELECT d.id, f.id AS customer_id, d.company_id, d.source, d.order_id,
                   d.move_id, d.date, d.amount, d.margin, d.quantity, d.rate_missing
              FROM (%s) d
              JOIN res_partner p ON p.id = d.partner_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = d.company_id
            """,
            self._document_select(company, date_from, date_to),
        )

    @api.model
    def _document_select(
        self, company=None, date_from=None, date_to=None, all_volumes=False
    ):
        """The same, by the partner that the document names, before the roll-up.

        Aggregating these rows before joining partners saves most of the time.

        :param all_volumes: of a company, sum the volumes of all documents in one pass
            over their lines, which is cheaper for all customers and dearer for a few
        """
        branches = {
            "order": self._order_select(company, date_from, date_to, all_volumes),
            "invoice": self._invoice_select(company, date_from, date_to, all_volumes),
        }
        if company:
            branches = {
                company.followup_sales_basis: branches[company.followup_sales_basis]
            }
            if not self._has_history(company):
                return next(iter(branches.values()))
        history = self._history_select(company, date_from, date_to)
        return SQL(""" UNION ALL """).join([*branches.values(), history])

    def _has_history(self, company):
        """Whether years before Odoo were imported; most statements do without them."""
        return self.env.execute_query(
            SQL(
                """SELECT EXISTS (SELECT FROM followup_sales_history
                                   WHERE company_id = %s)""",
                company.id,
            )
        )[0][0]

    def _order_select(self, company, date_from, date_to, all_volumes):
        margin = (
            SQL("""(o.margin / NULLIF(o.currency_rate, 0))""")
            if "margin" in self.env["sale.order"]._fields
            else SQL("""NULL""")
        )
        missing, rates = self._rate_missing(
            company, SQL("""o.date_order::date"""), date_from
        )
        where = SQL(
            """o.state = 'sale' AND %s""",
            self._branch_where(
                "order", company, date_from, date_to, SQL("""o.date_order""")
            ),
        )
        return SQL(
            """
            SELECT o.id * 3 AS id, 'order' AS source, o.id AS order_id,
                   NULL::integer AS move_id, o.partner_id, o.company_id,
                   %(date)s AS date,
                   CASE WHEN NOT %(missing)s
                        THEN o.amount_untaxed::float8
                             / NULLIF(o.currency_rate, 0)::float8
                   END AS amount,
                   CASE WHEN NOT %(missing)s THEN %(margin)s::float8 END AS margin,
                   v.quantity, %(missing)s AS rate_missing
              FROM %(orders)s o
              JOIN %(companies)s c ON c.id = o.company_id
              %(volume)s
              %(rates)s
             WHERE %(where)s
            """,
            missing=missing,
            margin=margin,
            date=self._order_date(company),
            companies=self._company_relation(company),
            orders=self._ordered_orders(where)
            if all_volumes
            else SQL("""sale_order"""),
            volume=self._order_volume_join(company, all_volumes),
            rates=rates,
            where=SQL("""TRUE""") if all_volumes else where,
        )

    def _order_date(self, company):
        """The day of an order where the company is; its moment is in UTC."""
        if company and (company.partner_id.tz or "UTC") == "UTC":
            return SQL("""o.date_order::date""")
        return SQL("""timezone(c.tz, timezone('UTC', o.date_order))::date""")

    def _company_relation(self, company):
        """What the documents need of their company: id, currency, zone, basis.

        Of one company as plain values, so that the planner need not guess at a join.
        """
        if not company:
            return SQL(
                """(SELECT r.id, r.currency_id, r.followup_sales_basis,
                           COALESCE(p.tz, 'UTC') AS tz
                      FROM res_company r JOIN res_partner p ON p.id = r.partner_id)"""
            )
        return SQL(
            """
            (SELECT %s::integer AS id, %s::integer AS currency_id, %s::text AS tz)
            """,
            company.id,
            company.currency_id.id,
            company.partner_id.tz or "UTC",
        )

    def _ordered_orders(self, where):
        """By id, so that the sums of the lines are merged without a hash of all.

        Only what a sale is told from: other columns would be unpacked in vain.
        """
        names = ["id", *self._depends["sale.order"]]
        if "margin" in self.env["sale.order"]._fields:
            names.append("margin")
        return SQL(
            """(SELECT %s FROM sale_order o WHERE %s ORDER BY id OFFSET 0)""",
            SQL(""", """).join(SQL.identifier(name) for name in names),
            where,
        )

    def _order_volume_join(self, company, all_volumes):
        if all_volumes:
            return SQL(
                """
                LEFT JOIN (SELECT l.order_id, SUM(l.product_uom_qty::float8) AS quantity
                             FROM sale_order_line l
                            WHERE l.display_type IS NULL AND l.company_id = %s
                            GROUP BY l.order_id ORDER BY l.order_id) v
                       ON v.order_id = o.id
                """,
                company.id,
            )
        return SQL(
            """
            LEFT JOIN LATERAL (SELECT SUM(l.product_uom_qty::float8) AS quantity
                                 FROM sale_order_line l
                                WHERE l.order_id = o.id
                                  AND l.display_type IS NULL) v ON TRUE
            """
        )

    def _invoice_select(self, company, date_from, date_to, all_volumes):
        missing, rates = self._rate_missing(
            company, SQL("""o.invoice_date"""), date_from
        )
        return SQL(
            """
            SELECT o.id * 3 + 1 AS id, 'invoice' AS source, NULL::integer AS order_id,
                   o.id AS move_id, o.commercial_partner_id AS partner_id, o.company_id,
                   o.invoice_date AS date,
                   CASE WHEN NOT %(missing)s
                        THEN o.amount_untaxed_signed::float8 END AS amount,
                   NULL::float8 AS margin,
                   CASE WHEN o.move_type = 'out_refund'
                        THEN -v.quantity ELSE v.quantity END AS quantity,
                   %(missing)s AS rate_missing
              FROM account_move o
              JOIN %(companies)s c ON c.id = o.company_id
              %(volume)s
              %(rates)s
             WHERE o.state = 'posted'
               AND o.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
               AND o.invoice_date IS NOT NULL AND %(where)s
            """,
            missing=missing,
            companies=self._company_relation(company),
            volume=self._invoice_volume_join(company, all_volumes),
            rates=rates,
            where=self._branch_where(
                "invoice", company, date_from, date_to, SQL("""o.invoice_date""")
            ),
        )

    def _invoice_volume_join(self, company, all_volumes):
        if all_volumes:
            return SQL(
                """
                LEFT JOIN (SELECT l.move_id, SUM(l.quantity::float8) AS quantity
                             FROM account_move_line l
                            WHERE l.display_type = 'product' AND l.company_id = %s
                            GROUP BY l.move_id) v ON v.move_id = o.id
                """,
                company.id,
            )
        return SQL(
            """
            LEFT JOIN LATERAL (SELECT SUM(l.quantity::float8) AS quantity
                                 FROM account_move_line l
                                WHERE l.move_id = o.id
                                  AND l.display_type = 'product') v ON TRUE
            """
        )

    def _history_select(self, company, date_from, date_to):
        conditions = [SQL("""TRUE""")]
        if company:
            conditions.append(SQL("""h.company_id = %s""", company.id))
        if date_from:
            conditions.append(SQL("""h.date_to >= %s""", date_from))
        if date_to:
            conditions.append(SQL("""h.date_to < %s""", date_to))
        return SQL(
            """
            SELECT h.id * 3 + 2, 'history', NULL::integer, NULL::integer, f.partner_id,
                   h.company_id, h.date_to, h.amount::float8, h.margin::float8,
                   h.quantity::float8, FALSE
              FROM followup_sales_history h
              JOIN followup_customer f ON f.id = h.customer_id
             WHERE %s
            """,
            SQL(""" AND """).join(conditions),
        )

    def _branch_where(self, basis, company, date_from, date_to, moment):
        """Company and period of one branch; the period as plain bounds of the column.

        Orders carry a moment in UTC, so the days' bounds are put into UTC.
        """
        if not company:
            return SQL("""c.followup_sales_basis = %s""", basis)
        conditions = [SQL("""o.company_id = %s""", company.id)]
        for operator, day in ((SQL(""">="""), date_from), (SQL("""<"""), date_to)):
            if not day:
                continue
            bound = SQL("""%s::date""", day)
            if basis == "order":
                bound = SQL(
                    """timezone('UTC', timezone(%s, %s::timestamp))""",
                    company.partner_id.tz or "UTC",
                    day,
                )
            conditions.append(SQL("""%s %s %s""", moment, operator, bound))
        return SQL(""" AND """).join(conditions)

    def _rate_missing(self, company, day, date_from=None):
        """Whether a document's currency has no rate yet on its day, and the join.

        Of one company the first rates are plain values: joining them would cost as
        much as reading the documents. Most currencies had theirs before the period.
        """
        if not company:
            join = SQL(
                """LEFT JOIN (%s) k ON k.currency_id = o.currency_id
                        AND k.company_id = c.id""",
                self._first_rate_select(),
            )
            return (
                SQL(
                    """(o.currency_id <> c.currency_id
                        AND (k.first_rate IS NULL OR k.first_rate > %s))""",
                    day,
                ),
                join,
            )
        rated, cases = [company.currency_id.id], []
        for currency_id, company_id, first_rate in self.env.execute_query(
            self._first_rate_select()
        ):
            if company_id != company.id or currency_id in rated:
                continue
            # The day before, because an order's day is that of its moment in UTC.
            if date_from and first_rate < fields.Date.to_date(date_from):
                rated.append(currency_id)
            else:
                cases.append(
                    SQL("""WHEN %s THEN %s < %s""", currency_id, day, first_rate)
                )
        missing = SQL("""(o.currency_id = ANY(%s)) IS NOT TRUE""", rated)
        if cases:
            others = SQL(""" """).join(cases)
            missing = SQL(
                """%s AND CASE o.currency_id %s ELSE TRUE END""", missing, others
            )
        return SQL("""(%s)""", missing), SQL("""""")

    def _first_rate_select(self):
        """First exchange rate of each currency as each company sees it."""
        return SQL(
            """
            SELECT r.currency_id, c.id AS company_id, MIN(r.name) AS first_rate
              FROM res_company c
              JOIN res_currency_rate r ON r.company_id IS NULL
                   OR r.company_id = split_part(c.parent_path, '/', 1)::integer
             GROUP BY r.currency_id, c.id
            """
        )

    def action_open_document(self):
        """Open the order or invoice behind this sale."""
        self.ensure_one()
        document = self.order_id or self.move_id
        if not document:
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "view_mode": "form",
            "res_id": document.id,
        }
