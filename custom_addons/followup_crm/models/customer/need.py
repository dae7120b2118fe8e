from odoo import api, fields, models
from odoo.exceptions import UserError


class Need(models.Model):
    """A need or suggestion of a customer: who answers it, what came of it (P18)."""

    _name = "followup.need"
    _inherit = ["followup.customer.detail.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Need or suggestion of a customer"
    _order = "state, date_deadline, id"

    name = fields.Char(required=True, string="What the customer wants", tracking=True)
    kind = fields.Selection(
        [("need", "Need"), ("suggestion", "Suggestion")],
        required=True,
        default="need",
    )
    description = fields.Text()
    date = fields.Date(
        required=True, default=fields.Date.context_today, string="Received on"
    )
    source_partner_id = fields.Many2one("res.partner", string="Who said it")
    product_id = fields.Many2one("product.product", check_company=True)
    user_id = fields.Many2one(
        "res.users",
        string="Answered by",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        tracking=True,
        index="btree_not_null",
    )
    date_deadline = fields.Date(string="Answer by", tracking=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("answered", "Answered"),
            ("fulfilled", "Fulfilled"),
            ("declined", "Declined"),
        ],
        string="Status",
        required=True,
        default="open",
        tracking=True,
        index=True,
    )
    answer = fields.Text(tracking=True)
    outcome = fields.Text(string="What came of it")
    is_late = fields.Boolean(compute="_compute_is_late", string="Is late")

    @api.depends("state", "date_deadline")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for need in self:
            need.is_late = bool(
                need.state == "open"
                and need.date_deadline
                and need.date_deadline < today
            )

    # === ACTIONS === #

    def action_answered(self):
        """The customer has an answer; what comes of it is still to be seen."""
        self._close("answered")

    def action_fulfilled(self):
        """The need is met, or the suggestion has been put into practice."""
        self._close("fulfilled")

    def action_declined(self):
        """It cannot be met; the answer tells the customer why."""
        self._close("declined")

    def action_reopen(self):
        """Open it again."""
        self.write({"state": "open"})

    def _close(self, state):
        unanswered = self.filtered(lambda need: not need.answer)
        if unanswered:
            raise UserError(
                self.env._(
                    "Write down what the customer was told first: %(needs)s",
                    needs=", ".join(unanswered.mapped("name")),
                )
            )
        self.write({"state": state})
