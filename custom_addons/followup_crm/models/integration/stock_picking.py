from odoo import fields, models

from .res_partner import ALL_ROLES


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "followup.tier.badge.mixin"]

    fcrm_complaint_id = fields.Many2one(
        "followup.complaint",
        string="For complaint",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups=ALL_ROLES,
    )

    def _action_done(self):
        result = super()._action_done()
        # Elevated: who delivers need not see the orders' trackings.
        orders = self.sudo().sale_id
        if orders:
            orders._fcrm_get_trackings()._follow_deliveries(self.sudo())
        return result
