from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bulk import execute_bulk
from ...tools.day import company_today
from .customer_dealings import FIGURES

# What a customer did lately says how it responds, and by which way one talks.
RESPONSE_MONTHS = 24


class Customer(models.Model):
    """Stored figures of the dealings: set-based, from the one definition of a sale."""

    _inherit = "followup.customer"

    @api.model
    def _refresh_order_figures(self, partners=None):
        """Bring the figures of the dealings up to date (P8, P9).

        One statement a company, which writes differences only. Imported years count in
        the turnover, not as orders.

        :param partners: only the files of these commercial partners (default: all)
        """
        self.env.flush_all()
        # Elevated: figures are computed whoever asks for them.
        files = self.sudo().with_context(active_test=False)
        if partners is None:
            companies = self.env["res.company"].sudo().search(Domain.TRUE)
            changed = [
                row for company in companies for row in self._refresh_figures(company)
            ]
        else:
            groups = files.search([("partner_id", "in", partners.ids)])
            changed = [
                row
                for company, customers in groups.grouped("company_id").items()
                for row in self._refresh_figures(company, customers)
            ]
        self.browse(row[0] for row in changed).invalidate_recordset(
            FIGURES, flush=False
        )

    def _refresh_figures(self, company, customers=None):
        """Refresh one company; return rows of the ids that changed."""
        statement = self._figures_statement(company, customers)
        if customers is None:
            return execute_bulk(self.env, statement)
        return self.env.execute_query(statement)

    def _figures_statement(self, company, customers=None):
        """The UPDATE of the figures of a company's files, or of some of them."""
        months = self.env["followup.sales.month"]
        today = company_today(company)
        digits = company.currency_id.decimal_places
        return SQL(
            """
            WITH deal AS MATERIALIZED (%(deals)s),
            figure AS (
                SELECT customer_id,
                       MIN(date) FILTER (WHERE is_deal) AS first_date,
                       MAX(date) FILTER (WHERE is_deal) AS last_date,
                       (COUNT(*) FILTER (WHERE is_deal))::integer AS number,
                       ROUND((AVG(amount) FILTER (WHERE is_deal))::numeric,
                             %(digits)s) AS average,
                       ROUND((SUM(amount) FILTER (
                           WHERE date >= %(start)s AND date < %(today)s))::numeric,
                             %(digits)s) AS year,
                       ROUND((SUM(amount) FILTER (
                           WHERE date >= %(before)s AND date < %(start)s))::numeric,
                             %(digits)s) AS year_before
                  FROM deal GROUP BY customer_id
            ), rhythm AS (
                SELECT customer_id,
                       ROUND((percentile_cont(0.5) WITHIN GROUP (ORDER BY gap)
                              )::numeric, 1) AS days
                  FROM (SELECT customer_id, date - LAG(date) OVER (
                                   PARTITION BY customer_id ORDER BY date) AS gap
                          FROM (SELECT DISTINCT customer_id, date FROM deal
                                 WHERE is_deal) d) g
                 WHERE gap IS NOT NULL GROUP BY customer_id
            ), method AS (%(methods)s),
            response AS (
                SELECT DISTINCT ON (customer_id) customer_id, kind
                  FROM (%(responses)s) r
                 GROUP BY customer_id, kind, place
                 ORDER BY customer_id, COUNT(*) DESC, place
            )
            UPDATE followup_customer f
               SET first_order_date = n.first_date, last_order_date = n.last_date,
                   order_count = n.number, average_order_amount = n.average,
                   sales_12m_amount = n.year,
                   sales_before_12m_amount = n.year_before,
                   order_interval_days = n.days, response_type = n.kind,
                   usual_method = n.method
              FROM (SELECT c.id, i.first_date, i.last_date,
                           COALESCE(i.number, 0) AS number, i.average,
                           COALESCE(i.year, 0) AS year,
                           COALESCE(i.year_before, 0) AS year_before,
                           r.days, s.kind, t.method
                      FROM followup_customer c
                      LEFT JOIN figure i ON i.customer_id = c.id
                      LEFT JOIN rhythm r ON r.customer_id = c.id
                      LEFT JOIN response s ON s.customer_id = c.id
                      LEFT JOIN method t ON t.customer_id = c.id
                     WHERE c.company_id = %(company)s AND %(only)s) n
             WHERE n.id = f.id
               AND (f.first_order_date, f.last_order_date, f.order_count,
                    f.average_order_amount, f.sales_12m_amount,
                    f.sales_before_12m_amount, f.order_interval_days,
                    f.response_type, f.usual_method)
                   IS DISTINCT FROM
                   (n.first_date, n.last_date, n.number, n.average, n.year,
                    n.year_before, n.days, n.kind, n.method)
            RETURNING f.id
            """,
            deals=self._deal_select(company, customers),
            methods=self._method_select(company, today, customers),
            responses=self._response_select(company, today, customers),
            digits=digits,
            today=today,
            start=today - relativedelta(months=12),
            before=today - relativedelta(months=24),
            company=company.id,
            only=months._only(SQL("""c.id"""), customers),
        )

    def _member_select(self, company, customers=None):
        """Contact and customer file of a company: the roll-up to the file."""
        months = self.env["followup.sales.month"]
        return SQL(
            """
            SELECT p.id, f.id AS customer_id
              FROM followup_customer f
              JOIN res_partner p ON p.commercial_partner_id = f.partner_id
             WHERE f.company_id = %s AND %s
            OFFSET 0
            """,
            company.id,
            months._only(SQL("""f.id"""), customers),
        )

    def _deal_select(self, company, customers=None):
        """Every sale of a company with its file; ``is_deal`` where it is an order.

        What is replaced free of charge for a complaint is no deal.
        """
        months = self.env["followup.sales.month"]
        return SQL(
            """
            SELECT m.customer_id, d.date, d.amount,
                   d.source <> 'history' AND COALESCE(d.amount, 0) >= 0
                   AND (d.order_id IS NULL OR d.order_id NOT IN (
                        SELECT id FROM sale_order WHERE fcrm_complaint_id IS NOT NULL))
                       AS is_deal
              FROM (%s) d
              JOIN (%s) m ON m.id = d.partner_id
             WHERE %s
            """,
            self.env["followup.sales.fact"]._document_select(company),
            self._member_select(company, customers),
            months._only(SQL("""d.partner_id"""), months._contacts(customers)),
        )

    def _response_select(self, company, today, customers=None):
        """What customers sent us: customer_id, kind, place (the lower one wins a tie).

        Rooms that know other responses, complaints for one, add theirs by UNION ALL.
        """
        months = self.env["followup.sales.month"]
        contacts = months._contacts(customers)
        return SQL(
            """
            SELECT customer_id, 'order' AS kind, 1 AS place
              FROM deal WHERE is_deal AND date >= %(since)s
             UNION ALL
            SELECT m.customer_id, 'inquiry', 2
              FROM (SELECT o.partner_id FROM sale_order o
                     WHERE o.company_id = %(company)s
                       AND o.state IN ('draft', 'sent', 'cancel')
                       AND o.create_date >= %(since)s AND %(quotations)s
                     UNION ALL
                    SELECT l.partner_id FROM crm_lead l
                      LEFT JOIN crm_stage s ON s.id = l.stage_id
                     WHERE (l.company_id = %(company)s OR l.company_id IS NULL)
                       AND l.create_date >= %(since)s AND NOT COALESCE(s.is_won, FALSE)
                       AND %(leads)s) i
              JOIN (%(members)s) m ON m.id = i.partner_id
            """,
            since=today - relativedelta(months=RESPONSE_MONTHS),
            company=company.id,
            quotations=months._only(SQL("""o.partner_id"""), contacts),
            leads=months._only(SQL("""l.partner_id"""), contacts),
            members=self._member_select(company, customers),
        )

    def _method_select(self, company, today, customers=None):
        """How we were mostly in touch with customers: customer_id, method."""
        months = self.env["followup.sales.month"]
        contacts = months._contacts(customers)
        exchange = SQL(
            """(m.message_type = 'email'
                OR (m.message_type = 'comment' AND m.subtype_id = %s))""",
            self.env.ref("mail.mt_comment").id,
        )
        return SQL(
            """
            SELECT DISTINCT ON (customer_id) customer_id, method
              FROM (
                SELECT m.res_id AS customer_id, 'email' AS method
                  FROM mail_message m
                 WHERE m.model = 'followup.customer' AND m.date >= %(since)s
                   AND %(exchange)s AND %(file_messages)s
                 UNION ALL
                SELECT a.res_id, 'phone'
                  FROM mail_activity a
                  JOIN mail_activity_type t ON t.id = a.activity_type_id
                 WHERE a.res_model = 'followup.customer' AND t.category = 'phonecall'
                   AND a.date_done >= %(since)s AND %(file_calls)s
                 UNION ALL
                SELECT i.customer_id, i.method
                  FROM followup_interaction i
                 WHERE i.state = 'done' AND i.done_date >= %(since)s
                   AND %(file_contacts)s
                 UNION ALL
                SELECT b.customer_id, c.method
                  FROM (SELECT m.res_id AS partner_id, 'email' AS method
                          FROM mail_message m
                         WHERE m.model = 'res.partner' AND m.date >= %(since)s
                           AND %(exchange)s AND %(messages)s
                         UNION ALL
                        SELECT r.res_partner_id,
                               CASE WHEN COALESCE(e.videocall_location, '') <> ''
                                    THEN 'online' ELSE 'visit' END
                          FROM calendar_event e
                          JOIN calendar_event_res_partner_rel r
                               ON r.calendar_event_id = e.id
                         WHERE e.active AND e.start >= %(since)s AND e.stop <= %(today)s
                           AND %(meetings)s) c
                  JOIN (%(members)s) b ON b.id = c.partner_id) t
             GROUP BY customer_id, method
             ORDER BY customer_id, COUNT(*) DESC, method
            """,
            since=today - relativedelta(months=RESPONSE_MONTHS),
            today=today,
            exchange=exchange,
            members=self._member_select(company, customers),
            file_messages=months._only(SQL("""m.res_id"""), customers),
            file_calls=months._only(SQL("""a.res_id"""), customers),
            file_contacts=months._only(SQL("""i.customer_id"""), customers),
            messages=months._only(SQL("""m.res_id"""), contacts),
            meetings=months._only(SQL("""r.res_partner_id"""), contacts),
        )
