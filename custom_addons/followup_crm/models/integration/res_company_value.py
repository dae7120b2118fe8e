from odoo import fields, models

from ...tools.lifetime import is_available


class ResCompany(models.Model):
    """What it costs to serve customers (V11)."""

    _inherit = "res.company"

    fcrm_hour_cost = fields.Monetary(
        string="Cost of an hour",
        help="What an hour of a person who serves customers costs. 0: not known, then"
        " the cost to serve is unrated.",
    )
    fcrm_visit_hours = fields.Float(
        string="Way to a visit (hours)",
        default=4,
        help="Added to the duration of each visit to a customer.",
    )
    fcrm_complaint_hours = fields.Float(
        string="A complaint takes (hours)",
        default=3,
        help="Usual time that handling a complaint takes.",
    )
    fcrm_late_rate = fields.Float(
        string="Interest on late payment (% a year)",
        default=6,
        help="What money costs the company that customers pay too late.",
    )
    fcrm_has_lifetime_model = fields.Boolean(
        compute="_compute_fcrm_has_lifetime_model", string="Buying model available"
    )

    _fcrm_value_costs_positive = models.Constraint(
        "CHECK (fcrm_hour_cost >= 0 AND fcrm_visit_hours >= 0"
        " AND fcrm_complaint_hours >= 0 AND fcrm_late_rate >= 0)",
        "Costs, hours and interest cannot be negative.",
    )

    def _compute_fcrm_has_lifetime_model(self):
        self.fcrm_has_lifetime_model = is_available()
