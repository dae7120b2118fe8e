from odoo import fields, models
from odoo.tools import SQL

from .account_review import FIGURES


class AccountReview(models.Model):
    """The figures of analyses: one statement for all, of what is stored elsewhere."""

    _inherit = "followup.account.review"

    def _refresh(self):
        """Compute the drafts among these; writes only what differs."""
        drafts = self.filtered(lambda review: review.state == "draft")
        if not drafts:
            return
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                WITH figure AS MATERIALIZED (%(figures)s)
                UPDATE followup_account_review r
                   SET turnover = n.turnover, turnover_before = n.turnover_before,
                       turnover_year = n.turnover_year,
                       turnover_year_before = n.turnover_year_before,
                       margin = n.margin, margin_known = n.margin IS NOT NULL,
                       deal_count = n.deals, visit_count = n.visits,
                       contact_count = n.contacts, complaint_count = n.complaints,
                       late_count = n.late, overdue = n.overdue,
                       target_turnover = n.target_turnover,
                       target_visits = n.target_visits
                  FROM figure n
                 WHERE n.id = r.id
                   AND (r.turnover, r.turnover_before, r.turnover_year,
                        r.turnover_year_before, r.margin, r.margin_known,
                        r.deal_count, r.visit_count, r.contact_count,
                        r.complaint_count, r.late_count, r.overdue,
                        r.target_turnover, r.target_visits)
                       IS DISTINCT FROM
                       (n.turnover, n.turnover_before, n.turnover_year,
                        n.turnover_year_before, n.margin, n.margin IS NOT NULL,
                        n.deals, n.visits, n.contacts, n.complaints, n.late,
                        n.overdue, n.target_turnover, n.target_visits)
                RETURNING r.id
                """,
                figures=drafts._figures_select(),
            )
        )
        drafts.invalidate_recordset(FIGURES, flush=False)

    def _figures_select(self):
        """SQL: a row of figures for each of these analyses.

        Turnover comes from the sums by month, the target from the months of the
        agreed plan, overdue and late orders as they stand now.
        """
        return SQL(
            """
            SELECT r.id, s.turnover, s.turnover_before, s.turnover_year,
                   s.turnover_year_before, s.margin, s.deals, i.visits, i.contacts,
                   c.complaints, o.late, v.overdue, p.target_turnover, p.target_visits
              FROM followup_account_review r
             CROSS JOIN LATERAL (%(sales)s) s
             CROSS JOIN LATERAL (
                   SELECT COUNT(*)::integer AS contacts,
                          (COUNT(*) FILTER (WHERE method IN (
                              'visit', 'customer_visit')))::integer AS visits
                     FROM followup_interaction i
                    WHERE i.customer_id = r.customer_id AND i.state = 'done'
                      AND i.date BETWEEN r.date_from AND r.date_to) i
             CROSS JOIN LATERAL (
                   SELECT COUNT(*)::integer AS complaints FROM followup_complaint c
                    WHERE c.customer_id = r.customer_id
                      AND c.received_date >= r.date_from
                      AND c.received_date < r.date_to + 1) c
             CROSS JOIN LATERAL (
                   SELECT COUNT(*)::integer AS late FROM followup_order_tracking o
                    WHERE o.customer_id = r.customer_id AND o.state = 'open'
                      AND o.risk = 'late') o
             CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(v.overdue), 0) AS overdue FROM followup_value v
                    WHERE v.customer_id = r.customer_id) v
             CROSS JOIN LATERAL (
                   SELECT COALESCE(SUM(l.turnover), 0) AS target_turnover,
                          COALESCE(SUM(l.visits), 0)::integer AS target_visits
                     FROM followup_account_plan p
                     JOIN followup_account_plan_line l ON l.plan_id = p.id
                    WHERE p.account_id = r.account_id AND p.active
                      AND p.state IN ('agreed', 'closed')
                      AND l.date BETWEEN r.date_from AND r.date_to) p
             WHERE r.id = ANY(%(ids)s)
            """,
            sales=self._sales_select(),
            ids=self.ids,
        )

    def _sales_select(self):
        """SQL: sums of a review ``r`` over the sales by month."""
        return SQL(
            """
            SELECT COALESCE(SUM(m.amount) FILTER (
                       WHERE m.month BETWEEN r.date_from AND r.date_to), 0)
                       AS turnover,
                   COALESCE(SUM(m.amount) FILTER (
                       WHERE m.month BETWEEN r.date_from - INTERVAL '1 year'
                                         AND r.date_to - INTERVAL '1 year'), 0)
                       AS turnover_before,
                   COALESCE(SUM(m.amount) FILTER (
                       WHERE m.month BETWEEN date_trunc('year', r.date_from)
                                         AND r.date_to), 0) AS turnover_year,
                   COALESCE(SUM(m.amount) FILTER (
                       WHERE m.month BETWEEN date_trunc('year', r.date_from)
                                             - INTERVAL '1 year'
                                         AND r.date_to - INTERVAL '1 year'), 0)
                       AS turnover_year_before,
                   SUM(m.margin) FILTER (
                       WHERE m.month BETWEEN r.date_from AND r.date_to) AS margin,
                   COALESCE(SUM(m.document_count) FILTER (
                       WHERE m.month BETWEEN r.date_from AND r.date_to), 0)::integer
                       AS deals
              FROM followup_sales_month m
             WHERE m.customer_id = r.customer_id AND m.month >= %s
            """,
            fields.Date.subtract(
                min(self.mapped("date_from")).replace(month=1, day=1), years=1
            ),
        )
