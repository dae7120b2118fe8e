from odoo import fields, models


class ResCompany(models.Model):
    """When a public review is bad (Q4)."""

    _inherit = "res.company"

    fcrm_review_limit = fields.Float(
        string="A review is bad up to (%)",
        default=60,
        help="Percent of the platform's best score: 60 % are 3 of 5 stars. Those up to"
        " here are proposed as complaints.",
    )

    _fcrm_review_limit_percent = models.Constraint(
        "CHECK (fcrm_review_limit >= 0 AND fcrm_review_limit <= 100)",
        "The limit of bad reviews is a percentage.",
    )
