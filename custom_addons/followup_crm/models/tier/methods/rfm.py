from odoo.tools import SQL

from .base import Method

SCORES = ("recency", "frequency", "money")
# Class by the sum of the three scores (3–15), best first.
CLASSES = ((13, "best"), (10, "good"), (7, "middle"), (4, "low"), (3, "weak"))


class RfmMethod(Method):
    """Recency, frequency, money: scores 1–5 by quintiles (V3).

    Among the customers with an order in the window: the score is five times the share
    of those that are not better, rounded up, so that equal values share the better
    score. The measure shows the three digits (543); the class follows from their sum.
    """

    code = "rfm"

    def label(self, env):
        return env._("Recency, frequency, money (RFM)")

    def select(self, scheme, base):
        cases = [
            SQL("""WHEN b.recency + b.frequency + b.money >= %s THEN %s""", least, code)
            for least, code in CLASSES
        ]
        return self.rows(
            scheme,
            SQL(
                """CASE WHEN b.recency IS NULL THEN 'none' %s END""",
                SQL(""" """).join(cases),
            ),
            SQL("""%s b""", self._scores(scheme, base)),
            measure=SQL("""b.recency * 100 + b.frequency * 10 + b.money"""),
            on_hold=SQL("""b.rate_missing"""),
            details={
                "last": SQL("""CASE WHEN b.deals > 0 THEN b.last_date END"""),
                "orders": SQL("""b.deals"""),
                "amount": SQL("""b.amount"""),
            },
        )

    def _scores(self, scheme, base):
        name = f"rfm_{scheme.window_months}"
        return base.relation(name, self._score_select, scheme, base)

    def _score_select(self, scheme, base):
        """Per file the three scores; empty without an order in the window."""
        return SQL(
            """
            SELECT g.customer_id, g.last_date, g.deals, g.amount, g.rate_missing,
                   CASE WHEN g.deals > 0 THEN CEIL(5 * COUNT(*) FILTER (
                        WHERE g.deals > 0) OVER (ORDER BY g.last_date NULLS FIRST
                        RANGE UNBOUNDED PRECEDING) / g.number) END::integer AS recency,
                   CASE WHEN g.deals > 0 THEN CEIL(5 * COUNT(*) FILTER (
                        WHERE g.deals > 0) OVER (ORDER BY g.deals
                        RANGE UNBOUNDED PRECEDING) / g.number) END::integer
                        AS frequency,
                   CASE WHEN g.deals > 0 THEN CEIL(5 * COUNT(*) FILTER (
                        WHERE g.deals > 0) OVER (ORDER BY g.amount
                        RANGE UNBOUNDED PRECEDING) / g.number) END::integer AS money
              FROM (SELECT h.*, COUNT(*) FILTER (WHERE h.deals > 0) OVER ()::numeric
                                AS number
                      FROM %s h) g
            """,
            base.figures(scheme.window_months),
        )

    def bucket_limits(self, scheme, base):
        """Per score: from which last order date, number of orders, turnover on."""
        rows = scheme.env.execute_query(
            SQL(
                """
                SELECT n.name, CASE n.name WHEN 'recency' THEN s.recency
                                           WHEN 'frequency' THEN s.frequency
                                           ELSE s.money END AS score,
                       CASE n.name WHEN 'recency' THEN MIN(s.last_date)::text
                                   WHEN 'frequency' THEN MIN(s.deals)::text
                                   ELSE MIN(s.amount)::text END AS least
                  FROM %s s
                 CROSS JOIN unnest(%s::text[]) AS n (name)
                 WHERE s.recency IS NOT NULL
                 GROUP BY 1, 2
                """,
                self._scores(scheme, base),
                list(SCORES),
            )
        )
        limits = {name: {} for name in SCORES}
        for name, score, least in rows:
            limits[name][str(score)] = least
        return limits

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        months = assignment.scheme_id.window_months
        if not assignment.measure:
            return env._("No order in the last %(months)s months.", months=months)
        digits = f"{int(assignment.measure):03d}"
        limits = assignment.scheme_id.last_run_id.bucket_limits or {}
        least = [
            limits.get(name, {}).get(digit, "–")
            for name, digit in zip(SCORES, digits, strict=True)
        ]
        return env._(
            "Recency %(recency)s (last order %(last)s; this score from %(since)s),"
            " frequency %(frequency)s (%(orders)s orders in %(months)s months; from"
            " %(fewest)s), money %(money)s (%(amount)s; from %(least)s).",
            recency=digits[0],
            last=self.day_of(assignment, "last"),
            since=least[0],
            frequency=digits[1],
            orders=details.get("orders", 0),
            months=months,
            fewest=least[1],
            money=digits[2],
            amount=assignment._format_money(details.get("amount", 0)),
            least=least[2],
        )
