from odoo import api, models
from odoo.tools import SQL


class PoolForecast(models.Model):
    """A customer whose goods are under way stays with its owner (F6)."""

    _inherit = "followup.pool.forecast"

    @api.model
    def _get_exemptions(self):
        return [
            *super()._get_exemptions(),
            (
                "transport",
                self.env._("Open shipment"),
                SQL(
                    """EXISTS (SELECT FROM followup_shipment k
                                WHERE k.customer_id = f.id AND k.active
                                  AND k.company_id = f.company_id
                                  AND k.state IN ('planned', 'booked', 'under_way',
                                                  'arrived'))"""
                ),
            ),
        ]
