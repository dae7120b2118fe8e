from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.satisfaction import recommendation

CLASSES = [
    ("all", "All customers"),
    ("tier", "Tier"),
    ("country", "Country"),
    ("user", "Owner"),
    ("category", "Product category"),
]
FIELD_OF = {
    "all": None,
    "tier": "tier_id",
    "country": "country_id",
    "user": "user_id",
    "category": "categ_id",
}


class SatisfactionStatistic(models.Model):
    """A round by classes of customers (客户满意度统计表, table 13-10, G3).

    One row per round and class, from what customers answered themselves. Where fewer
    answered than the company's limit, the row is a hint only: no recommendation.
    """

    _name = "followup.satisfaction.statistic"
    _description = "Satisfaction by class"
    _auto = False
    _order = "round_id, place, tier_id, sent desc, id"
    _depends = {
        "followup.satisfaction.invitation": [
            "state", "source", "round_id", "tier_id", "country_id", "user_id",
            "categ_id",
        ],
        "followup.satisfaction.response": ["index", "is_scored", "nps_group", "is_low"],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    round_id = fields.Many2one(
        "followup.satisfaction.round", string="Survey round", readonly=True
    )
    place = fields.Integer(readonly=True)
    by = fields.Selection(CLASSES, readonly=True)
    tier_id = fields.Many2one("followup.tier", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", string="Owner", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product category", readonly=True
    )
    label = fields.Char(string="Class", compute="_compute_label")
    sent = fields.Integer(readonly=True)
    answered = fields.Integer(string="Answers (n)", readonly=True)
    response_rate = fields.Float(
        string="Response rate (%)", digits=(5, 1), readonly=True, aggregator=None
    )
    index = fields.Float(digits=(5, 1), readonly=True, aggregator=None)
    promoters = fields.Integer(readonly=True)
    passives = fields.Integer(readonly=True)
    detractors = fields.Integer(readonly=True)
    low = fields.Integer(string="Low scores", readonly=True)
    is_reliable = fields.Boolean(string="Enough answers", compute="_compute_nps")
    nps_text = fields.Char(string="Recommendation (NPS)", compute="_compute_nps")
    change = fields.Float(
        string="Since the round before",
        digits=(5, 1),
        compute="_compute_change",
        help="Index less that of the same class in the round before with the same"
        " questionnaire.",
    )

    @property
    def _table_query(self):
        """Each set of groups counts every customer once; ids tell the sets apart."""
        return SQL(
            """
            SELECT MIN(i.id) * 8 + g.place AS id, i.round_id, i.company_id, g.place,
                   g.by, g.tier_id, g.country_id, g.user_id, g.categ_id,
                   COUNT(*) AS sent, COUNT(r.id) AS answered,
                   100.0 * COUNT(r.id) / COUNT(*) AS response_rate,
                   AVG(r.index) FILTER (WHERE r.is_scored) AS index,
                   COUNT(*) FILTER (WHERE r.nps_group = 'promoter') AS promoters,
                   COUNT(*) FILTER (WHERE r.nps_group = 'passive') AS passives,
                   COUNT(*) FILTER (WHERE r.nps_group = 'detractor') AS detractors,
                   COUNT(*) FILTER (WHERE r.is_low) AS low
              FROM followup_satisfaction_invitation i
              LEFT JOIN followup_satisfaction_response r ON r.invitation_id = i.id
             CROSS JOIN LATERAL (VALUES
                   (0, 'all', NULL::int, NULL::int, NULL::int, NULL::int),
                   (1, 'tier', i.tier_id, NULL, NULL, NULL),
                   (2, 'country', NULL, i.country_id, NULL, NULL),
                   (3, 'user', NULL, NULL, i.user_id, NULL),
                   (4, 'category', NULL, NULL, NULL, i.categ_id)
                   ) AS g (place, by, tier_id, country_id, user_id, categ_id)
             WHERE i.round_id IS NOT NULL AND i.source = 'online'
               AND i.state IN ('sent', 'answered')
             GROUP BY i.round_id, i.company_id, g.place, g.by, g.tier_id,
                      g.country_id, g.user_id, g.categ_id
            """
        )

    # === COMPUTE === #

    @api.depends("by")
    @api.depends_context("lang")
    def _compute_label(self):
        names = dict(self._fields["by"]._description_selection(self.env))
        for row in self:
            name = FIELD_OF[row.by]
            # Elevated: names of classes, for those who see the statistics.
            label = row.sudo()[name].display_name if name else names["all"]
            row.label = label or self.env._("Not known")

    @api.depends("promoters", "passives", "detractors", "answered")
    @api.depends_context("lang")
    def _compute_nps(self):
        for row in self:
            least = row.company_id.sudo().fcrm_survey_least or 1  # a plain setting
            found = recommendation(row.promoters, row.passives, row.detractors)
            count = row.promoters + row.passives + row.detractors
            row.is_reliable = row.answered >= least
            row.nps_text = "–"
            if found and count >= least:
                row.nps_text = self.env._(
                    "%(score)+.0f (%(low)+.0f to %(high)+.0f)",
                    score=found.score,
                    low=found.low,
                    high=found.high,
                )

    @api.depends("index")
    def _compute_change(self):
        """Compare with the same class of the round before."""
        previous = self.round_id._get_previous()
        before = {
            (row.round_id.id, row._get_class()): row
            for row in self.search(
                [("round_id", "in", [one.id for one in previous.values()])]
            )
            if row.answered
        }
        for row in self:
            earlier = previous.get(row.round_id.id)
            found = earlier and before.get((earlier.id, row._get_class()))
            row.change = row.index - found.index if found and row.answered else 0.0

    def _get_class(self):
        """What tells this class from others of a round."""
        name = FIELD_OF[self.by]
        return self.by, self[name].id if name else False
