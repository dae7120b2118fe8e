from odoo import models
from odoo.tools import SQL


class TierEngine(models.AbstractModel):
    """What the engine does to the customer files themselves."""

    _inherit = "followup.tier.engine"

    def _drop_archived(self, company, today):
        """Archived files leave their classes; the history says when.

        :return: how many classes were left
        """
        self.env.cr.execute(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM followup_tier_assignment a
                     USING followup_customer f
                     WHERE f.id = a.customer_id AND f.company_id = %(company)s
                       AND f.active IS NOT TRUE
                    RETURNING a.customer_id, a.scheme_id, a.tier_id, a.measure
                )
                INSERT INTO followup_tier_change (
                    customer_id, company_id, scheme_id, date, from_tier_id, direction,
                    measure)
                SELECT customer_id, %(company)s, scheme_id, %(today)s, tier_id, 'left',
                       measure
                  FROM gone WHERE tier_id IS NOT NULL
                """,
                company=company.id,
                today=today,
            )
        )
        return self.env.cr.rowcount

    def _mirror_policy_tier(self, company, customers=None):
        """Show the class of the policy scheme as the customers' badge."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_customer f
                   SET tier_id = n.tier_id, tier_sequence = n.sequence
                  FROM (SELECT f.id, a.tier_id, COALESCE(t.sequence, 999) AS sequence
                          FROM followup_customer f
                          LEFT JOIN followup_tier_scheme s ON s.is_policy AND s.active
                               AND s.company_id = f.company_id
                          LEFT JOIN followup_tier_assignment a ON a.scheme_id = s.id
                               AND a.customer_id = f.id
                          LEFT JOIN followup_tier t ON t.id = a.tier_id
                         WHERE f.company_id = %s AND %s) n
                 WHERE n.id = f.id
                   AND (f.tier_id, f.tier_sequence)
                       IS DISTINCT FROM (n.tier_id, n.sequence)
                """,
                company.id,
                SQL("""f.id = ANY(%s)""", customers.ids)
                if customers is not None
                else SQL("""TRUE"""),
            )
        )
