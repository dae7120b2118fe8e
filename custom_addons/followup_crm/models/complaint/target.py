from odoo import fields, models

from ...tools.clock import UNITS
from .states import CLOCKS, SEVERITIES


class ComplaintTarget(models.Model):
    """What we promise for a severity: how long until a step is done (C3).

    Shipped for all companies; a company's own row for the same severity and step comes
    first. The customer's tier shortens it by its response time factor.
    """

    _name = "followup.complaint.target"
    _description = "Promised time for complaints"
    _order = "severity, clock, id"

    severity = fields.Selection(SEVERITIES, required=True)
    clock = fields.Selection(CLOCKS, string="Step", required=True)
    amount = fields.Float(string="Within", required=True)
    unit = fields.Selection(UNITS, required=True, default="work_hour")
    company_id = fields.Many2one("res.company", help="Empty for all companies.")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A promised time is longer than nothing."
    )
    # Query: what is promised; one row for each company, severity and step.
    _target_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), severity, clock)",
        "There is a promised time for this severity and step already.",
    )
