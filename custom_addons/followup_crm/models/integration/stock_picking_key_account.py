from odoo import api, models


class StockPicking(models.Model):
    """Deliveries to key accounts have Odoo's own priority (A6)."""

    _inherit = "stock.picking"

    @api.model_create_multi
    def create(self, vals_list):
        pickings = super().create(vals_list)
        outgoing = pickings.filtered(
            lambda picking: (
                picking.picking_type_code == "outgoing"
                and picking.partner_id
                and picking.priority == "0"
            )
        )
        if outgoing:
            # Elevated: the lane holds whoever makes the delivery.
            accounts = self.env["followup.account"]._find_of_partners(
                outgoing.partner_id
            )
            lanes = {
                (account.company_id, account.customer_id.partner_id)
                for account in accounts
                if account.company_id.fcrm_lane_orders
            }
            outgoing.filtered(
                lambda picking: (
                    (picking.company_id, picking.partner_id.commercial_partner_id)
                    in lanes
                )
            ).sudo().write({"priority": "1"})
        return pickings
