from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.day import company_today
from ...tools.forecast import change_percent
from .account_figures import format_period

KINDS = [("month", "Monthly"), ("quarter", "Quarterly")]
MONTHS = {"month": 1, "quarter": 3}
STATES = [("draft", "To be judged"), ("closed", "Closed")]
TRANSITIONS = {
    "close": (("draft",), "closed"),
    "reopen": (("closed",), "draft"),
}
FIGURES = frozenset(
    {
        "turnover",
        "turnover_before",
        "turnover_year",
        "turnover_year_before",
        "margin",
        "margin_known",
        "deal_count",
        "visit_count",
        "contact_count",
        "complaint_count",
        "late_count",
        "overdue",
        "target_turnover",
        "target_visits",
    }
)
SERVER_ONLY = FIGURES | {
    "account_id",
    "kind",
    "date_from",
    "date_to",
    "state",
    "closed_date",
    "closed_user_id",
}


class AccountReview(models.Model):
    """The analysis of a key account's month or quarter (A5).

    Made when the period is over. The figures follow the documents until the manager
    closes it with a comment; from then on they are frozen.
    """

    _name = "followup.account.review"
    _inherit = ["followup.guarded.mixin", "followup.account.detail.mixin"]
    _description = "Analysis of a key account"
    _rec_name = "account_id"
    _order = "date_from desc, kind, id desc"
    _server_only = SERVER_ONLY

    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, string="Period", required=True, readonly=True)
    date_from = fields.Date(string="Period from", required=True, readonly=True)
    date_to = fields.Date(string="Period until", required=True, readonly=True)
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="draft"
    )
    manager_id = fields.Many2one(
        related="account_id.manager_id", string="Key account manager"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    turnover = fields.Monetary(readonly=True)
    turnover_before = fields.Monetary(string="Same period last year", readonly=True)
    change = fields.Float(
        compute="_compute_ratios",
        string="Change (%)",
        help="Empty where there was no turnover a year before.",
    )
    turnover_year = fields.Monetary(
        string="Year to date", readonly=True, help="From January to the period's end."
    )
    turnover_year_before = fields.Monetary(
        string="Year to date, last year", readonly=True
    )
    margin_known = fields.Boolean(string="Margin known", readonly=True)
    margin = fields.Monetary(readonly=True, help="Empty where it is not recorded.")
    margin_rate = fields.Float(compute="_compute_ratios", string="Margin (%)")
    deal_count = fields.Integer(string="Deals", readonly=True)
    visit_count = fields.Integer(string="Visits", readonly=True)
    contact_count = fields.Integer(string="Contacts held", readonly=True)
    complaint_count = fields.Integer(string="Complaints received", readonly=True)
    late_count = fields.Integer(
        string="Orders late", readonly=True, help="Under way and late when computed."
    )
    overdue = fields.Monetary(readonly=True, help="Overdue when computed.")
    target_turnover = fields.Monetary(
        string="Target turnover", readonly=True, help="Of the agreed yearly plan."
    )
    target_visits = fields.Integer(string="Target visits", readonly=True)
    achievement = fields.Float(compute="_compute_ratios", string="Of the target (%)")
    comment = fields.Text(string="What the manager says")
    closed_date = fields.Date(string="Closed on", readonly=True)
    closed_user_id = fields.Many2one(
        "res.users", string="Closed by", readonly=True, index="btree_not_null"
    )

    # Query: the analysis of a period; there is one.
    _period_unique = models.UniqueIndex(
        "(account_id, kind, date_from) WHERE active IS TRUE",
        "There is an analysis of this period already.",
    )

    # === COMPUTE === #

    @api.depends(
        "turnover", "turnover_before", "margin", "margin_known", "target_turnover"
    )
    def _compute_ratios(self):
        for review in self:
            review.change = change_percent(review.turnover, review.turnover_before) or 0
            known = review.margin_known and review.turnover > 0
            review.margin_rate = 100 * review.margin / review.turnover if known else 0
            target = review.target_turnover
            review.achievement = 100 * review.turnover / target if target else 0

    @api.depends("account_id", "kind", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for review in self:
            review.display_name = " · ".join(
                filter(None, (review.customer_id.name, review._get_period_text()))
            )

    def _get_period_text(self):
        """“March 2026” or “Q1 2026”, in the reader's language."""
        self.ensure_one()
        if not self.date_from:
            return ""
        skeleton = "yMMMM" if self.kind == "month" else "yQQQ"
        return format_period(self.env, self.date_from, skeleton)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_server_only(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        if not self.env.su and self.filtered(lambda one: one.state == "closed"):
            raise UserError(
                self.env._("A closed analysis is frozen. Open it again to change it.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if not self.env.su and self.filtered(lambda one: one.state == "closed"):
            raise UserError(self.env._("A closed analysis is kept."))

    # === ACTIONS === #

    def action_close(self):
        """Freeze the figures with the manager's comment."""
        self.check_access("write")
        if any(not (review.comment or "").strip() for review in self):
            raise UserError(
                self.env._("Say what the figures mean, and what is done, first.")
            )
        self._refresh()
        self._move(
            "close",
            closed_date=fields.Date.context_today(self),
            closed_user_id=self.env.uid,
        )

    def action_reopen(self):
        """Let the figures follow the documents again; managers only."""
        self.check_access("write")
        self.env["followup.account"]._check_may_assign()
        self._move("reopen", closed_date=False, closed_user_id=False)
        self._refresh()

    def action_refresh(self):
        """Compute the figures again."""
        self.check_access("write")
        self._refresh()

    # === BUSINESS === #

    def _move(self, verb, **values):
        sources, target = TRANSITIONS[verb]
        if any(review.state not in sources for review in self):
            raise UserError(self.env._("This analysis has moved on already."))
        # Elevated: the state moves by these methods only.
        self.sudo().write({"state": target, **values})

    @api.model
    def _make_for(self, accounts):
        """The last full month and quarter of these accounts; drafts follow the facts.

        :return: the new ones
        """
        # Elevated: analyses are made for managers, whoever starts the job.
        reviews, vals_list = self.sudo(), []
        for company, mine in accounts.grouped("company_id").items():
            first = company_today(company).replace(day=1)
            quarter = first - relativedelta(months=(first.month - 1) % 3)
            for kind, end in (("month", first), ("quarter", quarter)):
                start = end - relativedelta(months=MONTHS[kind])
                known = reviews.search(
                    [
                        ("account_id", "in", mine.ids),
                        ("kind", "=", kind),
                        ("date_from", "=", start),
                    ]
                ).account_id
                vals_list += [
                    {
                        "account_id": account.id,
                        "kind": kind,
                        "date_from": start,
                        "date_to": fields.Date.subtract(end, days=1),
                    }
                    for account in mine - known
                ]
        made = reviews.create(vals_list)
        drafts = reviews.search(
            [("account_id", "in", accounts.ids), ("state", "=", "draft")]
        )
        drafts._refresh()
        return made
