"""Growth of turnover: the window against the one before, so that seasons cancel out.

SQL expressions over the figures ``b``. From + 20 % it grows, to - 20 % it falls;
without turnover before, any turnover is growth.
"""

from odoo.tools import SQL

GROWING = SQL("""(b.amount > b.prev_amount AND b.amount >= b.prev_amount * 1.2)""")
FALLING = SQL("""(b.amount < b.prev_amount AND b.amount <= b.prev_amount * 0.8)""")
# Growth by at least a fifth of a turnover that was there.
GROWN = SQL("""(b.prev_amount > 0 AND b.amount >= b.prev_amount * 1.2)""")
RATE = SQL(
    """CASE WHEN b.prev_amount > 0 THEN ROUND(b.amount / b.prev_amount - 1, 6) END"""
)


def explain_growth(assignment):
    """Sentence on the turnover (the measure) and its growth (the share)."""
    env = assignment.env
    if (assignment.details or {}).get("compared"):
        return env._(
            "Turnover of the last %(months)s months %(measure)s, %(trend)+.0f %%"
            " against the %(months)s months before.",
            months=assignment.scheme_id.window_months,
            measure=assignment._format_measure(),
            trend=100 * assignment.share,
        )
    return env._(
        "Turnover of the last %(months)s months %(measure)s, none in the %(months)s"
        " months before.",
        months=assignment.scheme_id.window_months,
        measure=assignment._format_measure(),
    )
