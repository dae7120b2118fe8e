from odoo.tools import SQL

from .base import Method
from .growth import FALLING, GROWING, RATE, explain_growth


class LifecycleMethod(Method):
    """Trade life cycle from the trend of turnover (T5).

    Lost: no order for 24 months. Dormant: none for 12. Introduction: first order within
    12 months. Else the window against the one before, so that seasons cancel out:
    growth from + 20 %, decline to - 20 %, maturity between.
    """

    code = "lifecycle"
    ordered = False
    windows = 2

    def label(self, env):
        return env._("Trade life cycle")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.last_date IS NULL THEN 'prospect'
                 WHEN b.last_date < %(lost)s THEN 'lost'
                 WHEN b.last_date < %(dormant)s THEN 'dormant'
                 WHEN b.first_date >= %(dormant)s THEN 'introduction'
                 WHEN %(growing)s THEN 'growth'
                 WHEN %(falling)s THEN 'decline'
                 ELSE 'maturity' END
            """,
            lost=base.day(24),
            dormant=base.day(12),
            growing=GROWING,
            falling=FALLING,
        )
        return self.rows(
            scheme,
            code,
            SQL("""%s b""", base.figures(scheme.window_months)),
            measure=SQL("""b.amount"""),
            share=RATE,
            on_hold=SQL("""b.rate_missing"""),
            details={
                "first": SQL("""b.first_date"""),
                "last": SQL("""b.last_date"""),
                "compared": SQL("""CASE WHEN b.prev_amount > 0 THEN TRUE END"""),
            },
        )

    def explain(self, assignment):
        env = assignment.env
        code = assignment.computed_tier_id.code
        if code == "prospect":
            return env._("No order yet.")
        dates = env._(
            "First order %(first)s, last order %(last)s.",
            first=self.day_of(assignment, "first"),
            last=self.day_of(assignment, "last"),
        )
        if code in ("lost", "dormant", "introduction"):
            return dates
        return f"{explain_growth(assignment)} {dates}"
