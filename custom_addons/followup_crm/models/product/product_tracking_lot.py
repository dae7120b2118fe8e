from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductTracking(models.Model):
    """The tracking of the order that a product belongs to."""

    _inherit = "followup.product.tracking"

    lot_id = fields.Many2one(
        "followup.order.lot",
        index="btree_not_null",
        check_company=True,
        domain="[('tracking_id.order_id', '=', order_id)]",
        help="Only where the order is made in parts.",
    )

    @api.constrains("lot_id", "order_id")
    def _check_lot(self):
        for tracking in self.filtered("lot_id"):
            # Elevated: the lot may be closed to whoever tracks the product.
            if tracking.sudo().lot_id.tracking_id.order_id != tracking.sudo().order_id:
                raise ValidationError(
                    self.env._(
                        "The lot belongs to another order: choose one of its own."
                    )
                )
