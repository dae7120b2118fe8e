from odoo import api, fields, models

from .res_partner import ALL_ROLES


class StockPicking(models.Model):
    _inherit = "stock.picking"

    fcrm_tier_id = fields.Many2one(
        "followup.tier",
        string="Tier",
        compute="_compute_fcrm_tier_id",
        groups=ALL_ROLES,
        help="The customer's class in the company's policy scheme.",
    )
    fcrm_tier_color = fields.Integer(
        compute="_compute_fcrm_tier_id", string="Colour of the tier", groups=ALL_ROLES
    )
    fcrm_delivery_priority = fields.Boolean(
        string="Comes first",
        compute="_compute_fcrm_tier_id",
        groups=ALL_ROLES,
        help="The customer's tier has priority in delivery.",
    )

    @api.depends("partner_id", "company_id")
    @api.depends_context("uid")
    def _compute_fcrm_tier_id(self):
        self.env["res.partner"]._fcrm_fill_tiers(self)

    def _action_done(self):
        result = super()._action_done()
        # Elevated: who delivers need not see the orders' trackings.
        orders = self.sudo().sale_id
        if orders:
            orders._fcrm_get_trackings()._follow_deliveries(self.sudo())
        return result
