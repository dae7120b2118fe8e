"""A customer's own rhythm: how many days usually lie between two days with an order."""

from odoo.tools import SQL

# A customer has a rhythm of its own from so many gaps between order days.
FEWEST_GAPS = 2
LATE_FACTOR = 1.5


def figures_and_rhythm(scheme, base):
    """SQL after FROM: the files' figures as ``b``, their rhythm as ``r``."""
    return SQL(
        """%s b LEFT JOIN %s r ON r.customer_id = b.customer_id""",
        base.figures(scheme.window_months),
        base.rhythm(),
    )


def explain_rhythm(assignment):
    """Sentence on the rhythm that the details hold, or nothing, as a list."""
    days = (assignment.details or {}).get("rhythm")
    if not days:
        return []
    return [assignment.env._("Usually an order every %(days)s days.", days=days)]
