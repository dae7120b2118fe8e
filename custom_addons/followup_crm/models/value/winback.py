from odoo import api, fields, models
from odoo.exceptions import UserError

STATES = [
    ("draft", "Planned"),
    ("running", "Running"),
    ("won", "Won back"),
    ("failed", "Not won back"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("draft", "running")
# Verb → states it starts from, state it leads to.
TRANSITIONS = {
    "start": (("draft",), "running"),
    "win": (("running",), "won"),
    "fail": (("running",), "failed"),
    "cancel": (("draft", "running"), "cancelled"),
    "reopen": (("failed", "cancelled"), "running"),
}
SERVER_ONLY = frozenset({"state", "start_date", "end_date", "won_amount", "company_id"})


class Winback(models.Model):
    """A win-back case (客户挽回): what is done to regain a customer, and its end (V8).

    Planned, running, won or not won. It is won by an order after the start, and failed
    only with a word on why.
    """

    _name = "followup.winback"
    _inherit = [
        "followup.customer.detail.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "followup.guarded.mixin",
    ]
    _description = "Win-back case"
    _rec_name = "customer_id"
    _order = "date_deadline, id"
    _server_only = SERVER_ONLY

    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
    )
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
    loss_id = fields.Many2one(
        "followup.loss",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('customer_id', '=', customer_id)]",
    )
    reason = fields.Text(string="Why it stays away")
    goal = fields.Char(
        string="What we want", help="For example: a trial order of 500 pieces."
    )
    date_deadline = fields.Date(string="Decide by", tracking=True)
    step_ids = fields.One2many("followup.winback.step", "winback_id", string="Actions")
    step_count = fields.Integer(compute="_compute_step_count", string="Number of steps")
    cost = fields.Monetary(compute="_compute_step_count", string="Spent")
    currency_id = fields.Many2one(related="company_id.currency_id")
    start_date = fields.Date(string="Started on", readonly=True, copy=False)
    end_date = fields.Date(string="Ended on", readonly=True, copy=False, tracking=True)
    result = fields.Text(copy=False, help="What came of it, and what we learn.")
    won_amount = fields.Monetary(
        string="Ordered since",
        readonly=True,
        copy=False,
        help="What the customer ordered between the start and the end.",
    )

    # Query: the open case of a customer; there is one.
    _open_unique = models.UniqueIndex(
        "(customer_id) WHERE state IN ('draft', 'running')",
        "There is an open win-back case for this customer: go on with that one.",
    )

    @api.depends("step_ids.cost")
    def _compute_step_count(self):
        for case in self:
            case.step_count = len(case.step_ids)
            case.cost = sum(case.step_ids.mapped("cost"))

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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        """What was tried is kept: only a case that never started is deleted."""
        if any(case.state != "draft" for case in self):
            raise UserError(
                self.env._("A case that was started is kept. Cancel it instead.")
            )

    # === ACTIONS === #

    def action_start(self):
        """Begin: there is a first action in the plan."""
        for case in self:
            if not case.step_ids:
                raise UserError(
                    self.env._("Write down first what will be done to win it back.")
                )
        self._move("start", start_date=fields.Date.context_today(self))

    def action_win(self):
        """Won: the customer has ordered since the case was started."""
        for case in self:
            amount = case._get_ordered_amount()
            if not amount:
                raise UserError(
                    self.env._(
                        "%(customer)s has not ordered since %(date)s. It is won back"
                        " with its first order.",
                        customer=case.customer_id.display_name,
                        date=case.start_date,
                    )
                )
            case._move(
                "win", end_date=fields.Date.context_today(case), won_amount=amount
            )
            case.loss_id.filtered(lambda loss: loss.state == "lost").action_regain()

    def action_fail(self):
        """Given up: the result says why."""
        for case in self:
            if not (case.result or "").strip():
                raise UserError(self.env._("Write down what came of it, and why."))
        self._move("fail", end_date=fields.Date.context_today(self))

    def action_cancel(self):
        """No longer wanted."""
        self._move("cancel", end_date=fields.Date.context_today(self))

    def action_reopen(self):
        """Try again."""
        self._move("reopen", end_date=False)

    def action_plan_contact(self):
        """Open the form of a new contact with this customer."""
        self.ensure_one()
        return self.customer_id.action_plan_contact()

    # === BUSINESS === #

    def _move(self, verb, **values):
        """Move on by a verb, where the state allows it."""
        self.check_access("write")
        sources, target = TRANSITIONS[verb]
        labels = dict(self._fields["state"]._description_selection(self.env))
        for case in self:
            if case.state not in sources:
                raise UserError(
                    self.env._(
                        "This does not go with a case that is %(state)s.",
                        state=labels[case.state],
                    )
                )
        # Elevated: the state moves by these methods only.
        self.sudo().write({"state": target, **values})

    def _get_ordered_amount(self):
        """What the customer ordered since the case was started."""
        self.ensure_one()
        if not self.start_date:
            return 0
        sales = self.env["followup.sales.fact"]._read_group(
            [
                ("customer_id", "=", self.customer_id.id),
                ("date", ">=", self.start_date),
                ("amount", ">", 0),
            ],
            [],
            ["amount:sum"],
        )
        return sales[0][0] or 0
