from odoo import api, models
from odoo.tools import SQL


class ResultLine(models.Model):
    """What was done: opportunities, contacts, complaints, information."""

    _inherit = "followup.result.line"

    @api.model
    def _get_selects(self):
        opened = SQL("""COALESCE(l.date_conversion, l.create_date)""")
        closed = SQL("""l.date_closed""")
        return super()._get_selects() | {
            "opened": self._lead_select(opened, SQL("""TRUE""")),
            "won": self._lead_select(closed, SQL("""l.won_status = 'won'""")),
            "lost": self._lead_select(closed, SQL("""l.won_status = 'lost'""")),
            "contact": self._contact_select(),
            "complaint": self._complaint_select(),
            "information": self._information_select(),
        }

    @api.model
    def _lead_select(self, moment, condition):
        """Opportunities with their expected revenue; archived ones only if lost."""
        return SQL(
            """
            SELECT l.id AS source_id, l.user_id, c.id AS company_id,
                   f.id AS customer_id,
                   timezone(c.tz, timezone('UTC', %(moment)s))::date AS date,
                   l.expected_revenue::float8 AS amount
              FROM crm_lead l
              LEFT JOIN crm_team t ON t.id = l.team_id
              LEFT JOIN res_users u ON u.id = l.user_id
              JOIN %(companies)s c
                   ON c.id = COALESCE(l.company_id, t.company_id, u.company_id)
              LEFT JOIN res_partner p ON p.id = l.partner_id
              LEFT JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = c.id
             WHERE l.type = 'opportunity' AND (l.active OR l.won_status = 'lost')
               AND %(condition)s
            """,
            moment=moment,
            companies=self._company_zones(),
            condition=condition,
        )

    @api.model
    def _contact_select(self):
        """Contacts that took place; what is for the account team only is left out."""
        return SQL(
            """
            SELECT i.id AS source_id, i.user_id, i.company_id, i.customer_id,
                   COALESCE(i.done_date, i.date) AS date, NULL::float8 AS amount
              FROM followup_interaction i
             WHERE i.state = 'done' AND NOT COALESCE(i.is_personal, FALSE)
            """
        )

    @api.model
    def _complaint_select(self):
        return SQL(
            """
            SELECT k.id AS source_id, k.user_id, k.company_id, k.customer_id,
                   timezone(c.tz, timezone('UTC', k.closed_date))::date AS date,
                   NULL::float8 AS amount
              FROM followup_complaint k
              JOIN %s c ON c.id = k.company_id
             WHERE k.state = 'closed'
            """,
            self._company_zones(),
        )

    @api.model
    def _information_select(self):
        return SQL(
            """
            SELECT n.id AS source_id, n.user_id, f.company_id, n.customer_id, n.date,
                   NULL::float8 AS amount
              FROM followup_information n
              JOIN followup_customer f ON f.id = n.customer_id
            """
        )
