from odoo import api, fields, models


class ProductDetailMixin(models.AbstractModel):
    """A line of a product tracking: it follows its customer, company and owner."""

    _name = "followup.product.detail.mixin"
    _inherit = ["followup.guarded.mixin"]
    _description = "Detail of a product tracking"
    _server_only = frozenset({"customer_id", "company_id"})

    tracking_id = fields.Many2one(
        "followup.product.tracking", required=True, index=True, ondelete="cascade"
    )
    customer_id = fields.Many2one(
        related="tracking_id.customer_id", store=True, index=True
    )
    company_id = fields.Many2one(related="tracking_id.company_id", store=True)

    @api.model_create_multi
    def create(self, vals_list):
        """Customer and company follow the tracking; decisions follow the buttons."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals)
        if "tracking_id" in vals and not self.env.su:
            # Odoo checks the rules before a write only: both trackings must be the
            # user's to change.
            target = self.env["followup.product.tracking"].browse(vals["tracking_id"])
            (self.tracking_id | target).check_access("write")
        return super().write(vals)
