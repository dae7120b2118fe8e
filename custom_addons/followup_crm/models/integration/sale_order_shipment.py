from odoo import api, fields, models

from .res_partner import ALL_ROLES


class SaleOrder(models.Model):
    """Shipments and product trackings of an order (K2, K3)."""

    _inherit = "sale.order"

    fcrm_shipment_ids = fields.Many2many(
        "followup.shipment",
        "followup_shipment_order_rel",
        "order_id",
        "shipment_id",
        string="Shipments",
        groups=ALL_ROLES,
        copy=False,
    )
    fcrm_product_tracking_ids = fields.One2many(
        "followup.product.tracking",
        "order_id",
        string="Product trackings",
        groups=ALL_ROLES,
        copy=False,
    )
    fcrm_shipment_count = fields.Integer(
        string="Number of shipments",
        compute="_compute_fcrm_shipment_count",
        groups=ALL_ROLES,
    )
    fcrm_product_tracking_count = fields.Integer(
        string="Number of product trackings",
        compute="_compute_fcrm_shipment_count",
        groups=ALL_ROLES,
    )

    @api.depends_context("uid")
    def _compute_fcrm_shipment_count(self):
        # Searched for: an order may be in shipments that the user may not see.
        shipments = self.env["followup.shipment"]._count_by_order(self)
        trackings = dict(
            self.env["followup.product.tracking"]._read_group(
                [("order_id", "in", self.ids)], ["order_id"], ["__count"]
            )
        )
        for order in self:
            order.fcrm_shipment_count = shipments.get(order.id, 0)
            order.fcrm_product_tracking_count = trackings.get(order, 0)

    def action_fcrm_open_shipments(self):
        """Open the shipments of this order, or start the first one."""
        self.ensure_one()
        self.check_access("read")
        if not self.fcrm_shipment_count:
            return self._fcrm_get_new_shipment_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.shipment_action"
        )
        shipments = self.env["followup.shipment"]._find_by_order(self)
        action["domain"] = [("id", "in", shipments.ids)]
        action["context"] = self._fcrm_get_shipment_context()
        return action

    def action_fcrm_open_product_trackings(self):
        """Open what is tracked of the products of this order."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.product_tracking_action"
        )
        customer = self.env["followup.customer"]._for_partner(
            self.partner_id, self.company_id
        )
        action["domain"] = [("order_id", "=", self.id)]
        action["context"] = {
            "default_customer_id": customer.id,
            "default_order_id": self.id,
        }
        return action

    def _fcrm_get_credit_vals(self):
        """The letter of credit of this order, as its tracking knows it."""
        tracking = self._fcrm_get_trackings()[:1]
        names = ("lc_number", "lc_latest_shipment", "lc_expiry")
        return {name: tracking[name] for name in names if tracking[name]}

    def _fcrm_get_new_shipment_action(self):
        action = self.env["followup.shipment"].action_new()
        action["context"] = self._fcrm_get_shipment_context()
        return action

    def _fcrm_get_shipment_context(self):
        """What a new shipment takes from these orders."""
        customer = self.env["followup.customer"]._for_partner(
            self.partner_id, self.company_id
        )
        return {
            "default_customer_id": customer.id,
            "default_order_ids": self.ids,
            "default_picking_ids": self.picking_ids.filtered(
                lambda p: p.state != "cancel" and p.picking_type_code == "outgoing"
            ).ids,
        }
