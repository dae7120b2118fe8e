from odoo.tools import SQL

from .base import Method
from .growth import GROWN, RATE

RELATIONAL_DEALS = 3
RELATIONAL_QUARTERS = 2
# Customers in so many upper classes of the policy scheme are value customers.
VALUE_TIERS = 2


class OrientationMethod(Method):
    """Transactional or relational (T17).

    Relational: at least three orders in at least two quarters of the window. Of these,
    tested in this order, value: one of the upper two classes of the policy scheme;
    high-potential: turnover grew by 20 % or more; fading (失效): margin above zero, but
    20 % or more below the window before; steady: the rest.
    """

    code = "orientation"
    ordered = False
    windows = 2

    def label(self, env):
        return env._("Orientation")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.deals < %(deals)s OR COALESCE(q.quarters, 0) < %(quarters)s
                      THEN 'transactional'
                 WHEN g.place <= %(value)s THEN 'value'
                 WHEN %(grown)s THEN 'potential'
                 WHEN b.margin > 0 AND b.margin <= b.prev_margin * 0.8 THEN 'fading'
                 ELSE 'steady' END
            """,
            deals=RELATIONAL_DEALS,
            quarters=RELATIONAL_QUARTERS,
            value=VALUE_TIERS,
            grown=GROWN,
        )
        return self.rows(
            scheme,
            code,
            SQL(
                """%s b LEFT JOIN %s q ON q.customer_id = b.customer_id
                   LEFT JOIN %s g ON g.customer_id = b.customer_id""",
                base.figures(scheme.window_months),
                base.quarters(scheme.window_months),
                base.policy(),
            ),
            measure=SQL("""b.amount"""),
            share=RATE,
            on_hold=SQL("""b.rate_missing"""),
            details={
                "deals": SQL("""b.deals"""),
                "quarters": SQL("""q.quarters"""),
                "margin": SQL("""b.margin"""),
            },
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        parts = [
            env._(
                "%(deals)s orders in %(quarters)s quarters of the last %(months)s"
                " months, turnover %(measure)s.",
                deals=details.get("deals", 0),
                quarters=details.get("quarters", 0),
                months=assignment.scheme_id.window_months,
                measure=assignment._format_measure(),
            )
        ]
        if assignment.share:
            parts.append(
                env._(
                    "Turnover %(trend)+.0f %% against the window before.",
                    trend=100 * assignment.share,
                )
            )
        if details.get("margin") is None:
            parts.append(
                env._("No margin is recorded: whether it fades cannot be told.")
            )
        return " ".join(parts)
