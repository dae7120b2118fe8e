from odoo.tools import SQL

from .base import Method
from .growth import GROWN, RATE, explain_growth

# Premier customers bring this share of the margin together.
PREMIER_SHARE = 80
# Below this known share of wallet (percent) there is more to be had.
LOW_WALLET = 50


class BusinessMethod(Method):
    """Premier, high-potential and regular customers (头等/潜力/常规, T4).

    Premier: among those that together bring the first 80 % of margin. High-potential:
    turnover grew by 20 % or more over the window before, or margin rate at or above
    the median and known share of wallet below 50 %. Without recorded margins nobody is
    premier.
    """

    code = "business"
    windows = 2

    def label(self, env):
        return env._("Business value")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.margin > 0 AND b.above * 100 < %(premier)s * b.total
                      THEN 'premier'
                 WHEN %(grown)s OR (b.rate >= b.median_rate AND w.our_share < %(low)s)
                      THEN 'potential'
                 ELSE 'regular' END
            """,
            premier=PREMIER_SHARE,
            grown=GROWN,
            low=LOW_WALLET,
        )
        return self.rows(
            scheme,
            code,
            SQL(
                """(%s) b LEFT JOIN %s w ON w.customer_id = b.customer_id""",
                self._margin_select(base.figures(scheme.window_months)),
                base.wallet(),
            ),
            measure=SQL("""b.amount"""),
            share=RATE,
            on_hold=SQL("""b.rate_missing"""),
            details={
                "margin": SQL("""b.margin"""),
                "rate": SQL("""ROUND(b.rate, 4)"""),
                "wallet": SQL("""w.our_share"""),
                "compared": SQL("""CASE WHEN b.prev_amount > 0 THEN TRUE END"""),
            },
        )

    def _margin_select(self, figures):
        """The figures with margin rate, its median, and the margin of those above."""
        return SQL(
            """
            SELECT m.*, q.median_rate,
                   COALESCE(SUM(m.margin) OVER (ORDER BY m.margin DESC NULLS LAST
                       GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS above,
                   SUM(GREATEST(m.margin, 0)) OVER () AS total
              FROM (SELECT g.*, CASE WHEN g.amount > 0
                                     THEN g.margin / g.amount END AS rate
                      FROM %(figures)s g) m
             CROSS JOIN (SELECT percentile_cont(0.5) WITHIN GROUP (
                                ORDER BY h.margin / h.amount) AS median_rate
                           FROM %(figures)s h WHERE h.amount > 0) q
            """,
            figures=figures,
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        parts = [explain_growth(assignment)]
        if details.get("margin") is None:
            parts.append(env._("No margin is recorded on the orders."))
        else:
            parts.append(
                env._(
                    "Margin %(margin)s (%(rate).1f %%).",
                    margin=assignment._format_money(details["margin"]),
                    rate=100 * details.get("rate", 0),
                )
            )
        if details.get("wallet"):
            parts.append(
                env._("Share of wallet %(share).0f %%.", share=details["wallet"])
            )
        else:
            parts.append(env._("The share of wallet is not known."))
        return " ".join(parts)
