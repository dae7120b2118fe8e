from odoo.tools import SQL

from .base import Method


class ManualMethod(Method):
    """The class is set by hand, on the customer or in bulk."""

    code = "manual"
    manual = True
    ordered = False

    def label(self, env):
        return env._("Set by hand")

    def select(self, scheme, base):
        return self.rows(
            scheme, SQL("""NULL::text"""), SQL("""%s b""", base.customers())
        )

    def explain(self, assignment):
        if assignment.tier_id:
            return ""
        return assignment.env._("Nobody has set a class yet.")
