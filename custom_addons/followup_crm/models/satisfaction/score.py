from odoo import api, fields, models

from .dimensions import DIMENSIONS


class SatisfactionScore(models.Model):
    """The score of one dimension in an answer, 0 to 100 (G1)."""

    _name = "followup.satisfaction.score"
    _description = "Score of a dimension"
    _order = "response_id, id"

    response_id = fields.Many2one(
        "followup.satisfaction.response",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="response_id.company_id", store=True, precompute=True, index=True
    )
    customer_id = fields.Many2one(
        related="response_id.customer_id", string="Customer file"
    )
    dimension = fields.Selection(DIMENSIONS, required=True)
    score = fields.Float(digits=(5, 1), aggregator="avg")
    has_importance = fields.Boolean(string="Importance told")
    importance = fields.Float(digits=(5, 1), aggregator=None)
    has_expectation = fields.Boolean(string="Expectation told")
    expectation = fields.Float(digits=(5, 1), aggregator=None)
    gap = fields.Float(
        digits=(5, 1),
        compute="_compute_gap",
        help="Score less expectation: below zero we stay behind what is expected.",
    )

    @api.depends("score", "expectation", "has_expectation")
    def _compute_gap(self):
        for one in self:
            one.gap = one.score - one.expectation if one.has_expectation else 0.0
