from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse, get_lang

STATES = [
    ("draft", "Draft"),
    ("submitted", "Waiting for approval"),
    ("approved", "In force"),
]
# Fields that only named methods set; ``create`` and ``write`` refuse them from outside.
SERVER_ONLY = frozenset(
    {
        "state",
        "is_waiting",
        "generated_at",
        "left_out_count",
        "return_reason",
        "approver_id",
        "approved_on",
    }
)
# Besides, these are fixed once the plan exists.
FIXED = frozenset({"user_id", "company_id", "month"})


class InteractionPlan(models.Model):
    """The contacts that a user plans for a month (联络计划), measured afterwards (F1).

    Its lines are contacts in state planned, made from the intervals of the customers'
    tiers. One plan per user, company and month; ``month`` is the month's first day.
    """

    _name = "followup.interaction.plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "followup.guarded.mixin"]
    _description = "Contact plan"
    _order = "month desc, user_id, id"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    user_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        check_company=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    month = fields.Date(
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        help="Any day of the month: the plan is for the whole of it.",
    )
    date_to = fields.Date(string="Last day", compute="_compute_date_to")
    is_over = fields.Boolean(string="Is over", compute="_compute_is_over")
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    day_capacity = fields.Integer(
        string="Contacts a day",
        required=True,
        default=lambda self: self.env.company.fcrm_plan_capacity,
        help="No more are planned on a full working day, fewer on a shorter one.",
    )
    line_ids = fields.One2many(
        "followup.interaction", "plan_id", string="Planned contacts"
    )
    is_waiting = fields.Boolean(
        string="Being made", readonly=True, copy=False, help="Contacts are still added."
    )
    generated_at = fields.Datetime(string="Made on", readonly=True, copy=False)
    left_out_count = fields.Integer(
        string="Without room",
        readonly=True,
        copy=False,
        help="Contacts that were due when the plan was made, and no day had room.",
    )
    return_reason = fields.Text(string="Why returned", readonly=True, copy=False)
    approver_id = fields.Many2one(
        "res.users", string="Approved by", readonly=True, copy=False
    )
    approved_on = fields.Date(string="Approved on", readonly=True, copy=False)

    # Query: the plan of a user for a month, and what makes a second one impossible.
    _user_month_unique = models.UniqueIndex(
        "(user_id, company_id, month)",
        "This user has a plan for this month already: open that one.",
    )
    # Query: what the job has still to do.
    _waiting = models.Index("(company_id, month, id) WHERE is_waiting IS TRUE")
    _capacity_positive = models.Constraint(
        "CHECK (day_capacity > 0)", "Plan at least one contact a day."
    )

    @api.depends("month")
    def _compute_date_to(self):
        for plan in self:
            plan.date_to = plan.month and plan.month + relativedelta(months=1, days=-1)

    @api.depends("month")
    @api.depends_context("tz")
    def _compute_is_over(self):
        today = fields.Date.context_today(self)
        for plan in self:
            plan.is_over = bool(plan.date_to and plan.date_to < today)

    @api.depends("user_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            # Elevated: whoever sees the plan reads whose it is.
            name = plan.user_id.sudo().name or ""
            month = plan.month and self._format_month(plan.month)
            plan.display_name = " · ".join(filter(None, (name, month)))

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Make plans; their contacts follow by ``action_generate``."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create([self._prepare_vals(vals) for vals in vals_list])

    def write(self, vals):
        self._refuse_server_only(vals, fixed=FIXED)
        return super().write(vals)

    def copy(self, default=None):
        """Refused: there is one plan per user and month."""
        if self:
            raise UserError(
                self.env._(
                    "A plan cannot be duplicated: make the plan of another month"
                    " instead."
                )
            )
        return super().copy(default)

    def unlink(self):
        """Delete plans with what they proposed; contacts that were touched stay."""
        self.check_access("unlink")
        self._drop_proposed()
        return super().unlink()

    @api.model
    def _prepare_vals(self, vals):
        """Values of a new plan: the month's first day, the company's capacity."""
        vals = dict(vals)
        if vals.get("month"):
            vals["month"] = fields.Date.to_date(vals["month"]).replace(day=1)
        company = self.env["res.company"].browse(vals.get("company_id") or [])
        if company and "day_capacity" not in vals:
            # Elevated: a setting is no secret to the company's users.
            vals["day_capacity"] = company.sudo().fcrm_plan_capacity
        return vals

    # === ACTIONS === #

    def action_open_lines(self):
        """The plan's contacts in a calendar, to move them by dragging."""
        self.ensure_one()
        view = self.env.ref
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "followup.interaction",
            "view_mode": "calendar,list,form",
            "views": [
                (view("followup_crm.interaction_view_calendar_plan").id, "calendar"),
                (view("followup_crm.interaction_view_list_plan").id, "list"),
                (False, "form"),
            ],
            "domain": [("plan_id", "=", self.id)],
            "context": {
                "initial_date": fields.Date.to_string(self._get_first_day()),
                "default_plan_id": self.id,
                "default_user_id": self.user_id.id,
                "default_kind": "periodic",
                "fcrm_show_customer": True,
            },
        }

    # === BUSINESS === #

    @api.model
    def _format_month(self, month):
        """A month as the user's language writes it: November 2026, 2026年11月."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton("yMMMM", month, locale=locale)

    def _get_today(self):
        """Today's date where the plan's user is."""
        self.ensure_one()
        # Elevated: in which time zone somebody works is no secret.
        user = self.user_id.sudo()
        return fields.Datetime.context_timestamp(
            self.with_context(tz=user.tz or "UTC"), fields.Datetime.now()
        ).date()

    def _get_first_day(self):
        """The first day that can still be planned: the first of the month, or today."""
        return max(self.month, self._get_today())
