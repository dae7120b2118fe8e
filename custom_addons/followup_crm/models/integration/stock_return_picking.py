from odoo import models


class StockReturnPicking(models.TransientModel):
    _inherit = "stock.return.picking"

    def _prepare_picking_default_values(self):
        """A return that is made from a complaint belongs to it."""
        values = super()._prepare_picking_default_values()
        complaint_id = self.env.context.get("fcrm_complaint_id")
        if complaint_id:
            values["fcrm_complaint_id"] = complaint_id
        return values
