from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("shortage", "Shortage"),
    ("change", "Change"),
    ("delay", "Delay"),
    ("partial", "Partial delivery"),
    ("return", "Return"),
    ("other", "Other"),
]


class OrderException(models.Model):
    """Something that went otherwise than agreed: cause, owner, decision (K4).

    It is closed only after a decision, and after the customer has been told.
    """

    _name = "followup.order.exception"
    _inherit = ["followup.guarded.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Exception of an order"
    _order = "state desc, date desc, id desc"
    _check_company_auto = True
    _server_only = frozenset({"state", "told_date", "told_user_id", "action_id"})

    name = fields.Char(required=True, string="What happened", tracking=True)
    kind = fields.Selection(KINDS, required=True, default="delay")
    tracking_id = fields.Many2one(
        "followup.order.tracking",
        string="Order",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="tracking_id.company_id", store=True)
    customer_id = fields.Many2one(related="tracking_id.customer_id")
    risk = fields.Selection(related="tracking_id.risk", string="Risk")
    lot_id = fields.Many2one(
        "followup.order.lot",
        index="btree_not_null",
        ondelete="set null",
        domain="[('tracking_id', '=', tracking_id)]",
        check_company=True,
    )
    milestone_id = fields.Many2one(
        "followup.order.milestone",
        index="btree_not_null",
        ondelete="set null",
        domain="[('tracking_id', '=', tracking_id)]",
        check_company=True,
    )
    date = fields.Date(
        required=True, default=fields.Date.context_today, string="Noticed on"
    )
    cause = fields.Text(tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
        help="Decides, and tells the customer.",
    )
    decision = fields.Text(
        string="What is decided", tracking=True, help="What we do about it."
    )
    told_date = fields.Date(string="Customer told on", readonly=True, tracking=True)
    told_user_id = fields.Many2one("res.users", string="Told by", readonly=True)
    told_how = fields.Char(
        string="How", help="For example by mail, or by telephone with Ms Berg."
    )
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided"), ("closed", "Closed")],
        string="Status",
        required=True,
        default="open",
        readonly=True,
        tracking=True,
    )
    action_id = fields.Many2one(
        "followup.action",
        string="Improvement action",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="So that it does not happen again.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        exceptions = super().create(vals_list)
        exceptions.tracking_id.check_access("write")
        # Elevated: the risk of the order follows whoever reports an exception.
        exceptions.sudo().tracking_id._refresh()
        return exceptions

    def write(self, vals):
        self._refuse_server_only(vals)
        if "tracking_id" in vals:
            raise UserError(
                self.env._("An exception stays with its order: enter a new one.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_decide(self):
        """It is decided what to do; the decision is written down."""
        self.check_access("write")
        self._require("decision", self.env._("Write down the decision first."))
        self._set_state("decided")

    def action_told(self):
        """The customer has been told today, by the current user."""
        self.check_access("write")
        # Elevated: these fields are nobody's to write but by this button.
        self.sudo().write(
            {
                "told_date": fields.Date.context_today(self),
                "told_user_id": self.env.uid,
            }
        )

    def action_close(self):
        """It is settled: decided, and the customer knows."""
        self.check_access("write")
        self._require("decision", self.env._("Write down the decision first."))
        self._require("told_date", self.env._("Tell the customer first."))
        self._set_state("closed")

    def action_reopen(self):
        """It is not settled after all."""
        self.check_access("write")
        self._set_state("open")

    def action_make_action(self):
        """Make an improvement action of it, or open the one that was made."""
        self.ensure_one()
        self.check_access("write")
        if not self.action_id:
            action = self.env["followup.action"].create(self._prepare_action_vals())
            # Elevated: the link is nobody's to write but by this button.
            self.sudo().action_id = action
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.action",
            "view_mode": "form",
            "res_id": self.action_id.id,
        }

    # === BUSINESS === #

    def _prepare_action_vals(self):
        """Values of the improvement action: what happened, why, what was decided."""
        return {
            "name": self.name,
            "origin": "tracking",
            "customer_id": self.customer_id.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id or self.env.uid,
            "root_cause": self.cause,
            "description": self.decision,
        }

    def _require(self, name, message):
        if any(not exception[name] for exception in self):
            raise UserError(message)

    def _set_state(self, state):
        # Elevated: the status is nobody's to write but by the buttons.
        elevated = self.sudo()
        elevated.state = state
        elevated.tracking_id._refresh()
