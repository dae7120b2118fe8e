from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("draft", "Draft"),
    ("running", "Running"),
    ("done", "Completed"),
    ("cancelled", "Cancelled"),
]
TRANSITIONS = {
    "start": (("draft",), "running"),
    "complete": (("running",), "done"),
    "cancel": (("draft", "running"), "cancelled"),
    "reopen": (("done", "cancelled"), "running"),
}
SERVER_ONLY = frozenset({"state", "start_score", "end_score", "company_id"})


class LoyaltyPlan(models.Model):
    """A loyalty plan (V13): how a customer becomes, or stays, a loyal one.

    A goal, the measures with who and when, and the loyalty index at the start and at
    the end, so that one sees whether it helped.
    """

    _name = "followup.loyalty.plan"
    _inherit = [
        "followup.customer.detail.mixin",
        "mail.thread",
        "followup.guarded.mixin",
    ]
    _description = "Loyalty plan"
    _order = "date_to desc, id desc"
    _server_only = SERVER_ONLY

    name = fields.Char(string="Goal", required=True, tracking=True)
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
    date_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    date_to = fields.Date(string="Until", tracking=True)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    target_score = fields.Integer(
        string="Loyalty index to reach", help="Between 0 and 100."
    )
    start_score = fields.Integer(
        string="Index at the start", readonly=True, copy=False, aggregator="avg"
    )
    end_score = fields.Integer(
        string="Index at the end", readonly=True, copy=False, aggregator="avg"
    )
    current_score = fields.Integer(compute="_compute_current_score", string="Index now")
    measure_ids = fields.One2many(
        "followup.loyalty.measure", "plan_id", string="Measures", copy=True
    )
    progress = fields.Float(compute="_compute_progress", help="Measures that are done.")
    review = fields.Text(copy=False, help="What helped, what did not.")

    _target_in_range = models.Constraint(
        "CHECK (target_score BETWEEN 0 AND 100)",
        "The loyalty index is a number between 0 and 100.",
    )
    _period_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The plan ends before it begins."
    )

    @api.depends("measure_ids.is_done")
    def _compute_progress(self):
        for plan in self:
            measures = plan.measure_ids
            done = len(measures.filtered("is_done"))
            plan.progress = 100 * done / len(measures) if measures else 0

    @api.depends("customer_id")
    def _compute_current_score(self):
        for plan in self:
            plan.current_score = plan.customer_id.value_id.loyalty_score

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_server_only(vals)
        self._check_customers(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals, frozenset({"customer_id"}))
        return super().write(vals)

    # === ACTIONS === #

    def action_start(self):
        """Begin: there is a first measure."""
        for plan in self:
            if not plan.measure_ids:
                raise UserError(self.env._("Write down the first measure."))
            plan._move("start", start_score=plan.current_score)

    def action_complete(self):
        """Done: the index at the end shows whether it helped."""
        for plan in self:
            plan._move("complete", end_score=plan.current_score)

    def action_cancel(self):
        """No longer wanted."""
        self._move("cancel")

    def action_reopen(self):
        """Go on with it."""
        self._move("reopen", end_score=0)

    # === BUSINESS === #

    def _move(self, verb, **values):
        """Move on by a verb, where the state allows it."""
        self.check_access("write")
        sources, target = TRANSITIONS[verb]
        if any(plan.state not in sources for plan in self):
            raise UserError(self.env._("The plan has moved on already: open it again."))
        # Elevated: the state moves by these methods only.
        self.sudo().write({"state": target, **values})
