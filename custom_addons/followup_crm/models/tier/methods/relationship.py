from odoo.tools import SQL

from .base import Method
from .growth import FALLING, RATE
from .rhythm import FEWEST_GAPS, LATE_FACTOR, explain_rhythm, figures_and_rhythm


class RelationshipMethod(Method):
    """Relationship life cycle (考察/形成/稳定/退化, T6), tested in this order.

    Deterioration: turnover in decline, or more than 1.5 × the own rhythm (median days
    between at least three order days) without an order, or 12 months without.
    Exploration: at most two orders. Formation: first order less than 18 months ago, or
    irregular rhythm (standard deviation of the gaps above their mean). Stability: the
    rest.
    """

    code = "relationship"
    ordered = False
    windows = 2

    def label(self, env):
        return env._("Relationship life cycle")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.last_date IS NOT NULL AND (
                      (b.first_date < %(year)s AND %(falling)s)
                      OR (r.gaps >= %(gaps)s AND %(today)s::date - b.last_date
                          > %(late)s * r.median_days)
                      OR b.last_date < %(year)s) THEN 'deterioration'
                 WHEN b.total_deals <= 2 THEN 'exploration'
                 WHEN b.first_date > %(formed)s OR r.variation > 1 THEN 'formation'
                 ELSE 'stability' END
            """,
            year=base.day(12),
            falling=FALLING,
            gaps=FEWEST_GAPS,
            today=base.today,
            late=LATE_FACTOR,
            formed=base.day(18),
        )
        return self.rows(
            scheme,
            code,
            figures_and_rhythm(scheme, base),
            measure=SQL("""b.amount"""),
            share=RATE,
            on_hold=SQL("""b.rate_missing"""),
            details={
                "orders": SQL("""b.total_deals"""),
                "first": SQL("""b.first_date"""),
                "last": SQL("""b.last_date"""),
                "rhythm": SQL(
                    """CASE WHEN r.gaps >= %s THEN ROUND(r.median_days::numeric) END""",
                    FEWEST_GAPS,
                ),
            },
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        if not details.get("last"):
            return env._("No order yet.")
        parts = [
            env._(
                "%(orders)s orders, the first %(first)s, the last %(last)s.",
                orders=details.get("orders", 0),
                first=self.day_of(assignment, "first"),
                last=self.day_of(assignment, "last"),
            )
        ]
        parts += explain_rhythm(assignment)
        if assignment.share:
            parts.append(
                env._(
                    "Turnover %(trend)+.0f %% against the window before.",
                    trend=100 * assignment.share,
                )
            )
        return " ".join(parts)
