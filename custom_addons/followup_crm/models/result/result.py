from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .result_line import DEPENDS

# Measure → kind of line, and whether its amounts are summed or its rows counted.
MEASURES = {
    "turnover": ("sale", True),
    "signed_count": ("signed", False),
    "signed_amount": ("signed", True),
    "collected": ("collected", True),
    "customer_count": ("customer", False),
    "opened_count": ("opened", False),
    "won_count": ("won", False),
    "won_amount": ("won", True),
    "lost_count": ("lost", False),
    "quotation_count": ("quotation", False),
    "contact_count": ("contact", False),
    "complaint_count": ("complaint", False),
}
# Room for so many months and companies in a row's id, which stays exact in a browser.
MONTHS = 10_000
COMPANIES = 10_000


class Result(models.Model):
    """Results of a person in a month (S4), beside the same period of the year before.

    The sum of ``followup.result.line``. Of the year before, the running month counts up
    to the same day only, and months to come not at all: like is compared with like. A
    month in which there was something last year and nothing this year is there, too.
    """

    _name = "followup.result"
    _description = "Results of a person by month"
    _auto = False
    _rec_name = "month"
    _order = "month desc, user_id, id"
    _depends = DEPENDS

    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    team_id = fields.Many2one(
        "crm.team", string="Sales team", readonly=True, help="The person's team today."
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True, help="First day of the month.")
    month_name = fields.Char(string="Name of the month", compute="_compute_month_name")
    turnover = fields.Monetary(
        readonly=True, help="Untaxed, as the company counts sales."
    )
    turnover_before = fields.Monetary(string="Turnover, last year", readonly=True)
    signed_count = fields.Integer(string="Orders signed", readonly=True)
    signed_count_before = fields.Integer(
        string="Orders signed, last year", readonly=True
    )
    signed_amount = fields.Monetary(string="Signed", readonly=True, help="Untaxed.")
    signed_amount_before = fields.Monetary(string="Signed, last year", readonly=True)
    collected = fields.Monetary(
        readonly=True,
        help="Payments matched with invoices, taxes included.",
    )
    collected_before = fields.Monetary(string="Collected, last year", readonly=True)
    customer_count = fields.Integer(
        string="New customers",
        readonly=True,
        help="Customers by the day of their first sale.",
    )
    customer_count_before = fields.Integer(
        string="New customers, last year", readonly=True
    )
    opened_count = fields.Integer(string="Opportunities opened", readonly=True)
    opened_count_before = fields.Integer(
        string="Opportunities opened, last year", readonly=True
    )
    won_count = fields.Integer(string="Opportunities won", readonly=True)
    won_count_before = fields.Integer(
        string="Opportunities won, last year", readonly=True
    )
    won_amount = fields.Monetary(
        string="Won revenue",
        readonly=True,
        help="Expected revenue of won opportunities.",
    )
    won_amount_before = fields.Monetary(string="Won revenue, last year", readonly=True)
    lost_count = fields.Integer(string="Opportunities lost", readonly=True)
    lost_count_before = fields.Integer(
        string="Opportunities lost, last year", readonly=True
    )
    quotation_count = fields.Integer(
        string="Quotations made", readonly=True, help="Whatever became of them."
    )
    quotation_count_before = fields.Integer(
        string="Quotations made, last year", readonly=True
    )
    contact_count = fields.Integer(string="Contacts done", readonly=True)
    contact_count_before = fields.Integer(
        string="Contacts done, last year", readonly=True
    )
    complaint_count = fields.Integer(string="Complaints closed", readonly=True)
    complaint_count_before = fields.Integer(
        string="Complaints closed, last year", readonly=True
    )
    turnover_growth = fields.Float(
        string="Change (%)",
        compute="_compute_turnover_growth",
        help="Against the same period of the year before.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT (COALESCE(r.user_id, 0)::bigint * %(companies)s + r.company_id)
                       * %(months)s + date_part('year', r.month)::bigint * 12
                       - 23000 + date_part('month', r.month)::bigint AS id,
                   r.user_id, MAX(r.team_id) AS team_id, r.company_id, r.month,
                   %(sums)s
              FROM (%(shifted)s) r
             GROUP BY r.user_id, r.company_id, r.month
            """,
            companies=COMPANIES,
            months=MONTHS,
            sums=self._sums(),
            shifted=self._shifted_select(),
        )

    @api.model
    def _shifted_select(self):
        """SQL: every line in its own month, and again a year later as last year's."""
        return SQL(
            """
            WITH line AS (%s)
            SELECT l.user_id, l.team_id, l.company_id, l.kind, l.amount,
                   FALSE AS is_before,
                   date_trunc('month', l.date::timestamp)::date AS month
              FROM line l
             UNION ALL
            SELECT l.user_id, l.team_id, l.company_id, l.kind, l.amount, TRUE,
                   date_trunc('month', l.date + interval '1 year')::date
              FROM line l
             WHERE l.date + interval '1 year' <= %s
            """,
            self.env["followup.result.line"]._line_select(),
            fields.Date.context_today(self),
        )

    @api.model
    def _sums(self):
        parts = []
        for name, (kind, summed) in MEASURES.items():
            value = SQL("""r.amount""") if summed else SQL("""1""")
            for column, before in ((name, False), (f"{name}_before", True)):
                parts.append(
                    SQL(
                        """COALESCE(SUM(%s) FILTER (
                               WHERE r.kind = %s AND r.is_before = %s), 0) AS %s""",
                        value,
                        kind,
                        before,
                        SQL.identifier(column),
                    )
                )
        return SQL(""", """).join(parts)

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_month_name(self):
        for row in self:
            row.month_name = format_date(self.env, row.month, date_format="LLLL yyyy")

    @api.depends("turnover", "turnover_before")
    def _compute_turnover_growth(self):
        for row in self:
            before = row.turnover_before
            row.turnover_growth = (
                (row.turnover - before) / before * 100 if before > 0 else 0
            )

    def action_open_lines(self):
        """List what stands behind this row; with the rights of who asks."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.result_line_action"
        )
        domain = [
            ("user_id", "=", self.user_id.id),
            ("company_id", "=", self.company_id.id),
            ("date", ">=", self.month),
            ("date", "<", fields.Date.add(self.month, months=1)),
        ]
        name = self.env._("Results one by one")
        return action | {"name": name, "domain": domain, "context": {}}
