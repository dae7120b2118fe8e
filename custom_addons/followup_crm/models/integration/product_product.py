from odoo import api, fields, models

from .res_partner import ALL_ROLES


class ProductProduct(models.Model):
    _inherit = "product.product"

    fcrm_tracking_count = fields.Integer(
        string="Product trackings",
        compute="_compute_fcrm_tracking_count",
        groups=ALL_ROLES,
    )

    @api.depends_context("uid")
    def _compute_fcrm_tracking_count(self):
        counts = dict(
            self.env["followup.product.tracking"]._read_group(
                [("product_id", "in", self.ids)], ["product_id"], ["__count"]
            )
        )
        for product in self:
            product.fcrm_tracking_count = counts.get(product, 0)

    def action_fcrm_open_trackings(self):
        """Open the history of this product over all orders (K3)."""
        self.ensure_one()
        self.check_access("read")
        return self._fcrm_get_tracking_action()

    def _fcrm_get_tracking_action(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.product_tracking_action"
        )
        action["name"] = self.env._("History of %(product)s", product=self.display_name)
        action["domain"] = [("product_id", "=", self.id)]
        action["context"] = {"default_product_id": self.id}
        return action
