from odoo import api, fields, models


class Customer(models.Model):
    """The decision makers of a customer (P5)."""

    _inherit = "followup.customer"

    person_ids = fields.One2many(
        "followup.person",
        "customer_id",
        string="Decision makers",
        groups="followup_crm.group_personal_data",
    )
    decision_maker_count = fields.Integer(
        string="Decision makers on file",
        compute="_compute_decision_maker_count",
        help="On how many people of this customer personal data are held.",
    )

    @api.depends("person_ids")
    def _compute_decision_maker_count(self):
        # Elevated: how many there are is no secret to those who see the file.
        counts = dict(
            self.env["followup.person"]
            .sudo()
            ._read_group(
                [("customer_id", "in", self.ids)], ["customer_id"], ["__count"]
            )
        )
        counts = {customer.id: count for customer, count in counts.items()}
        for customer in self:
            customer.decision_maker_count = counts.get(customer._origin.id, 0)

    def action_add_person(self):
        """Enter a decision maker of this customer with all that is known."""
        self.ensure_one()
        self.check_access("write")
        return {
            **self.env["followup.person.sheet"]._get_form_action(),
            "name": self.env._("Add a decision maker"),
            "context": {"default_customer_id": self.id, "default_reason": "update"},
        }
