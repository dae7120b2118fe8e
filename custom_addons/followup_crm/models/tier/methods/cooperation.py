from odoo.tools import SQL

from .base import Method

PREFERRED_MONTHS = 24
PREFERRED_WALLET = 30


class CooperationMethod(Method):
    """How closely we work together (T16), set by hand, with a proposal.

    Preferred supplier is proposed from two years after the first order with a known
    share of wallet of 30 % or more, else trading. Partnership and strategic alliance
    are set by hand.
    """

    code = "cooperation"
    manual = True

    def label(self, env):
        return env._("Co-operation (proposed, set by hand)")

    def select(self, scheme, base):
        return self.rows(
            scheme,
            SQL(
                """CASE WHEN b.first_date <= %s AND w.our_share >= %s
                        THEN 'preferred' ELSE 'trading' END""",
                base.day(PREFERRED_MONTHS),
                PREFERRED_WALLET,
            ),
            SQL(
                """%s b LEFT JOIN %s w ON w.customer_id = b.customer_id""",
                base.figures(scheme.window_months),
                base.wallet(),
            ),
            measure=SQL("""w.our_share"""),
            details={"first": SQL("""b.first_date""")},
        )

    def explain(self, assignment):
        env = assignment.env
        if not assignment.measure:
            wallet = env._("The share of wallet is not known.")
        else:
            wallet = env._("Share of wallet %(share).0f %%.", share=assignment.measure)
        first = self.day_of(assignment, "first")
        return env._("First order %(first)s. %(wallet)s", first=first, wallet=wallet)
