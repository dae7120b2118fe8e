from odoo import api, fields, models

from ..models.shipment.shipment import MODES, SALES, STOCK


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
        groups=SALES,
        domain="[('state', '=', 'sale'), ('company_id', '=', company_id),"
        " ('partner_id', 'child_of', partner_id)]",
    )
    picking_ids = fields.Many2many(
        "stock.picking",
        "followup_shipment_new_picking_rel",
        "wizard_id",
        "picking_id",
        string="Deliveries",
        groups=STOCK,
        domain="[('company_id', '=', company_id), ('partner_id', 'child_of',"
        " partner_id), ('picking_type_code', '=', 'outgoing')]",
    )
    etd = fields.Date(string="Departure expected")
    eta = fields.Date(string="Arrival expected")
    lc_number = fields.Char(string="L/C number")

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        partner = self.customer_id.partner_id
        for name, groups in (("order_ids", SALES), ("picking_ids", STOCK)):
            if self.env.user.has_groups(groups):
                self[name] = self[name].filtered(
                    lambda one: one.partner_id.commercial_partner_id == partner
                )

    def action_start(self):
        """Start the shipment and open it."""
        self.ensure_one()
        shipment = self.env["followup.shipment"]._start(
            self.customer_id,
            {
                "mode": self.mode,
                # Elevated: whoever may not choose orders has chosen none.
                "order_ids": self.sudo().order_ids.ids,
                "picking_ids": self.sudo().picking_ids.ids,
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
