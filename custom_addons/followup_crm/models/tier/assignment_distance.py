from odoo import api, fields, models
from odoo.tools import SQL

from .methods import METHODS
from .methods.rank import RankMethod
from .methods.share import ShareMethod

# The engine compares shares rounded to six digits: to be below a limit for certain, a
# share must stay this much below it.
HALF_A_STEP = 0.0000006


class TierAssignment(models.Model):
    """Since when a class holds, and how far it is to the next one (T29)."""

    _inherit = "followup.tier.assignment"

    since = fields.Date(compute="_compute_since", help="Day of the last move.")
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")
    benefits = fields.Text(related="tier_id.benefits")
    playbook = fields.Text(related="tier_id.playbook")
    next_tier_id = fields.Many2one(
        "followup.tier", string="Next class", compute="_compute_distance"
    )
    distance = fields.Float(
        string="Missing to the next class",
        compute="_compute_distance",
        help="How much more of the measure would have been enough, if all others stayed"
        " as they are.",
    )
    distance_note = fields.Char(string="To the next class", compute="_compute_distance")
    next_benefits = fields.Text(
        string="Benefits of the next class", compute="_compute_distance"
    )

    @api.depends("tier_id")
    def _compute_since(self):
        rows = self.env["followup.tier.change"]._read_group(
            [
                ("customer_id", "in", self.customer_id.ids),
                ("scheme_id", "in", self.scheme_id.ids),
            ],
            ["scheme_id", "customer_id"],
            ["date:max"],
        )
        dates = {(scheme, customer): day for scheme, customer, day in rows}
        for assignment in self:
            key = (assignment.scheme_id, assignment.customer_id)
            assignment.since = dates.get(key)

    @api.depends("measure", "tier_id", "computed_tier_id")
    @api.depends_context("lang")
    def _compute_distance(self):
        aims = {}
        for assignment in self:
            aims[assignment] = assignment._get_next_tier()
        needed = self._get_needed_measures(aims)
        for assignment in self:
            aim = aims[assignment]
            target = needed.get(assignment.id)
            assignment.next_tier_id = aim if target is not None else False
            assignment.next_benefits = assignment.next_tier_id.benefits
            assignment.distance = 0
            assignment.distance_note = False
            if target is not None:
                assignment.distance = max(target - assignment.measure, 0)
                assignment.distance_note = self.env._(
                    "%(amount)s more would be enough for %(tier)s.",
                    amount=assignment._format_measure(assignment.distance),
                    tier=aim.name,
                )

    def _get_next_tier(self):
        """The tier above the computed one, where places and shares decide."""
        method = METHODS.get(self.scheme_id.method)
        tiers = self.scheme_id.tier_ids.sorted("sequence")
        if not isinstance(method, ShareMethod) or self.computed_tier_id not in tiers:
            return tiers.browse()
        place = tiers.ids.index(self.computed_tier_id.id)
        return tiers[place - 1] if place else tiers.browse()

    def _get_needed_measures(self, aims):
        """Smallest measure with which each would be in the class it aims at."""
        by_rank, by_share = self.browse(), self.browse()
        for assignment, aim in aims.items():
            if not aim or not assignment.id:
                continue
            if isinstance(METHODS[assignment.scheme_id.method], RankMethod):
                by_rank |= assignment
            else:
                by_share |= assignment
        needed = {}
        if by_share:
            needed |= by_share._get_needed_by_share(aims)
        if by_rank:
            needed |= by_rank._get_needed_by_rank(aims)
        return needed

    def _get_needed_by_share(self, aims):
        """The smallest x with (sum of those above x) / (sum of the others + x) < limit.

        Between two neighbouring measures of the others the first sum is constant, so
        each gap gives one candidate; the smallest one that lies in its gap wins.
        """
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT w.id, MIN(c.x)
                      FROM unnest(%(ids)s::integer[], %(limits)s::numeric[],
                                  %(steps)s::numeric[]) AS w (id, share, step)
                      JOIN followup_tier_assignment m ON m.id = w.id
                     CROSS JOIN LATERAL (
                        SELECT GREATEST(g.lower, w.step, CEIL((g.above / w.share
                                        - g.total) / w.step) * w.step) AS x, g.upper
                          FROM (SELECT o.measure AS lower,
                                       LAG(o.measure) OVER (ORDER BY o.measure DESC)
                                           AS upper,
                                       SUM(o.customers * o.measure) OVER (
                                           ORDER BY o.measure DESC)
                                           - o.customers * o.measure AS above,
                                       SUM(o.customers * o.measure) OVER () AS total
                                  FROM (SELECT a.measure::numeric AS measure,
                                               COUNT(*) AS customers
                                          FROM followup_tier_assignment a
                                          JOIN followup_customer f
                                               ON f.id = a.customer_id AND f.active
                                         WHERE a.scheme_id = m.scheme_id
                                           AND a.id <> m.id AND a.measure > 0
                                         GROUP BY a.measure
                                        UNION ALL SELECT 0, 0) o) g) c
                     WHERE c.upper IS NULL OR c.x < c.upper
                     GROUP BY w.id
                    """,
                    ids=self.ids,
                    limits=[str(aims[each].limit / 100 - HALF_A_STEP) for each in self],
                    steps=[str(each._get_measure_step()) for each in self],
                )
            )
        )

    def _get_needed_by_rank(self, aims):
        """The measure of the customer who has the last place of the class now."""
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT w.id, COALESCE(p.measure, w.step)
                      FROM unnest(%(ids)s::integer[], %(limits)s::numeric[],
                                  %(caps)s::integer[], %(steps)s::numeric[])
                           AS w (id, share, cap, step)
                      JOIN followup_tier_assignment m ON m.id = w.id
                     CROSS JOIN LATERAL (
                        SELECT GREATEST(1, CEIL(w.share * (COUNT(*) + 1) / 100))
                               AS places
                          FROM followup_tier_assignment a
                          JOIN followup_customer f
                               ON f.id = a.customer_id AND f.active
                         WHERE a.scheme_id = m.scheme_id AND a.id <> m.id
                           AND a.measure > 0) n
                      LEFT JOIN LATERAL (
                        SELECT a.measure::numeric AS measure
                          FROM followup_tier_assignment a
                          JOIN followup_customer f
                               ON f.id = a.customer_id AND f.active
                         WHERE a.scheme_id = m.scheme_id AND a.id <> m.id
                           AND a.measure > 0
                         ORDER BY a.measure DESC
                        OFFSET LEAST(n.places, COALESCE(w.cap, n.places))::integer - 1
                         LIMIT 1) p ON TRUE
                    """,
                    ids=self.ids,
                    limits=[str(aims[each].limit) for each in self],
                    caps=[aims[each].cap or None for each in self],
                    steps=[str(each._get_measure_step()) for each in self],
                )
            )
        )

    def _get_measure_step(self):
        """The smallest difference that counts: a cent, or a thousandth of a unit."""
        if self.scheme_id.measure == "quantity":
            return 0.001
        return self.company_id.currency_id.rounding or 0.01
