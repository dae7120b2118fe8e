from odoo import api, fields, models


class RelatedGroup(models.Model):
    """Whose orders were counted for related products: a tier's, or all (Q5)."""

    _name = "followup.related.group"
    _description = "Orders counted for related products"
    _rec_name = "tier_id"
    _order = "company_id, tier_id, id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(
        "followup.tier",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: the orders of all customers.",
    )
    order_count = fields.Integer(string="Orders counted", readonly=True)
    date = fields.Date(string="Counted on", readonly=True)

    # Query: the refresh's comparison; which groups a company has.
    _company_tier = models.UniqueIndex("(company_id, COALESCE(tier_id, 0))")

    @api.depends("tier_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for group in self:
            group.display_name = group.tier_id.display_name or self.env._(
                "All customers"
            )
