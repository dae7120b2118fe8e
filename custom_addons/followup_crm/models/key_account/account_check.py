from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.forecast import change_percent

STATES = [("open", "To do"), ("done", "Done"), ("dropped", "Dropped")]
# Verb → states it starts from, state it leads to.
TRANSITIONS = {
    "done": (("open",), "done"),
    "drop": (("open",), "dropped"),
}
ACTIVITY_TYPE = "followup_crm.mail_activity_type_account_check"
SERVER_ONLY = frozenset(
    {
        "state",
        "account_id",
        "user_id",
        "date",
        "date_deadline",
        "since",
        "period_from",
        "period_to",
        "turnover",
        "turnover_before",
        "limit_percent",
        "known_reason",
        "overdue",
        "findings",
        "done_date",
        "done_user_id",
    }
)


class AccountCheck(models.Model):
    """The weekly check of a key account by its manager (A4).

    It shows what changed since the last check that was done. A marked change in
    turnover asks for its reason, once for the same three months. One check is open at
    a time: it waits until it is done, and covers all the time since the last one.
    """

    _name = "followup.account.check"
    _inherit = [
        "followup.guarded.mixin",
        "followup.account.detail.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Weekly check of a key account"
    _rec_name = "account_id"
    _order = "date desc, id desc"
    _server_only = SERVER_ONLY

    active = fields.Boolean(default=True)
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="open"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Key account manager",
        readonly=True,
        index="btree_not_null",
    )
    date = fields.Date(
        string="Week of", required=True, readonly=True, help="The week's Monday."
    )
    date_deadline = fields.Date(string="Due on", readonly=True)
    since = fields.Datetime(
        string="Changes since", readonly=True, help="When the last check was done."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    period_from = fields.Date(string="Months from", readonly=True)
    period_to = fields.Date(string="Months until", readonly=True)
    turnover = fields.Monetary(
        readonly=True, help="Of the last three full months, by the sums by month."
    )
    turnover_before = fields.Monetary(string="A year before", readonly=True)
    change = fields.Float(
        string="Change (%)",
        compute="_compute_change",
        help="Empty where there was no turnover a year before.",
    )
    limit_percent = fields.Integer(string="Marked from (%)", readonly=True)
    is_marked = fields.Boolean(
        compute="_compute_change",
        string="Marked change",
        help="The change reaches the limit of the company's settings, up or down.",
    )
    known_reason = fields.Text(
        string="Reason given before",
        readonly=True,
        help="Given at an earlier check for the same months.",
    )
    needs_reason = fields.Boolean(compute="_compute_change", string="Reason is missing")
    turnover_reason = fields.Text(
        string="Reason for the change",
        help="Why the customer buys so much more, or less, than a year ago.",
    )
    note = fields.Text(string="What I do about it")
    overdue = fields.Monetary(readonly=True, help="When the check was done.")
    findings = fields.Json(readonly=True, exportable=False)
    finding_list = fields.Html(
        compute="_compute_finding_list",
        string="What changed",
        sanitize=False,
        exportable=False,
    )
    done_date = fields.Datetime(string="Done on", readonly=True)
    done_user_id = fields.Many2one(
        "res.users", string="Done by", readonly=True, index="btree_not_null"
    )

    # Query: the open check of an account; there is one.
    _open_unique = models.UniqueIndex(
        "(account_id) WHERE state = 'open'",
        "There is an open check of this account: do that one.",
    )
    # Query: the checks that wait, first the oldest.
    _open_deadline = models.Index("(user_id, date_deadline) WHERE state = 'open'")

    # === COMPUTE === #

    @api.depends(
        "turnover",
        "turnover_before",
        "limit_percent",
        "turnover_reason",
        "known_reason",
        "state",
    )
    def _compute_change(self):
        for check in self:
            change = change_percent(check.turnover, check.turnover_before)
            check.change = change or 0
            check.is_marked = change is not None and (
                abs(change) >= (check.limit_percent or 20)
            )
            given = (check.turnover_reason or "").strip() or check.known_reason
            check.needs_reason = check.state == "open" and check.is_marked and not given

    @api.depends("state", "findings", "turnover", "turnover_before")
    @api.depends_context("lang")
    def _compute_finding_list(self):
        live = self.filtered(lambda check: check.state == "open" and check.id)
        found = live._collect_findings()
        for check in self:
            check.finding_list = self._render_findings(
                found.get(check, check.findings or [])
            )

    @api.depends("account_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for check in self:
            check.display_name = self.env._(
                "%(customer)s: week of %(date)s",
                customer=check.customer_id.name or "",
                date=format_date(self.env, check.date) if check.date else "",
            )

    @api.model
    def _render_findings(self, findings):
        """The findings as a list with coloured marks; all of it is text."""
        row = Markup(
            '<li class="o_followup_finding d-flex gap-2 py-1 border-bottom"'
            ' data-kind="%s"><span class="badge align-self-start text-bg-%s">%s</span>'
            "<span>%s</span></li>"
        )
        return Markup('<ul class="list-unstyled mb-0">%s</ul>') % Markup("").join(
            row % (one["kind"], one["color"], one["title"], one["text"])
            for one in findings
        )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_server_only(vals, frozenset({"turnover_reason"}))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        if not self.env.su and self.filtered(lambda check: check.state != "open"):
            raise UserError(
                self.env._("A check that is done is kept as it is. Open the next one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        if not self.env.su:
            raise UserError(self.env._("Checks are kept: they are the card's upkeep."))

    # === ACTIONS === #

    def action_done(self):
        """The account was checked; a marked change has its reason."""
        self.check_access("write")
        self._refresh()
        for check in self:
            if check.needs_reason:
                raise UserError(
                    self.env._(
                        "%(customer)s: turnover changed by %(change)+.0f %% against"
                        " the same months of last year. Write down the reason first.",
                        customer=check.customer_id.name,
                        change=check.change,
                    )
                )
        self._finish()

    def action_open_account(self):
        """Open the review of the account."""
        self.ensure_one()
        self.check_access("read")
        return self.account_id.get_formview_action()

    # === BUSINESS === #

    def _move(self, verb, **values):
        """Take a step of the state machine; raise where it does not lead from here."""
        sources, target = TRANSITIONS[verb]
        if any(check.state not in sources for check in self):
            raise UserError(self.env._("This check is done already."))
        # Elevated: the state moves by these methods only.
        self.sudo().write({"state": target, **values})

    def _finish(self):
        """Keep what was found as it stands now, and end the reminder."""
        found = self._collect_findings()
        receivables = self.account_id._get_receivables()
        for check in self:
            values = receivables.get(check.customer_id.id, {})
            check._move(
                "done",
                findings=found[check],
                overdue=values.get("overdue", 0),
                done_date=fields.Datetime.now(),
                done_user_id=self.env.uid,
            )
        # Elevated: when it was checked is nobody's to write.
        self.sudo().account_id.last_check_date = fields.Date.context_today(self)
        self._end_activities(done=True)

    def _drop(self):
        """The account has ended: there is nothing to check any more."""
        self._move("drop")
        self._end_activities()

    def _end_activities(self, done=False):
        # Elevated: the reminder ends with the check, whoever it was for.
        activities = self.sudo().activity_ids.with_context(fcrm_check_done=True)
        activities = activities.filtered(
            lambda a: a.activity_type_id == self.env.ref(ACTIVITY_TYPE)
        )
        if done:
            activities._action_done()
        else:
            activities.unlink()

    def _give_to(self, user):
        """The open checks, and their reminders, are somebody else's now."""
        # Elevated: follows the account's manager.
        checks = self.sudo()
        checks.write({"user_id": user.id})
        checks._end_activities()
        checks.filtered("user_id")._remind()
