from odoo import api, models
from odoo.tools import SQL

from ...tools.day import company_today


class Chase(models.Model):
    """What worked: a reply or an order within the days of the rule."""

    _inherit = "followup.chase"

    @api.model
    def _measure(self, company):
        """Count for the reminders of a company what came after them.

        An order counts for more than a reply; where the days are over, nothing came.
        """
        self.env.flush_all()
        today = company_today(company)
        for kind, rule in self.env["followup.chase.rule"]._of_company(company).items():
            self.env.cr.execute(
                self._get_measure(company, kind, rule.reply_days, today)
            )
        self.invalidate_model(["outcome", "outcome_on"])

    @api.model
    def _get_measure(self, company, kind, days, today):
        """The statement that writes what differs."""
        return SQL(
            """
            UPDATE followup_chase c
               SET outcome = n.outcome, outcome_on = n.day
              FROM (SELECT c.id,
                           CASE WHEN o.day IS NOT NULL THEN 'order'
                                WHEN r.day IS NOT NULL THEN 'reply'
                                WHEN c.sent_on + %(days)s < %(today)s THEN 'none'
                                ELSE 'waiting' END AS outcome,
                           COALESCE(o.day, r.day) AS day
                      FROM followup_chase c
                      JOIN followup_customer f ON f.id = c.customer_id
                      LEFT JOIN LATERAL (
                            SELECT s.date_order::date AS day FROM sale_order s
                             WHERE s.id = c.order_id AND s.state = 'sale'
                               AND s.date_order >= c.sent_date
                               AND s.date_order::date <= c.sent_on + %(days)s
                           ) o ON TRUE
                      LEFT JOIN LATERAL (
                            SELECT MIN(x.day) AS day FROM (
                                SELECT m.date::date AS day FROM mail_message m
                                  JOIN res_partner a ON a.id = m.author_id
                                 WHERE a.commercial_partner_id = f.partner_id
                                   AND m.message_type IN ('email', 'comment')
                                   AND m.date > c.sent_date
                                 UNION ALL
                                SELECT s.decided_on FROM followup_product_sample s
                                 WHERE s.id = c.sample_id AND s.decided_on >= c.sent_on
                            ) x WHERE x.day <= c.sent_on + %(days)s
                           ) r ON TRUE
                     WHERE c.state = 'sent' AND c.company_id = %(company)s
                       AND c.kind = %(kind)s AND c.outcome IN ('waiting', 'reply')
                   ) n
             WHERE n.id = c.id
               AND (c.outcome, c.outcome_on) IS DISTINCT FROM (n.outcome, n.day)
            """,
            days=days,
            today=today,
            company=company.id,
            kind=kind,
        )
