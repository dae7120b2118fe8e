from odoo.tools import SQL

from .base import Method


def open_quotations(base):
    """Files with a quotation that waits for an answer: customer_id."""
    return SQL(
        """(SELECT DISTINCT f.id AS customer_id
              FROM sale_order o
              JOIN res_partner p ON p.id = o.partner_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = o.company_id
             WHERE o.company_id = %s AND o.state IN ('draft', 'sent')
               AND (o.validity_date IS NULL OR o.validity_date >= %s))""",
        base.company.id,
        base.today,
    )


class DealMethod(Method):
    """Traded, likely, potential (已交易/可能交易/潜在, T11).

    Traded: a confirmed order ever. Likely: an open quotation or opportunity.
    """

    code = "deal"

    def label(self, env):
        return env._("Deal status")

    def select(self, scheme, base):
        code = SQL(
            """
            CASE WHEN b.last_date IS NOT NULL THEN 'traded'
                 WHEN q.customer_id IS NOT NULL OR l.customer_id IS NOT NULL
                      THEN 'likely'
                 ELSE 'potential' END
            """
        )
        return self.rows(
            scheme,
            code,
            SQL(
                """%s b LEFT JOIN %s q ON q.customer_id = b.customer_id
                   LEFT JOIN %s l ON l.customer_id = b.customer_id""",
                base.figures(scheme.window_months),
                open_quotations(base),
                self._open_opportunities(base),
            ),
            details={
                "first": SQL("""b.first_date"""),
                "quotation": SQL("""CASE WHEN q.customer_id > 0 THEN TRUE END"""),
                "opportunity": SQL("""CASE WHEN l.customer_id > 0 THEN TRUE END"""),
            },
        )

    def _open_opportunities(self, base):
        """Files with an opportunity that is neither won nor lost: customer_id."""
        return SQL(
            """(SELECT DISTINCT f.id AS customer_id
                  FROM crm_lead l
                  JOIN res_partner p ON p.id = l.partner_id
                  JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                 WHERE f.company_id = %(company)s AND l.active
                   AND l.type = 'opportunity' AND l.won_status = 'pending'
                   AND (l.company_id IS NULL OR l.company_id = %(company)s))""",
            company=base.company.id,
        )

    def explain(self, assignment):
        env = assignment.env
        details = assignment.details or {}
        if details.get("first"):
            return env._(
                "First order %(first)s.", first=self.day_of(assignment, "first")
            )
        if details.get("quotation"):
            return env._("No order yet, a quotation is open.")
        if details.get("opportunity"):
            return env._("No order yet, an opportunity is open.")
        return env._("No order, no open quotation, no open opportunity.")
