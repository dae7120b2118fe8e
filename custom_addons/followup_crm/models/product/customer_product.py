from odoo import api, fields, models

from .product_tracking import OPEN_STATES


class Customer(models.Model):
    """The products that are tracked for a customer (K3)."""

    _inherit = "followup.customer"

    open_product_tracking_count = fields.Integer(
        string="Products tracked", compute="_compute_open_product_tracking_count"
    )

    @api.depends_context("uid")
    def _compute_open_product_tracking_count(self):
        counts = dict(
            self.env["followup.product.tracking"]._read_group(
                [("customer_id", "in", self.ids), ("state", "in", OPEN_STATES)],
                ["customer_id"],
                ["__count"],
            )
        )
        for customer in self:
            customer.open_product_tracking_count = counts.get(customer, 0)

    def action_open_product_trackings(self):
        """Open the products that are tracked for this customer."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.product_tracking_action"
        )
        action["domain"] = [("customer_id", "=", self.id)]
        action["context"] = {"default_customer_id": self.id}
        return action
