from odoo import models
from odoo.tools import SQL

from ...tools.bulk import execute_bulk


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

    def _follow_moves(self, company, notify, runs=None):
        """What follows when customers of a company got, changed or left a class.

        For the rooms that look at classes; nothing by itself.

        :param runs: ``followup.tier.run`` records that moved them (default: it may
            be anyone)
        """

    def _mirror_policy_tier(self, company, customers=None):
        """Show the class of the policy scheme as the customers' badge.

        :param SQL customers: array of ids (default: all of the company)
        """
        only = SQL("""TRUE""")
        if customers is not None:
            only = SQL("""f.id = ANY(%s)""", customers)
        execute_bulk(
            self.env,
            SQL(
                """
                UPDATE followup_customer f
                   SET tier_id = d.tier_id, tier_sequence = d.sequence
                  FROM (SELECT f.id, a.tier_id, COALESCE(t.sequence, 999) AS sequence
                          FROM followup_customer f
                          LEFT JOIN followup_tier_assignment a ON a.customer_id = f.id
                               AND a.scheme_id = %(scheme)s
                          LEFT JOIN followup_tier t ON t.id = a.tier_id
                         WHERE f.company_id = %(company)s AND %(only)s
                           AND (f.tier_id, f.tier_sequence)
                               IS DISTINCT FROM (a.tier_id, COALESCE(t.sequence, 999))
                        OFFSET 0) d
                 WHERE d.id = f.id AND %(only)s
                RETURNING f.id
                """,
                company=company.id,
                scheme=self.env["followup.tier.scheme"]._get_policy(company).id or 0,
                only=only,
            ),
        )
