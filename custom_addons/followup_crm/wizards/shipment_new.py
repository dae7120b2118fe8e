from odoo import api, fields, models

from ..models.shipment.shipment import MODES


class ShipmentNew(models.TransientModel):
    """Dialog: start a shipment with the few things that are known at first (K2)."""

    _name = "followup.shipment.new"
    _description = "New shipment"

    customer_id = fields.Many2one("followup.customer", required=True)
    partner_id = fields.Many2one(related="customer_id.partner_id")
    company_id = fields.Many2one(related="customer_id.company_id")
    mode = fields.Selection(
        MODES, string="Goods travel by", required=True, default="sea"
    )
    order_ids = fields.Many2many(
        "sale.order",
        "followup_shipment_new_order_rel",
        "wizard_id",
        "order_id",
        string="Orders",
        domain="[('state', '=', 'sale'), ('company_id', '=', company_id),"
        " ('partner_id', 'child_of', partner_id)]",
    )
    picking_ids = fields.Many2many(
        "stock.picking",
        "followup_shipment_new_picking_rel",
        "wizard_id",
        "picking_id",
        string="Deliveries",
        domain="[('company_id', '=', company_id), ('partner_id', 'child_of',"
        " partner_id), ('picking_type_code', '=', 'outgoing')]",
    )
    etd = fields.Date(string="Departure expected")
    eta = fields.Date(string="Arrival expected")
    lc_number = fields.Char(string="L/C number")

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        partner = self.customer_id.partner_id
        foreign = self.order_ids.filtered(
            lambda order: order.partner_id.commercial_partner_id != partner
        )
        self.order_ids -= foreign

    def action_start(self):
        """Start the shipment and open it."""
        self.ensure_one()
        shipment = self.env["followup.shipment"]._start(
            self.customer_id,
            {
                "mode": self.mode,
                "order_ids": self.order_ids.ids,
                "picking_ids": self.picking_ids.ids,
                "etd": self.etd,
                "eta": self.eta,
                "lc_number": self.lc_number,
            },
        )
        return {
            "type": "ir.actions.act_window",
            "name": shipment.display_name,
            "res_model": "followup.shipment",
            "view_mode": "form",
            "res_id": shipment.id,
        }
