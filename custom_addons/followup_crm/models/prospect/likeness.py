from odoo import api, models
from odoo.tools import SQL


class Likeness(models.AbstractModel):
    """Which prospects resemble the best customers, and by which traits (N4).

    What is found stands on the lead in two narrow columns: how many of the five traits
    it shares, and which.
    """

    _name = "followup.likeness"
    _description = "Likeness of prospects"

    @api.model
    def _refresh(self, company=None, leads=None):
        """Compare open leads with what is typical of the best; write what differs.

        :param company: only the leads of this company
        :param leads: only these ``crm.lead`` records
        :return: number of leads that changed
        """
        wanted = SQL("""TRUE""")
        if company:
            wanted = SQL("""COALESCE(l.company_id, u.company_id) = %s""", company.id)
        if leads is not None:
            wanted = SQL("""%s AND l.id = ANY(%s)""", wanted, leads.ids)
        self.env["crm.lead"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_lead l
                   SET fcrm_likeness = n.number, fcrm_likeness_kinds = n.kinds
                  FROM (%s) n
                 WHERE n.id = l.id
                   AND (COALESCE(l.fcrm_likeness, 0), l.fcrm_likeness_kinds)
                       IS DISTINCT FROM (n.number, n.kinds)
                RETURNING l.id
                """,
                self._lead_select(wanted),
            )
        )
        changed = self.env["crm.lead"].browse(row[0] for row in rows)
        changed.invalidate_recordset(["fcrm_likeness", "fcrm_likeness_kinds"])
        return len(changed)

    def _lead_select(self, wanted):
        """Open leads: how many typical traits, and their kinds separated by commas."""
        return SQL(
            """
            SELECT l.id, COUNT(t.id)::integer AS number,
                   string_agg(t.kind, ',' ORDER BY t.kind) AS kinds
              FROM crm_lead l
              LEFT JOIN res_users u ON u.id = l.user_id
              LEFT JOIN res_partner p ON p.id = l.partner_id
              LEFT JOIN res_partner b ON b.id = p.commercial_partner_id
             CROSS JOIN LATERAL (VALUES
                   ('country', COALESCE(l.country_id, b.country_id)::varchar),
                   ('industry', COALESCE(l.fcrm_industry_id, b.industry_id)::varchar),
                   ('size', l.fcrm_size_category),
                   ('channel', l.fcrm_channel_id::varchar),
                   ('category', l.fcrm_categ_id::varchar)
             ) k (kind, value)
              LEFT JOIN followup_trait t ON t.kind = k.kind AND t.value = k.value
                   AND t.company_id = COALESCE(l.company_id, u.company_id)
                   AND t.is_common
             WHERE l.won_status = 'pending' AND %s
             GROUP BY l.id
            """,
            wanted,
        )
