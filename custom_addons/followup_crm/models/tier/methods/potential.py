from odoo.tools import SQL

from .growth import FALLING, GROWING, RATE, explain_growth
from .share import ShareMethod

# Limits of the upper and the middle third by cumulative turnover, in percent, where the
# company has no ABC scheme to take them from.
UPPER, MIDDLE = 55, 85


class PotentialMethod(ShareMethod):
    """ABC of turnover crossed with growth, as nine fields (T18).

    Upper, middle and lower by cumulative share with the limits of the company's ABC
    scheme; growing from + 20 % against the window before, falling to - 20 %, stable
    between.
    """

    code = "potential"
    has_limits = False
    measured = False
    windows = 2

    def label(self, env):
        return env._("Amount × potential")

    def select(self, scheme, base):
        upper, middle = self._get_limits(scheme)
        code = SQL(
            """
            CASE WHEN b.rank IS NULL THEN 'lower'
                 WHEN b.above * 100 < %(upper)s * b.total THEN 'upper'
                 WHEN b.above * 100 < %(middle)s * b.total THEN 'middle'
                 ELSE 'lower' END
            || '_' || CASE WHEN %(growing)s THEN 'growing'
                           WHEN %(falling)s THEN 'falling' ELSE 'stable' END
            """,
            upper=upper,
            middle=middle,
            growing=GROWING,
            falling=FALLING,
        )
        return self.rows(
            scheme,
            code,
            SQL("""(%s) b""", self._crossed_select(scheme, base)),
            measure=SQL("""b.amount"""),
            share=RATE,
            on_hold=SQL("""b.rate_missing"""),
            details={
                "compared": SQL("""CASE WHEN b.prev_amount > 0 THEN TRUE END"""),
                "above": SQL(
                    """CASE WHEN b.rank > 0 THEN ROUND(b.above / b.total, 4) END"""
                ),
            },
        )

    def _get_limits(self, scheme):
        abc = scheme.search(
            [("code", "=", "abc"), ("company_id", "=", scheme.company_id.id)]
        )
        limits = abc.tier_ids.sorted("sequence").mapped("limit")
        return (limits[0], limits[1]) if len(limits) > 2 else (UPPER, MIDDLE)

    def _crossed_select(self, scheme, base):
        """The figures with place and sum of those above."""
        return SQL(
            """
            SELECT g.*, CASE WHEN g.amount > 0 THEN 1 END AS rank,
                   COALESCE(SUM(g.amount) OVER (ORDER BY g.amount DESC
                       GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS above,
                   SUM(GREATEST(g.amount, 0)) OVER () AS total
              FROM %s g
            """,
            base.figures(scheme.window_months),
        )

    def explain(self, assignment):
        env = assignment.env
        above = (assignment.details or {}).get("above")
        growth = explain_growth(assignment)
        if above is None:
            return growth
        place = env._("Cumulative share before it %(above).1f %%.", above=100 * above)
        return f"{growth} {place}"
