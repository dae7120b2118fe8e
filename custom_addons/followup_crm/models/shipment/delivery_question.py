from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...const import QUESTION_DAYS


class DeliveryQuestion(models.Model):
    """A short question about a delivery that waits to be asked (K7).

    It is prepared when the goods were delivered; whoever sends surveys takes what
    ``_get_due`` returns, decides whom to spare, and notes the result by ``_close``.
    """

    _name = "followup.delivery.question"
    _inherit = ["followup.guarded.mixin", "followup.customer.detail.mixin"]
    _description = "Question after a delivery"
    _order = "date_due desc, id desc"
    _server_only = frozenset({"state", "asked_on", "date_due", "shipment_id"})

    shipment_id = fields.Many2one(
        "followup.shipment", required=True, readonly=True, ondelete="cascade"
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Whom to ask",
        help="The person in charge at the customer, unless somebody else fits better.",
    )
    date_due = fields.Date(string="Ask on", required=True, readonly=True)
    state = fields.Selection(
        [("pending", "Waiting"), ("asked", "Asked"), ("dropped", "Not asked")],
        string="Status",
        required=True,
        readonly=True,
        default="pending",
        index=True,
    )
    asked_on = fields.Date(string="Asked on", readonly=True)
    reason = fields.Char(help="Why it was not asked.")

    _shipment_unique = models.Constraint(
        "UNIQUE (shipment_id)", "A delivery is asked about once."
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Questions are prepared by the delivery, not entered."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        """Whom to ask may be changed; when and whether it was asked may not."""
        self._refuse_server_only(vals)
        return super().write(vals)

    # === BUSINESS === #

    @api.model
    def _get_due(self, company, today=None):
        """The questions of a company that may be asked now, the oldest first."""
        today = today or fields.Date.context_today(self)
        return self.search(
            Domain("company_id", "=", company.id)
            & Domain("state", "=", "pending")
            & Domain("date_due", "<=", today)
            & Domain("contact_id", "!=", False),
            order="date_due, id",
        )

    def _close(self, state, reason=""):
        """Asked, or dropped with the reason."""
        # Elevated: the sender's own rights are no matter of the question.
        for question in self.sudo().filtered(lambda q: q.state == "pending"):
            question.state = state
            question.reason = reason
            if state == "asked":
                question.asked_on = fields.Date.context_today(question)


class Shipment(models.Model):
    """A delivered shipment prepares the question; undoing takes it back."""

    _inherit = "followup.shipment"

    question_ids = fields.One2many(
        "followup.delivery.question", "shipment_id", string="Questions"
    )

    def _prepare_question(self):
        """One question per shipment, to the person in charge, a few days later."""
        # Elevated: the question is made by the step, whoever took it.
        questions = self.env["followup.delivery.question"].sudo()
        for shipment in self.sudo():
            due = shipment.delivered_on + timedelta(days=QUESTION_DAYS)
            contact = shipment.customer_id.person_in_charge_id
            known = shipment.question_ids
            if not known:
                questions.create(
                    {
                        "shipment_id": shipment.id,
                        "customer_id": shipment.customer_id.id,
                        "contact_id": (contact or shipment.customer_id.partner_id).id,
                        "date_due": due,
                    }
                )
            elif known.state != "asked":
                known.write({"state": "pending", "date_due": due, "reason": False})

    def _drop_question(self):
        """The step was undone: what was not asked yet is not asked."""
        # Elevated as the preparation.
        self.sudo().question_ids._close("dropped", self.env._("Delivery was undone"))
