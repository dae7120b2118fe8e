from odoo import api, fields, models

from .res_partner import ALL_ROLES


class TierBadgeMixin(models.AbstractModel):
    """The customer's class on a document with a partner and a company (T28).

    For Odoo's documents: not stored, and empty where the user may not see the file.
    """

    _name = "followup.tier.badge.mixin"
    _description = "Tier badge of a document"

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

    # The fields below are those of the model that inherits this.
    @api.depends("partner_id", "company_id")
    @api.depends_context("uid")
    def _compute_fcrm_tier_id(self):
        self.env["res.partner"]._fcrm_fill_tiers(self)
