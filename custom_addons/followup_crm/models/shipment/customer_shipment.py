from odoo import api, fields, models

from .shipment import OPEN_STATES


class Customer(models.Model):
    """The shipments of a customer file (K2)."""

    _inherit = "followup.customer"

    open_shipment_count = fields.Integer(
        string="Open shipments", compute="_compute_open_shipment_count"
    )

    @api.depends_context("uid")
    def _compute_open_shipment_count(self):
        counts = dict(
            self.env["followup.shipment"]._read_group(
                [("customer_id", "in", self.ids), ("state", "in", OPEN_STATES)],
                ["customer_id"],
                ["__count"],
            )
        )
        for customer in self:
            customer.open_shipment_count = counts.get(customer, 0)

    def action_open_shipments(self):
        """Open the shipments of this customer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.shipment_action"
        )
        action["domain"] = [("customer_id", "=", self.id)]
        action["context"] = {"default_customer_id": self.id}
        return action
