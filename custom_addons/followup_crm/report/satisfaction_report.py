from odoo import api, fields, models
from odoo.tools import SQL

from ..models.satisfaction.dimensions import DIMENSIONS, GROUPS, KINDS, SOURCES


class SatisfactionReport(models.Model):
    """Statistics of surveys (客户满意度统计, G3): one row per customer asked.

    Response rate and recommendation are computed from the sums of whatever is grouped:
    answered ÷ sent, and (promoters − detractors) ÷ answers to that question.
    """

    _name = "followup.satisfaction.report"
    _description = "Satisfaction analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "customer_id"
    _depends = {
        "followup.satisfaction.invitation": [
            "state", "source", "sent_date", "kind", "round_id", "customer_id",
        ],
        "followup.satisfaction.response": [
            "index", "is_scored", "nps", "nps_group", "is_low", "date",
        ],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    round_id = fields.Many2one(
        "followup.satisfaction.round", string="Survey round", readonly=True
    )
    survey_id = fields.Many2one("survey.survey", string="Questionnaire", readonly=True)
    kind = fields.Selection(KINDS, string="Asked about", readonly=True)
    source = fields.Selection(SOURCES, string="How it was learnt", readonly=True)
    customer_id = fields.Many2one("followup.customer", readonly=True)
    tier_id = fields.Many2one("followup.tier", string="Tier then", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner then", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    date = fields.Date(
        readonly=True, help="The day of the answer, else of the question."
    )
    sent = fields.Integer(readonly=True)
    answered = fields.Integer(readonly=True)
    response_rate = fields.Float(
        string="Response rate (%)", aggregator="avg", readonly=True
    )
    index = fields.Float(aggregator="avg", digits=(5, 1), readonly=True)
    nps = fields.Float(
        string="Recommendation (NPS)", aggregator="avg", digits=(5, 1), readonly=True
    )
    nps_group = fields.Selection(GROUPS, string="Recommends", readonly=True)
    low = fields.Integer(string="Low scores", readonly=True)

    @property
    def _table_query(self):
        """One row per question sent; the mean of 100, 0 and −100 is the NPS."""
        return SQL(
            """
            SELECT i.id, i.company_id, i.round_id, i.survey_id, i.kind, i.source,
                   i.customer_id, i.tier_id, i.country_id, i.user_id, i.categ_id,
                   COALESCE(r.date, i.sent_date::date) AS date,
                   1 AS sent,
                   CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS answered,
                   CASE WHEN r.id IS NULL THEN 0.0 ELSE 100.0 END AS response_rate,
                   CASE WHEN r.is_scored THEN r.index END AS index,
                   CASE r.nps_group WHEN 'promoter' THEN 100.0 WHEN 'passive' THEN 0.0
                        WHEN 'detractor' THEN -100.0 END AS nps,
                   r.nps_group,
                   CASE WHEN r.is_low THEN 1 ELSE 0 END AS low
              FROM followup_satisfaction_invitation i
              LEFT JOIN followup_satisfaction_response r ON r.invitation_id = i.id
             WHERE i.state IN ('sent', 'answered')
               AND (i.source = 'online' OR r.id IS NOT NULL)
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """A recommendation of too few answers is not shown (the company's limit)."""
        selected = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec != "nps:avg":
            return selected
        return SQL(
            """CASE WHEN COUNT(%s) >= %s THEN %s END""",
            self._field_to_sql(self._table, "nps", query),
            self.env.company.sudo().fcrm_survey_least,  # a plain setting
            selected,
        )


class SatisfactionDimensionReport(models.Model):
    """Score, importance, expectation and gap of each dimension (G1, G3)."""

    _name = "followup.satisfaction.dimension.report"
    _description = "Satisfaction by dimension"
    _auto = False
    _order = "id desc"
    _rec_name = "dimension"
    _depends = {
        "followup.satisfaction.response": ["source", "date", "round_id", "tier_id"],
        "followup.satisfaction.score": [
            "score", "importance", "expectation", "has_importance", "has_expectation",
        ],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    response_id = fields.Many2one("followup.satisfaction.response", readonly=True)
    round_id = fields.Many2one(
        "followup.satisfaction.round", string="Survey round", readonly=True
    )
    kind = fields.Selection(KINDS, string="Asked about", readonly=True)
    source = fields.Selection(SOURCES, string="How it was learnt", readonly=True)
    customer_id = fields.Many2one("followup.customer", readonly=True)
    tier_id = fields.Many2one("followup.tier", string="Tier then", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner then", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    date = fields.Date(readonly=True)
    dimension = fields.Selection(DIMENSIONS, readonly=True)
    score = fields.Float(aggregator="avg", digits=(5, 1), readonly=True)
    importance = fields.Float(aggregator="avg", digits=(5, 1), readonly=True)
    expectation = fields.Float(aggregator="avg", digits=(5, 1), readonly=True)
    gap = fields.Float(
        aggregator="avg",
        digits=(5, 1),
        readonly=True,
        help="Score less expectation: below zero we stay behind what is expected.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id, r.company_id, r.id AS response_id, r.round_id, r.kind,
                   r.source, r.customer_id, r.tier_id, r.country_id, r.user_id,
                   r.categ_id, r.date, s.dimension, s.score,
                   CASE WHEN s.has_importance THEN s.importance END AS importance,
                   CASE WHEN s.has_expectation THEN s.expectation END AS expectation,
                   CASE WHEN s.has_expectation THEN s.score - s.expectation END AS gap
              FROM followup_satisfaction_score s
              JOIN followup_satisfaction_response r ON r.id = s.response_id
            """
        )

    @api.model
    def _get_means(self, rounds, name):
        """Means of rounds by a field and dimension, of customers' own answers.

        :param name: field to group by, for example ``tier_id``
        :return: dict of (record id, dimension) → score, importance, expectation, n;
            None where nobody told it
        """
        rows = self._read_group(
            [("round_id", "in", rounds.ids), ("source", "=", "online")],
            [name, "dimension"],
            ["score:avg", "importance:avg", "expectation:avg", "__count"],
        )
        return {
            (one.id, dimension): [None if value is False else value for value in values]
            for one, dimension, *values in rows
        }
