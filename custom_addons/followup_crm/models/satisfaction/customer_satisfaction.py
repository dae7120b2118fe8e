from odoo import fields, models
from odoo.tools import SQL

from .dimensions import GROUPS, RELATION_KINDS


class Customer(models.Model):
    """How satisfied a customer is, on its file: last index, recommendation, trend."""

    _inherit = "followup.customer"

    satisfaction_response_ids = fields.One2many(
        "followup.satisfaction.response", "customer_id", string="All survey answers"
    )
    satisfaction_count = fields.Integer(
        string="Survey answers", compute="_compute_satisfaction"
    )
    satisfaction_date = fields.Date(
        string="Answered on", compute="_compute_satisfaction"
    )
    satisfaction_index = fields.Float(
        string="Satisfaction (of 100)",
        digits=(5, 1),
        compute="_compute_satisfaction",
        help="What the customer last answered about the relation as a whole, weighted"
        " by how important each dimension is to it. Interviews do not count.",
    )
    satisfaction_nps = fields.Integer(
        string="Recommends us (0–10)", compute="_compute_satisfaction"
    )
    satisfaction_group = fields.Selection(
        GROUPS,
        string="Recommends",
        help="Promoter: 9 or 10 of 10; passive: 7 or 8; detractor: 0 to 6.",
        compute="_compute_satisfaction",
    )
    satisfaction_trend = fields.Selection(
        [("better", "Better"), ("same", "Unchanged"), ("worse", "Worse")],
        string="Trend",
        compute="_compute_satisfaction",
    )
    satisfaction_change = fields.Float(
        string="Change (points)",
        digits=(5, 1),
        compute="_compute_satisfaction",
    )

    def _compute_satisfaction(self):
        rows = {row["customer_id"]: row for row in self._get_satisfaction_rows()}
        for customer in self:
            row = rows.get(customer.id, {})
            before, index = row.get("before"), row.get("index")
            known = before is not None and index is not None
            change = round(index - before, 1) if known else 0.0
            customer.satisfaction_count = row.get("count", 0)
            customer.satisfaction_date = row.get("date")
            customer.satisfaction_index = index or 0.0
            customer.satisfaction_nps = row.get("nps") or 0
            customer.satisfaction_group = row.get("nps_group")
            customer.satisfaction_change = change
            customer.satisfaction_trend = known and (
                "better" if change > 0 else "worse" if change < 0 else "same"
            )

    def _get_satisfaction_rows(self):
        """Number of answers, the last one about the relation, and the one before."""
        self.env["followup.satisfaction.response"].flush_model()
        query = SQL(
            """
            WITH own AS (
                SELECT customer_id, date, nps, nps_group, kind, source,
                       CASE WHEN is_scored THEN index END AS index,
                       source = 'online' AND kind IN %(kinds)s AS counts,
                       ROW_NUMBER() OVER (
                           PARTITION BY customer_id,
                                        source = 'online' AND kind IN %(kinds)s
                           ORDER BY date DESC, id DESC) AS place
                  FROM followup_satisfaction_response
                 WHERE customer_id = ANY(%(customers)s)
                   AND company_id = ANY(%(companies)s))
            SELECT customer_id, COUNT(*) AS count,
                   MAX(date) FILTER (WHERE counts AND place = 1) AS date,
                   MAX(index) FILTER (WHERE counts AND place = 1) AS index,
                   MAX(nps) FILTER (WHERE counts AND place = 1
                                    AND nps_group IS NOT NULL) AS nps,
                   MAX(nps_group) FILTER (WHERE counts AND place = 1) AS nps_group,
                   MAX(index) FILTER (WHERE counts AND place = 2) AS before
              FROM own
             GROUP BY customer_id
            """,
            kinds=RELATION_KINDS,
            customers=self.ids,
            companies=self.company_id.ids,
        )
        return self.env.execute_query_dict(query)

    def _satisfaction_select(self, company, today):
        """SQL: customer_id, score (0–100), date: the last satisfaction of each file.

        The customer's own last answer about the relation as a whole; interviews and
        short questions do not count. Loyalty builds on it.
        """
        return SQL(
            """
            SELECT DISTINCT ON (customer_id) customer_id, index AS score, date
              FROM followup_satisfaction_response
             WHERE company_id = %(company)s AND is_scored AND source = 'online'
               AND kind = ANY(%(kinds)s) AND date < %(today)s
             ORDER BY customer_id, date DESC, id DESC
            """,
            company=company.id,
            kinds=list(RELATION_KINDS),
            today=today,
        )

    # === ACTIONS === #

    def action_open_satisfaction(self):
        """The answers of this customer, newest first."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Satisfaction of %(customer)s", customer=self.display_name
            ),
            "res_model": "followup.satisfaction.response",
            "view_mode": "list,form,graph",
            "domain": [("customer_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_enter_satisfaction(self):
        """Enter what was learnt from this customer in a talk (G7)."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.satisfaction_entry_action"
        )
        return {**action, "context": {"default_customer_id": self.id}}
