from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.forecast import spread

REGIONS = [
    ("EU", "Europe"),
    ("AM", "Americas"),
    ("AS", "Asia"),
    ("AU", "Oceania"),
    ("AF", "Africa"),
]
KINDS = [("account", "Key account"), ("region", "Region")]
STATES = [("draft", "Draft"), ("agreed", "Agreed"), ("closed", "Closed")]
# Verb → states it starts from, state it leads to.
TRANSITIONS = {
    "agree": (("draft",), "agreed"),
    "close": (("agreed",), "closed"),
    "reopen": (("agreed", "closed"), "draft"),
}
SERVER_ONLY = frozenset({"state", "agreed_date", "agreed_user_id", "company_id"})


class AccountPlan(models.Model):
    """A year's plan of a key account, or of a region (A5).

    Targets stand in twelve months: turnover, margin, visits. What was reached is read
    from the sums by month and the contacts; the forecast from last year's seasons.
    An agreed plan does not change any more.
    """

    _name = "followup.account.plan"
    _inherit = ["followup.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Yearly plan"
    _order = "year desc, kind, id"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, string="Plan for", required=True, default="account")
    account_id = fields.Many2one(
        "followup.account",
        string="Key account",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    customer_id = fields.Many2one(
        related="account_id.customer_id", store=True, index="btree_not_null"
    )
    region = fields.Selection(
        REGIONS, help="All customers of the company in these countries."
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        index=True,
        tracking=True,
    )
    year = fields.Integer(
        required=True,
        default=lambda self: fields.Date.context_today(self).year,
        aggregator=None,
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    agreed_date = fields.Date(string="Agreed on", readonly=True, copy=False)
    agreed_user_id = fields.Many2one(
        "res.users",
        string="Agreed by",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    wanted_turnover = fields.Monetary(
        string="Turnover of the year",
        help="Spread over the months like last year by the button.",
    )
    wanted_margin = fields.Monetary(string="Margin of the year")
    wanted_visits = fields.Integer(string="Visits of the year")
    line_ids = fields.One2many(
        "followup.account.plan.line", "plan_id", string="Months", copy=True
    )
    measures = fields.Text(
        string="How we get there", help="Products, prices, visits, people."
    )
    review = fields.Text(string="What came of the year", copy=False)

    # Query: the plan of an account's year, and of a region's; there is one each.
    _account_year_unique = models.UniqueIndex(
        "(account_id, year) WHERE active IS TRUE AND account_id IS NOT NULL",
        "There is a plan of this account for this year already.",
    )
    _region_year_unique = models.UniqueIndex(
        "(company_id, region, year) WHERE active IS TRUE AND kind = 'region'",
        "There is a plan of this region for this year already.",
    )
    _subject_named = models.Constraint(
        "CHECK ((kind = 'account' AND account_id IS NOT NULL AND region IS NULL)"
        " OR (kind = 'region' AND region IS NOT NULL AND account_id IS NULL))",
        "A plan is for one key account or for one region.",
    )
    _year_sensible = models.Constraint(
        "CHECK (year BETWEEN 2000 AND 2100)", "Write the year with four digits."
    )

    @api.depends("account_id", "region", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        regions = dict(self._fields["region"]._description_selection(self.env))
        for plan in self:
            subject = plan.customer_id.name or regions.get(plan.region, "")
            plan.display_name = f"{subject} {plan.year or ''}".strip()

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """New plans have twelve months; accounts must be the user's to change."""
        for vals in vals_list:
            self._refuse_server_only(vals)
        ids = {vals["account_id"] for vals in vals_list if vals.get("account_id")}
        accounts = self.env["followup.account"].browse(ids)
        accounts.check_access("write")
        by_id = {account.id: account for account in accounts}
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            account = by_id.get(vals.get("account_id"))
            if account:
                vals["company_id"] = account.company_id.id
        plans = super().create(vals_list)
        plans._fill_months()
        return plans

    def write(self, vals):
        self._refuse_server_only(vals)
        fixed = {"kind", "account_id", "region", "year"} & vals.keys()
        if fixed and not self.env.su:
            raise UserError(
                self.env._("A plan stays with its account and year: make a new one.")
            )
        told = vals.keys() <= {"review", "user_id", "active"}
        if not self.env.su and not told:
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        if not self.env.su:
            self._check_open()

    # === ACTIONS === #

    def action_spread(self):
        """Spread the year's targets over the months like last year's turnover."""
        self.check_access("write")
        self._check_open()
        history = self._get_actuals()
        for plan in self:
            last = history[plan.id]["last"]
            digits = plan.currency_id.decimal_places
            parts = zip(
                plan.line_ids.sorted("date"),
                spread(plan.wanted_turnover, last, digits),
                spread(plan.wanted_margin, last, digits),
                spread(plan.wanted_visits, [0] * 12, 0),
                strict=True,
            )
            for line, turnover, margin, visits in parts:
                line.write({"turnover": turnover, "margin": margin, "visits": visits})

    def action_agree(self):
        """Put the targets in force; there are some."""
        self.check_access("write")
        for plan in self:
            if not plan.target_turnover:
                raise UserError(
                    self.env._("Write down the targets, or spread the year's, first.")
                )
        self._move(
            "agree",
            agreed_date=fields.Date.context_today(self),
            agreed_user_id=self.env.uid,
        )

    def action_close(self):
        """The year is judged."""
        self.check_access("write")
        if any(not (plan.review or "").strip() for plan in self):
            raise UserError(self.env._("Write down what came of the year first."))
        self._move("close")

    def action_reopen(self):
        """Change an agreed plan; managers only."""
        self.check_access("write")
        self.env["followup.account"]._check_may_assign()
        self._move("reopen", agreed_date=False, agreed_user_id=False)

    # === BUSINESS === #

    def _move(self, verb, **values):
        sources, target = TRANSITIONS[verb]
        if any(plan.state not in sources for plan in self):
            raise UserError(self.env._("The plan has moved on already."))
        # Elevated: the state moves by these methods only.
        self.sudo().write({"state": target, **values})

    def _check_open(self):
        if any(plan.state != "draft" for plan in self):
            raise UserError(
                self.env._("An agreed plan does not change. A manager can reopen it.")
            )

    def _fill_months(self):
        """The months that are not there yet."""
        self.env["followup.account.plan.line"].create(
            [
                {"plan_id": plan.id, "month": str(month)}
                for plan in self
                for month in range(1, 13)
                if str(month) not in plan.line_ids.mapped("month")
            ]
        )
