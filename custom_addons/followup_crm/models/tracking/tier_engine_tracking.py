from odoo import api, models


class TierEngine(models.AbstractModel):
    """Orders under way follow the classes of their customers at once (K5)."""

    _inherit = "followup.tier.engine"

    @api.model
    def _mirror_tier_orders(self, company, customers=None):
        result = super()._mirror_tier_orders(company, customers)
        trackings = self.env["followup.order.tracking"]
        self._mirror_tier_order(trackings, company, customers)
        return result
