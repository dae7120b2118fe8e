from odoo import fields, models


class ReviewPlatform(models.Model):
    """Where customers review us in public, and the scale that is used there."""

    _name = "followup.review.platform"
    _description = "Review platform"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    scale_max = fields.Float(
        string="Best score",
        required=True,
        default=5,
        help="Scores run from nothing to this: 5 stars, 10 points, 100 percent.",
    )

    _scale_positive = models.Constraint(
        "CHECK (scale_max > 0)", "The best score is greater than nothing."
    )
