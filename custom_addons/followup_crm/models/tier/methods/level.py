from odoo.tools import SQL

from .base import Method

# Customers in the same class: many from half of all, few below a fifth.
MANY, FEW = 50, 20


class LevelMethod(Method):
    """Kotler's levels of a relation (T15).

    Number of customers in the same class of the policy scheme (many, medium, few) ×
    margin rate (low, medium, high: terciles, equal rates alike). Many: basic, reactive,
    accountable; medium: reactive, accountable, proactive; few: accountable, proactive,
    partnership. Without a recorded margin there is no level.
    """

    code = "level"

    def label(self, env):
        return env._("Level of the relation")

    def select(self, scheme, base):
        levels = ["basic", "reactive", "accountable", "proactive", "partnership"]
        code = SQL(
            """(%(levels)s::text[])[
                CASE WHEN b.peers * 100 >= %(many)s * b.everybody THEN 1
                     WHEN b.peers * 100 >= %(few)s * b.everybody THEN 2 ELSE 3 END
                + CASE WHEN b.position * 3 < 1 THEN 0
                       WHEN b.position * 3 < 2 THEN 1
                       WHEN b.position IS NOT NULL THEN 2 END]""",
            levels=levels,
            many=MANY,
            few=FEW,
        )
        return self.rows(
            scheme,
            code,
            SQL("""(%s) b""", self._position_select(scheme, base)),
            measure=SQL("""b.rate"""),
            on_hold=SQL("""b.rate_missing"""),
            details={
                "peers": SQL("""ROUND(b.peers * 100.0 / b.everybody)"""),
                "rate": SQL("""ROUND(b.rate * 100, 1)"""),
            },
        )

    def _position_select(self, scheme, base):
        """Files with those of the same class, and place among margin rates (0–1)."""
        return SQL(
            """
            SELECT g.customer_id, g.rate, g.rate_missing,
                   COUNT(*) OVER (PARTITION BY q.tier_id) AS peers,
                   COUNT(*) OVER () AS everybody,
                   CASE WHEN g.rate IS NOT NULL THEN
                        (RANK() OVER (ORDER BY g.rate NULLS LAST) - 1
                         + COUNT(*) OVER (PARTITION BY g.rate) / 2.0)
                        / COUNT(g.rate) OVER () END AS position
              FROM (SELECT h.*, CASE WHEN h.amount > 0
                                     THEN h.margin / h.amount END AS rate
                      FROM %s h) g
              LEFT JOIN %s q ON q.customer_id = g.customer_id
            """,
            base.figures(scheme.window_months),
            base.policy(),
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        if details.get("rate") is None:
            return env._("No margin is recorded on the orders of this customer.")
        return env._(
            "%(peers).0f %% of all customers are in its class, margin rate"
            " %(rate).1f %%.",
            peers=details.get("peers", 0),
            rate=details["rate"],
        )
