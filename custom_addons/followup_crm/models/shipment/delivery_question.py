from odoo import api, fields, models
from odoo.fields import Domain


class DeliveryQuestion(models.Model):
    """A short question about a delivery that waits to be asked (K7).

    ``_ask_after_arrival`` of a shipment, or of an order that travels in none, prepares
    it; whoever sends surveys takes what ``_get_due`` returns, decides whom to spare,
    and notes the result by ``_close``.
    """

    _name = "followup.delivery.question"
    _inherit = ["followup.guarded.mixin", "followup.customer.detail.mixin"]
    _description = "Question after a delivery"
    _order = "date_due desc, id desc"
    _server_only = frozenset(
        {"state", "asked_on", "date_due", "shipment_id", "tracking_id"}
    )

    shipment_id = fields.Many2one(
        "followup.shipment", readonly=True, ondelete="cascade"
    )
    tracking_id = fields.Many2one(
        "followup.order.tracking",
        string="Order",
        readonly=True,
        ondelete="cascade",
        help="Where the order was not followed by shipments.",
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Whom to ask",
        help="The person in charge at the customer, unless somebody else fits better.",
    )
    date_due = fields.Date(string="Ask on", required=True, readonly=True)
    state = fields.Selection(
        [("pending", "To ask"), ("asked", "Asked"), ("dropped", "Not asked")],
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
    _tracking_unique = models.Constraint(
        "UNIQUE (tracking_id)", "An order is asked about once."
    )
    _of_one = models.Constraint(
        "CHECK ((shipment_id IS NULL) <> (tracking_id IS NULL))",
        "A question is about a shipment or about an order.",
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

    def _prepare(self, owner, customer, day):
        """Prepare the question about one delivery, or bring its day up to date.

        :param owner: the shipment or the order tracking
        :param customer: ``followup.customer`` record
        :param day: from when it may be asked
        :return: the question; one that was asked stays as it is
        """
        name = "shipment_id" if owner._name == "followup.shipment" else "tracking_id"
        # Elevated: the question follows from the arrival, whoever noted it.
        questions = self.sudo()
        known = questions.search([(name, "=", owner.id)])
        if not known:
            contact = customer.sudo().person_in_charge_id or customer.sudo().partner_id
            return questions.create(
                {
                    name: owner.id,
                    "customer_id": customer.id,
                    "contact_id": contact.id,
                    "date_due": day,
                }
            )
        if known.state != "asked":
            known.write({"state": "pending", "date_due": day, "reason": False})
        return known

    def _close(self, state, reason=""):
        """Asked, or dropped with the reason."""
        # Elevated: the sender's own rights are no matter of the question.
        for question in self.sudo().filtered(lambda q: q.state == "pending"):
            question.state = state
            question.reason = reason
            if state == "asked":
                question.asked_on = fields.Date.context_today(question)
