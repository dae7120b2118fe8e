from odoo.tools import SQL

from ..credit_score import CreditScore
from .base import Method

# Score from which a customer is trustworthy, or to be watched.
TRUSTWORTHY, WATCH = 61, 41


class CreditMethod(Method):
    """Trustworthy, watch, untrustworthy or unrated from payment behaviour (T10, V6).

    The score is that of ``CreditScore``. Odoo's trust "bad" is untrustworthy. Nothing
    due yet: unrated.
    """

    code = "credit"

    def label(self, env):
        return env._("Credit")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.trust = 'bad' THEN 'untrustworthy'
                 WHEN b.score IS NULL THEN 'unrated'
                 WHEN b.score >= %s THEN 'trustworthy'
                 WHEN b.score >= %s THEN 'watch'
                 ELSE 'untrustworthy' END
            """,
            TRUSTWORTHY,
            WATCH,
        )
        return self.rows(
            scheme,
            code,
            SQL("""(%s) b""", CreditScore(base, scheme.window_months).select()),
            measure=SQL("""b.score"""),
            details={
                "days_late": SQL("""ROUND(b.days_late)"""),
                "overdue": SQL("""ROUND(100 * b.overdue_ratio)"""),
                "limit_use": SQL("""ROUND(100 * b.limit_use)"""),
                "dso": SQL("""ROUND(b.dso)"""),
                "terms": SQL("""ROUND(b.terms)"""),
                "disputes": SQL("""NULLIF(b.disputes, 0)"""),
                "bad": SQL("""CASE WHEN b.trust = 'bad' THEN TRUE END"""),
            },
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        if details.get("bad"):
            return env._("Marked as a bad debtor in Odoo.")
        if "days_late" not in details:
            return env._("No invoice has been due yet: unrated.")
        parts = [
            env._(
                "Credit score %(score)d: on average %(days)s days late, %(overdue)s %%"
                " of the open amount overdue.",
                score=assignment.measure,
                days=details["days_late"],
                overdue=details.get("overdue", 0),
            )
        ]
        if "limit_use" in details:
            parts.append(
                env._("Credit limit used to %(use)s %%.", use=details["limit_use"])
            )
        if "dso" in details:
            parts.append(
                env._(
                    "DSO %(dso)s days, payment terms %(terms)s days.",
                    dso=details["dso"],
                    terms=details.get("terms", 0),
                )
            )
        if "disputes" in details:
            parts.append(
                env._("Open complaints: %(number)d.", number=details["disputes"])
            )
        return " ".join(parts)
