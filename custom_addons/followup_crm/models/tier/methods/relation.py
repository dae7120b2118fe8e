from odoo.tools import SQL

from .base import Method


class RelationMethod(Method):
    """What the customer is to us (T12), set by hand, with a proposal.

    Proposed: own companies and colleagues internal, other persons consumer, companies
    business user.
    """

    code = "relation"
    manual = True
    ordered = False

    def label(self, env):
        return env._("Relation (proposed, set by hand)")

    def select(self, scheme, base):
        internal = [
            SQL(
                """EXISTS (SELECT FROM res_company c
                            WHERE c.partner_id = b.partner_id)"""
            ),
            SQL(
                """EXISTS (SELECT FROM res_users u
                            WHERE u.partner_id = b.partner_id AND NOT u.share)"""
            ),
        ]
        if "hr.employee" in base.env:
            internal.append(
                SQL(
                    """EXISTS (SELECT FROM hr_employee e
                                WHERE e.work_contact_id = b.partner_id)"""
                )
            )
        return self.rows(
            scheme,
            SQL(
                """CASE WHEN %s THEN 'internal'
                        WHEN p.is_company THEN 'business' ELSE 'consumer' END""",
                SQL(""" OR """).join(internal),
            ),
            SQL("""%s b JOIN res_partner p ON p.id = b.partner_id""", base.customers()),
        )

    def explain(self, assignment):
        env = assignment.env
        texts = {
            "internal": env._("Proposed: one of our own companies or colleagues."),
            "consumer": env._("Proposed: a person."),
            "business": env._("Proposed: a company."),
        }
        return texts.get(assignment.computed_tier_id.code, "")
