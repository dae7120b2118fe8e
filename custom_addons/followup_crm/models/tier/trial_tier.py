from odoo import api, fields, models
from odoo.exceptions import UserError


class TierTrialTier(models.TransientModel):
    """A tier of a what-if: the limit that is tried and what it would hold."""

    _name = "followup.tier.trial.tier"
    _description = "Tier of a what-if"
    _order = "sequence, id"
    _transient_max_hours = 24.0

    trial_id = fields.Many2one(
        "followup.tier.trial", required=True, index=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(
        "followup.tier", required=True, readonly=True, ondelete="cascade"
    )
    sequence = fields.Integer(related="tier_id.sequence", store=True)
    color = fields.Integer(related="tier_id.color")
    limit_now = fields.Float(related="tier_id.limit", string="Now up to (%)")
    limit = fields.Float(string="Try up to (%)", digits=(6, 2))
    cap = fields.Integer(string="At most place")
    customers_before = fields.Integer(string="Customers now", readonly=True)
    customers_after = fields.Integer(string="Customers then", readonly=True)
    customer_share = fields.Float(
        string="Customers then (%)", readonly=True, digits=(6, 1)
    )
    measure_share = fields.Float(
        string="Measure then (%)", readonly=True, digits=(6, 1)
    )

    @api.constrains("trial_id", "tier_id")
    def _check_tier(self):
        for tier in self:
            if tier.tier_id.scheme_id != tier.trial_id.scheme_id:
                raise UserError(
                    self.env._("The tier does not belong to the scheme that is tried.")
                )

    def _set_result(self, before, after, total):
        """Note what the tier holds now and would hold.

        :param before: row of the movement matrix, or None
        :param after: column of the movement matrix, or None
        :param total: the matrix
        """
        customers = after["customers"] if after else 0
        measure = after["measure"] if after else 0.0
        self.write(
            {
                "customers_before": before["customers"] if before else 0,
                "customers_after": customers,
                "customer_share": 100 * customers / (total["customers"] or 1),
                "measure_share": 100 * measure / (total["measure"] or 1),
            }
        )
