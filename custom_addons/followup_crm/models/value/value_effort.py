"""What a customer costs us beside the goods (V11), and its faults and complaints."""

from odoo.tools import SQL

from .value_sold import ValueSold


class ValueEffort(ValueSold):
    """Contacts, complaints and concessions of the last 12 months."""

    def effort(self):
        """Time and money that a customer took (V11).

        Columns: customer_id, visits, contacts, complaints, hours, concessions. Hours
        are those of the contacts done, plus the settings' hours for the way to a visit
        and for a complaint; concessions what was agreed in complaints.
        """
        return self.relation("value_effort", self._effort_select)

    def _effort_select(self):
        return SQL(
            """
            SELECT e.customer_id, SUM(e.visits)::integer AS visits,
                   SUM(e.contacts)::integer AS contacts,
                   SUM(e.complaints)::integer AS complaints,
                   SUM(e.hours) + SUM(e.visits) * %(visit)s::float8
                       + SUM(e.complaints) * %(complaint)s::float8 AS hours,
                   SUM(e.concessions) AS concessions
              FROM (SELECT customer_id, COUNT(*) FILTER (WHERE method = 'visit')
                               AS visits,
                           COUNT(*) FILTER (WHERE method <> 'visit') AS contacts,
                           0 AS complaints, SUM(COALESCE(duration, 0)) AS hours,
                           0::float8 AS concessions
                      FROM followup_interaction
                     WHERE company_id = %(company)s AND state = 'done'
                       AND done_date >= %(start)s AND done_date < %(today)s
                     GROUP BY customer_id
                     UNION ALL
                    SELECT c.customer_id, 0, 0, COUNT(*), 0, SUM(p.cost)
                      FROM followup_complaint c
                      LEFT JOIN (SELECT complaint_id, SUM(cost)::float8 AS cost
                                   FROM followup_complaint_proposal
                                  WHERE state = 'agreed' AND company_id = %(company)s
                                  GROUP BY complaint_id) p ON p.complaint_id = c.id
                     WHERE c.company_id = %(company)s AND c.customer_id IS NOT NULL
                       AND c.received_date >= %(begin)s AND c.received_date < %(end)s
                     GROUP BY c.customer_id) e
             GROUP BY e.customer_id
            """,
            visit=self.company.fcrm_visit_hours,
            complaint=self.company.fcrm_complaint_hours,
            company=self.company.id,
            start=self.start,
            today=self.today,
            begin=self.moment(self.start),
            end=self.moment(self.today),
        )

    def tolerance(self):
        """Complaints of two years, and after how many of them the customer bought.

        Columns: customer_id, complaints, forgiven (an order followed) (V5).
        """
        return SQL(
            """(SELECT c.customer_id, COUNT(*)::integer AS complaints,
                       (COUNT(*) FILTER (WHERE h.last_day > c.received_date::date)
                        )::integer AS forgiven
                  FROM followup_complaint c
                  LEFT JOIN %s h ON h.customer_id = c.customer_id
                 WHERE c.company_id = %s AND c.customer_id IS NOT NULL
                   AND c.received_date >= %s AND c.received_date < %s
                 GROUP BY c.customer_id)""",
            self.churn(),
            self.company.id,
            self.moment(self.day(24)),
            self.moment(self.today),
        )
