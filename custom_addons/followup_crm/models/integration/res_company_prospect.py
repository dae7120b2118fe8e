from odoo import fields, models


class ResCompany(models.Model):
    """When a trait is typical of the best customers (N4)."""

    _inherit = "res.company"

    fcrm_likeness_lift = fields.Float(
        string="Typical from a lift of",
        default=1.2,
        help="A trait is typical of the best customers if it is at least so many times"
        " as frequent among them as among all customers.",
    )
    fcrm_likeness_share = fields.Float(
        string="Typical from a share of (%)",
        default=10,
        help="… and if at least that part of the best customers has it.",
    )

    _fcrm_likeness_limits = models.Constraint(
        "CHECK (fcrm_likeness_lift >= 1 AND fcrm_likeness_share BETWEEN 0 AND 100)",
        "The lift is 1 or more, the share between 0 and 100 %.",
    )
