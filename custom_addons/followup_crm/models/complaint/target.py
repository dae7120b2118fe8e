from odoo import api, fields, models

from ...tools.clock import UNITS
from .states import CLOCKS, SEVERITIES


class ComplaintTarget(models.Model):
    """What we promise for a severity: how long until a step is done (C3).

    Shipped for all companies; a company's own row for the same severity and step comes
    first. The customer's tier shortens it by its response time factor.
    """

    _name = "followup.complaint.target"
    _description = "Promised time for complaints"
    _order = "sequence, id"

    severity = fields.Selection(SEVERITIES, required=True)
    clock = fields.Selection(CLOCKS, string="Step", required=True)
    amount = fields.Float(string="Within", required=True)
    unit = fields.Selection(UNITS, required=True, default="work_hour")
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    sequence = fields.Integer(
        compute="_compute_sequence", store=True, help="Worst first, step by step."
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A promised time is longer than nothing."
    )
    # Query: what is promised; one row for each company, severity and step.
    _target_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), severity, clock)",
        "There is a promised time for this severity and step already.",
    )

    # === COMPUTE METHODS === #

    @api.depends("severity", "clock")
    def _compute_sequence(self):
        severities = [code for code, _label in reversed(SEVERITIES)]
        clocks = [code for code, _label in CLOCKS]
        for target in self:
            if target.severity and target.clock:
                target.sequence = 10 * severities.index(target.severity) + clocks.index(
                    target.clock
                )
            else:
                target.sequence = 0
