from odoo import fields, models

from .res_partner import ALL_ROLES


class StockPicking(models.Model):
    """Deliveries travel in shipments (K2)."""

    _inherit = "stock.picking"

    fcrm_shipment_ids = fields.Many2many(
        "followup.shipment",
        "followup_shipment_picking_rel",
        "picking_id",
        "shipment_id",
        string="Shipments",
        groups=ALL_ROLES,
        copy=False,
    )

    def _action_done(self):
        """Goods that leave the warehouse are an event of their shipment."""
        result = super()._action_done()
        done = self.filtered(lambda picking: picking.state == "done")
        # Elevated: whoever works in the warehouse may not see shipments.
        shipments = (
            self.env["followup.shipment"]
            .sudo()
            .search([("picking_ids", "in", done.ids), ("state", "!=", "cancelled")])
        )
        for shipment in shipments:
            numbers = (shipment.picking_ids & done.sudo()).mapped("name")
            shipment._log_event("goods_out", ", ".join(numbers))
        return result
