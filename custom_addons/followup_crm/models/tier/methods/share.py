from odoo.tools import SQL

from .base import Method


class ShareMethod(Method):
    """Cumulative share (Pareto, ABC; T1, T3).

    Customers in descending order of the measure; each belongs to the first tier whose
    limit the customers ranked strictly above have not yet reached. So the first
    customer is always in the first tier, and equal measures get the same tier. A
    measure of zero or less means the lowest tier.
    """

    code = "share"
    has_limits = True
    measured = True

    def label(self, env):
        return env._("Cumulative share")

    def select(self, scheme, base):
        cases = [
            SQL("""WHEN s.above * 100 < %s * s.total THEN %s""", tier.limit, tier.id)
            for tier in scheme.tier_ids.sorted("sequence")
        ]
        return self._ranked_rows(scheme, cases, self._share_select(scheme, base))

    def _ranked_rows(self, scheme, cases, shares):
        """One row per file; the first tier whose condition holds, else the lowest."""
        return SQL(
            """
            SELECT s.customer_id,
                   CASE WHEN s.rank IS NULL THEN %(lowest)s %(cases)s
                        ELSE %(lowest)s END AS tier_id,
                   s.measure / s.scale AS measure, s.rank::integer AS rank,
                   CASE WHEN s.rank IS NOT NULL
                        THEN ROUND(s.measure / s.total * 1e6::float8) / 1e6::float8
                   END AS share,
                   CASE WHEN s.rank IS NOT NULL
                        THEN ROUND(s.above / s.total * 1e6::float8) / 1e6::float8
                   END AS cumulative_share,
                   s.on_hold, NULL::jsonb AS details
              FROM (%(shares)s) s
            """,
            lowest=self.lowest_tier(scheme).id,
            cases=SQL(""" """).join(cases),
            shares=shares,
        )

    def _share_select(self, scheme, base):
        """Per file: measure, place, sum of those strictly above; total and number.

        Measures are those of ``measure_select``, ``scale`` of them to a unit: whole
        numbers, which subtract exactly. The sum down to a customer less those of the
        same measure takes half the time of a frame that ends above them.
        """
        return SQL(
            """
            SELECT m.customer_id, m.measure, m.on_hold, %(scale)s::float8 AS scale,
                   CASE WHEN m.measure > 0 THEN RANK() OVER down END AS rank,
                   SUM(m.measure) OVER down
                       - m.measure * (COUNT(*) OVER down - RANK() OVER down + 1)
                       AS above,
                   SUM(GREATEST(m.measure, 0)) OVER () AS total,
                   COUNT(*) FILTER (WHERE m.measure > 0) OVER () AS number
              FROM %(measures)s m
            WINDOW down AS (ORDER BY m.measure DESC)
            """,
            scale=10 ** base.digits(scheme),
            measures=base.measures(scheme),
        )

    def explain(self, assignment):
        env = assignment.env
        months = assignment.scheme_id.window_months
        measure = assignment._format_measure()
        if not assignment.rank:
            return env._(
                "No %(label)s in the last %(months)s months (%(measure)s): lowest"
                " class.",
                label=assignment._get_measure_label(),
                months=months,
                measure=measure,
            )
        return env._(
            "%(label)s of the last %(months)s months %(measure)s, place %(rank)s of"
            " %(count)s, cumulative share before it %(above).1f %% (limit of %(tier)s:"
            " %(limit)g %%).",
            label=assignment._get_measure_label(),
            months=months,
            measure=measure,
            rank=assignment.rank,
            count=assignment.scheme_id.last_run_id.ranked_count,
            above=100 * assignment.cumulative_share,
            tier=assignment.computed_tier_id.name,
            limit=assignment.computed_tier_id.limit,
        )
