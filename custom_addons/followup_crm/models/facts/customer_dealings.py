from odoo import api, fields, models

from ...const import CONTACT_METHODS

RESPONSE_TYPES = [
    ("order", "Orders"),
    ("inquiry", "Inquires without ordering"),
]
# The figures that ``_refresh_order_figures`` writes.
FIGURES = (
    "first_order_date",
    "last_order_date",
    "order_count",
    "average_order_amount",
    "sales_12m_amount",
    "sales_before_12m_amount",
    "order_interval_days",
    "response_type",
    "usual_method",
)


class Customer(models.Model):
    """Dealings with a customer: what P8 and P9 ask for, from the sales facts.

    A deal is a document that counts as a sale and is no credit note. Amounts are
    untaxed, in the currency of the file's company. The stored figures are brought up to
    date by ``_refresh_order_figures``; the table by month is computed live.
    """

    _inherit = "followup.customer"

    average_order_amount = fields.Monetary(
        string="Average order",
        readonly=True,
        copy=False,
        currency_field="file_currency_id",
        help="Untaxed value of its deals divided by their number.",
    )
    sales_12m_amount = fields.Monetary(
        string="Turnover of 12 months",
        readonly=True,
        copy=False,
        currency_field="file_currency_id",
        help="Untaxed, up to yesterday.",
    )
    sales_before_12m_amount = fields.Monetary(
        string="Turnover of the 12 months before",
        readonly=True,
        copy=False,
        currency_field="file_currency_id",
    )
    order_interval_days = fields.Float(
        string="Days between orders",
        readonly=True,
        copy=False,
        digits=(9, 1),
        aggregator="avg",
        help="The median of the days between one day with an order and the next.",
    )
    response_type = fields.Selection(
        RESPONSE_TYPES,
        string="Response",
        readonly=True,
        copy=False,
        help="What we mostly got from the customer in the last 24 months.",
    )
    usual_method = fields.Selection(
        CONTACT_METHODS,
        string="Usual way of contact",
        readonly=True,
        copy=False,
        help="How we were mostly in touch in the last 24 months: contacts and calls"
        " that were done, messages, meetings.",
    )
    account_type = fields.Selection(
        [("cash", "Cash"), ("credit", "On credit")],
        string="Account type",
        compute="_compute_account_type",
        help="On credit where the payment terms let the customer pay after the day of"
        " the invoice.",
    )
    dealings = fields.Json(compute="_compute_dealings", exportable=False)

    @api.depends("partner_id", "company_id")
    def _compute_account_type(self):
        for customer in self:
            # The file's readers have no accounting rights, and need none for this.
            lines = customer.sudo().file_payment_term_id.line_ids
            is_credit = any(
                line.nb_days or line.delay_type != "days_after" for line in lines
            )
            customer.account_type = "credit" if is_credit else "cash"

    @api.depends("partner_id", "company_id")
    def _compute_dealings(self):
        """Turnover by year and month, live; imported years by themselves (P4).

        The page reads it when it is opened, so that the file itself opens without it.
        """
        self.env.flush_all()
        months = self.env["followup.sales.month"]
        history = self.env["followup.sales.history"].search(
            [("customer_id", "in", self.ids)], order="year desc, date_from"
        )
        earlier = history.grouped("customer_id")
        for company, customers in self.grouped("company_id").items():
            fresh = months._fresh_select(company, customers)
            rows = {}
            for customer_id, month, amount, _m, _q, count, imported, missing in (
                self.env.execute_query(fresh) if customers.ids else ()
            ):
                rows.setdefault(customer_id, []).append(
                    (month, float(amount - imported), count, missing)
                )
            for customer in customers:
                mine = earlier.get(customer._origin, history.browse())
                customer.dealings = customer._prepare_dealings(
                    rows.get(customer._origin.id, ()), mine
                )

    def _prepare_dealings(self, rows, history):
        """The data of the dealings page, newest year first; months are lists of 12.

        :param rows: month, amount without what was imported, documents, unvalued ones
        :param history: ``followup.sales.history`` records
        """
        years = {}
        for month, amount, count, _missing in sorted(rows):
            if not count:
                continue
            year = years.setdefault(month.year, {"months": [None] * 12, "count": 0})
            year["months"][month.month - 1] = amount
            year["count"] += count
        earlier = {}
        for row in history:
            year = earlier.setdefault(row.year, {"months": [None] * 12, "total": 0})
            year["total"] += row.amount
            if row.month:
                year["months"][int(row.month) - 1] = row.amount
        return {
            "currency_id": self.company_id.currency_id.id,
            "today": fields.Date.to_string(fields.Date.context_today(self)),
            "years": [
                {"year": year, "total": sum(m or 0 for m in data["months"]), **data}
                for year, data in sorted(years.items(), reverse=True)
            ],
            "earlier": [
                {"year": year, **data}
                for year, data in sorted(earlier.items(), reverse=True)
            ],
            "missing": sum(row[3] for row in rows),
        }

    def action_open_sales(self):
        """The sales of this customer, one by one."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.sales_fact_action"
        )
        action["domain"] = [("customer_id", "=", self.id)]
        action["context"] = {}
        return action
