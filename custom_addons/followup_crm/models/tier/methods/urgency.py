from odoo.fields import Domain
from odoo.tools import SQL

from .base import Method
from .deal import open_quotations


class UrgencyMethod(Method):
    """How soon a customer needs us (T9); may be set by hand.

    Urgent: a critical complaint is open, or a confirmed order is past its delivery date
    and not fully delivered. Soon: a quotation waits, or the next contact is overdue by
    the customer's own interval. May wait: lowest class of the policy scheme and nothing
    open. Customers without any recorded contact are not overdue.
    """

    code = "urgency"
    ordered = False
    manual = True

    def label(self, env):
        return env._("Urgency")

    def select(self, scheme, base):
        reason = SQL(
            """CASE WHEN c.customer_id IS NOT NULL THEN 'complaint'
                    WHEN o.customer_id IS NOT NULL THEN 'late'
                    WHEN q.customer_id IS NOT NULL THEN 'quotation'
                    WHEN b.last_contact_date + i.days < %s::date THEN 'contact' END""",
            base.today,
        )
        code = SQL(
            """
            CASE COALESCE(%s, 'none')
                 WHEN 'complaint' THEN 'urgent' WHEN 'late' THEN 'urgent'
                 WHEN 'quotation' THEN 'soon'
                 WHEN 'contact' THEN 'soon'
                 ELSE CASE WHEN g.place = g.number THEN 'may_wait'
                           ELSE 'not_urgent' END END
            """,
            reason,
        )
        return self.rows(
            scheme,
            code,
            SQL(
                """%(customers)s b
                   LEFT JOIN %(complaints)s c ON c.customer_id = b.customer_id
                   LEFT JOIN %(late)s o ON o.customer_id = b.customer_id
                   LEFT JOIN %(quotations)s q ON q.customer_id = b.customer_id
                   LEFT JOIN %(intervals)s i ON i.customer_id = b.customer_id
                   LEFT JOIN %(policy)s g ON g.customer_id = b.customer_id""",
                customers=base.customers(),
                complaints=self._critical_complaints(base),
                late=self._late_orders(base),
                quotations=open_quotations(base),
                intervals=self._intervals(base),
                policy=base.policy(),
            ),
            details={"reason": reason},
        )

    def _critical_complaints(self, base):
        """Files with an open critical complaint: customer_id."""
        return SQL(
            """(SELECT DISTINCT k.customer_id
                  FROM followup_complaint k
                 WHERE k.company_id = %s AND k.severity = 'critical'
                   AND k.state <> 'closed' AND k.customer_id IS NOT NULL)""",
            base.company.id,
        )

    def _late_orders(self, base):
        """Files with an order that should have been delivered: customer_id."""
        return SQL(
            """(SELECT DISTINCT f.id AS customer_id
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_id
                  JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                       AND f.company_id = o.company_id
                 WHERE o.company_id = %s AND o.state = 'sale'
                   AND o.commitment_date < %s
                   AND o.delivery_status IN ('pending', 'started', 'partial'))""",
            base.company.id,
            base.moment(base.today),
        )

    def _intervals(self, base):
        """Strictest contact interval of a file's classes: customer_id, days.

        The tiers go in as values, so that their index serves.
        """
        tiers = base.env["followup.tier"].with_context(active_test=False)
        found = tiers.search(
            Domain("scheme_id.active", "=", True)
            & Domain("company_id", "=", base.company.id)
            & Domain("contact_interval_days", ">", 0)
        )
        return SQL(
            """(SELECT a.customer_id, MIN(t.contact_interval_days) AS days
                  FROM followup_tier_assignment a
                  JOIN followup_tier t ON t.id = a.tier_id
                 WHERE a.tier_id = ANY(%s)
                 GROUP BY a.customer_id)""",
            found.ids,
        )

    def explain(self, assignment):
        env = assignment.env
        reasons = {
            "complaint": env._("A critical complaint is open."),
            "late": env._("An order is past its delivery date."),
            "quotation": env._("A quotation waits for an answer."),
            "contact": env._("The next contact is overdue."),
        }
        reason = (assignment.details or {}).get("reason")
        return reasons.get(reason) or env._(
            "No critical complaint, no late order, no open quotation, no overdue"
            " contact."
        )
