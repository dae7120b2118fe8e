from odoo import api, models
from odoo.tools import SQL


class PoolForecast(models.Model):
    """A customer with an open complaint stays with its owner (F6)."""

    _inherit = "followup.pool.forecast"

    @api.model
    def _get_exemptions(self):
        return [
            *super()._get_exemptions(),
            (
                "complaint",
                self.env._("Open complaint"),
                SQL(
                    """EXISTS (SELECT FROM followup_complaint k
                                WHERE k.customer_id = f.id AND k.state <> 'closed')"""
                ),
            ),
        ]
