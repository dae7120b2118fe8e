from odoo.tools import SQL

from .base import Method
from .rhythm import LATE_FACTOR, explain_rhythm, figures_and_rhythm

# Orders within the window that make a loyal customer.
LOYAL_DEALS = 4


class LoyaltyMethod(Method):
    """Loyal, established, new, potential (T13).

    Loyal: first order at least 12 months ago, at least four orders in the window, not
    at risk (at most 1.5 × the median gap since the last order). Satisfaction would
    count as well; it is left out.
    """

    code = "loyalty"

    def label(self, env):
        return env._("Loyalty")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.first_date IS NULL THEN 'potential'
                 WHEN b.first_date > %(year)s THEN 'new'
                 WHEN b.deals >= %(deals)s
                      AND COALESCE(%(today)s::date - b.last_date
                                   <= %(late)s * r.median_days, TRUE) THEN 'loyal'
                 ELSE 'established' END
            """,
            year=base.day(12),
            deals=LOYAL_DEALS,
            today=base.today,
            late=LATE_FACTOR,
        )
        return self.rows(
            scheme,
            code,
            figures_and_rhythm(scheme, base),
            measure=SQL("""b.deals"""),
            details={
                "first": SQL("""b.first_date"""),
                "last": SQL("""b.last_date"""),
                "rhythm": SQL("""ROUND(r.median_days::numeric)"""),
            },
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        if not details.get("first"):
            return env._("No order yet.")
        parts = [
            env._(
                "First order %(first)s, %(deals)d orders in the last %(months)s months,"
                " the last %(last)s.",
                first=self.day_of(assignment, "first"),
                deals=assignment.measure,
                months=assignment.scheme_id.window_months,
                last=self.day_of(assignment, "last"),
            )
        ]
        parts += explain_rhythm(assignment)
        parts.append(env._("Satisfaction is not looked at."))
        return " ".join(parts)
