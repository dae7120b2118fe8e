from odoo.tools import SQL

from .base import Method
from .rhythm import LATE_FACTOR, explain_rhythm, figures_and_rhythm

# Orders within the window that make a loyal customer.
LOYAL_DEALS = 4
# So satisfied (of 100) a loyal customer is, if it was asked.
LOYAL_INDEX = 80


class LoyaltyMethod(Method):
    """Loyal, established, new, potential (T13).

    Loyal: first order at least 12 months ago, at least four orders in the window, not
    at risk (at most 1.5 × the median gap since the last order), and the last
    satisfaction at least 80 of 100, if it was ever asked. What counts is the customer's
    own last answer about the relation as a whole; interviews and short questions after
    a delivery or complaint do not.
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
                                   <= %(late)s * r.median_days, TRUE)
                      AND COALESCE(s.score >= %(satisfied)s, TRUE) THEN 'loyal'
                 ELSE 'established' END
            """,
            year=base.day(12),
            deals=LOYAL_DEALS,
            today=base.today,
            late=LATE_FACTOR,
            satisfied=LOYAL_INDEX,
        )
        return self.rows(
            scheme,
            code,
            self._source(scheme, base),
            measure=SQL("""b.deals"""),
            details={
                "first": SQL("""b.first_date"""),
                "last": SQL("""b.last_date"""),
                "rhythm": SQL("""ROUND(r.median_days::numeric)"""),
                "satisfaction": SQL("""ROUND(s.score::numeric)"""),
                "asked": SQL("""s.date"""),
            },
        )

    def _source(self, scheme, base):
        """SQL after FROM: figures, rhythm, and each file's last answer as ``s``."""
        return SQL(
            """%s LEFT JOIN %s s ON s.customer_id = b.customer_id""",
            figures_and_rhythm(scheme, base),
            base.satisfaction(),
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
        if details.get("satisfaction") is None:
            parts.append(env._("Never asked how satisfied it is."))
        else:
            parts.append(
                env._(
                    "Satisfaction %(index)d of 100 (%(date)s); a loyal customer has"
                    " %(least)d.",
                    index=details["satisfaction"],
                    date=self.day_of(assignment, "asked"),
                    least=LOYAL_INDEX,
                )
            )
        return " ".join(parts)
