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
        """Goods that have left move their orders on; some days later, ask (G5, K7)."""
        result = super()._action_done()
        # Elevated: who delivers need not see the orders' trackings or customer files.
        done = self.sudo().filtered(lambda picking: picking.state == "done")
        if done.sale_id:
            done.sale_id._fcrm_get_trackings()._follow_deliveries(done)
        self.env["followup.satisfaction.invitation"].sudo()._ask_after_deliveries(done)
        return result
