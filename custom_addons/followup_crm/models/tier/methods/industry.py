from odoo.tools import SQL

from .base import Method

NO_INDUSTRY = "none"


class IndustryMethod(Method):
    """The partner's industry (T8); each industry that has customers is a tier."""

    code = "industry"
    ordered = False

    def label(self, env):
        return env._("Industry")

    def prepare(self, scheme, base):
        """Give each industry that has a customer a tier."""
        rows = scheme.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.industry_id
                  FROM followup_customer f
                  JOIN res_partner p ON p.id = f.partner_id
                 WHERE f.company_id = %s AND f.active AND p.industry_id IS NOT NULL
                """,
                base.company.id,
            )
        )
        industries = scheme.env["res.partner.industry"].browse(row[0] for row in rows)
        self.make_tiers(scheme, "industry_id", industries, lambda i: str(i.id))

    def select(self, scheme, base):
        return self.rows(
            scheme,
            SQL("""COALESCE(p.industry_id::text, %s)""", NO_INDUSTRY),
            SQL("""%s b JOIN res_partner p ON p.id = b.partner_id""", base.customers()),
        )

    def explain(self, assignment):
        industry = assignment.customer_id.industry_id
        env = assignment.env
        if not industry:
            return env._("The customer's industry is not known.")
        return env._("Industry of the customer: %(industry)s.", industry=industry.name)
