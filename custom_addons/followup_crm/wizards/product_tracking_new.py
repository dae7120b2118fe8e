from odoo import api, fields, models

from ..models.shipment.shipment import SALES


class ProductTrackingNew(models.TransientModel):
    """Dialog: start to track a product, with or before an order (K3)."""

    _name = "followup.product.tracking.new"
    _description = "New product tracking"

    customer_id = fields.Many2one("followup.customer", required=True)
    partner_id = fields.Many2one(related="customer_id.partner_id")
    company_id = fields.Many2one(related="customer_id.company_id")
    order_id = fields.Many2one(
        "sale.order",
        groups=SALES,
        domain="[('company_id', '=', company_id), ('partner_id', 'child_of',"
        " partner_id)]",
    )
    product_ids = fields.Many2many(
        "product.product",
        "followup_product_tracking_new_rel",
        "wizard_id",
        "product_id",
        string="Products",
        required=True,
        domain="[('sale_ok', '=', True)]",
    )
    style_number = fields.Char(string="Customer's style number")

    @api.onchange("order_id")
    def _onchange_order_id(self):
        """All goods of the order, less what is tracked already."""
        if self.order_id:
            tracked = self.env["followup.product.tracking"].search(
                [("order_id", "=", self.order_id._origin.id)]
            )
            goods = self.order_id.order_line.product_id.filtered(
                lambda product: product.type == "consu"
            )
            self.product_ids = goods - tracked.product_id

    def action_start(self):
        """Start a tracking for each product, and open it or the list of them."""
        self.ensure_one()
        trackings = self.env["followup.product.tracking"]
        for product in self.product_ids:
            trackings |= trackings._start(
                self.customer_id,
                {
                    "product_id": product.id,
                    # Elevated: whoever may not choose an order has chosen none.
                    "order_id": self.sudo().order_id.id,
                    "style_number": self.style_number,
                },
            )
        domain = [("id", "in", trackings.ids)]
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Product tracking"),
            "res_model": "followup.product.tracking",
            "view_mode": "list,form",
            "domain": domain,
        }
        if len(trackings) == 1:
            action |= {"view_mode": "form", "res_id": trackings.id}
        return action
