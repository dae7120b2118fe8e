from odoo import api, fields, models
from odoo.tools import SQL

from ..facts.sales_fact import SalesFact


class Retention(models.Model):
    """Customers by year and cohort: how many of a year's new ones still order (V7).

    One row per company, cohort (year of the first order) and year: how many customers
    the cohort has, how many of them ordered in the year, how many ordered in the year
    before, and how many in both. Retention rate of a year = those who ordered in both
    ÷ those who ordered in the year before. The current year is not over. Live, from
    ``followup.sales.month``; whoever may see only some customers sees their rate.
    """

    _name = "followup.retention"
    _description = "Retention of customers"
    _auto = False
    _rec_name = "year"
    _order = "year desc, cohort desc, id"
    _depends = {
        **SalesFact._depends,
        "followup.sales.month": ["customer_id", "month", "document_count", "amount"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Account owner", readonly=True)
    tier_id = fields.Many2one("followup.tier", readonly=True)
    cohort = fields.Char(readonly=True, help="Year of the customer's first order.")
    year = fields.Char(readonly=True)
    age = fields.Integer(
        string="Years since", readonly=True, aggregator="avg", help="0: the first year."
    )
    is_active = fields.Integer(string="Ordered", readonly=True, aggregator="sum")
    was_active = fields.Integer(
        string="Ordered the year before", readonly=True, aggregator="sum"
    )
    is_won = fields.Integer(string="Won", readonly=True, aggregator="sum")
    is_kept = fields.Integer(string="Kept", readonly=True, aggregator="sum")
    is_regained = fields.Integer(string="Regained", readonly=True, aggregator="sum")
    is_gone = fields.Integer(string="Not kept", readonly=True, aggregator="sum")
    rate = fields.Float(
        string="Retention rate",
        readonly=True,
        aggregator="avg",
        help="Of those who ordered in the year before, the share that ordered again.",
    )
    cohort_rate = fields.Float(
        string="Of the cohort",
        readonly=True,
        aggregator="avg",
        help="Of the customers of the cohort, the share that ordered in the year.",
    )
    amount = fields.Monetary(string="Turnover", readonly=True)

    @property
    def _table_query(self):
        return self._retention_select()

    @api.model
    def _retention_select(self):
        """One row per customer and year since its first order."""
        return SQL(
            """
            SELECT r.customer_id * 200 + r.year - 1900 AS id, r.customer_id,
                   r.company_id, r.user_id, r.tier_id, r.cohort::text AS cohort,
                   r.year::text AS year, r.year - r.cohort AS age, r.amount,
                   r.is_active, r.was_active,
                   CASE WHEN r.year = r.cohort THEN r.is_active ELSE 0 END AS is_won,
                   r.is_active * r.was_active AS is_kept,
                   CASE WHEN r.year > r.cohort
                        THEN r.is_active * (1 - r.was_active) ELSE 0 END
                       AS is_regained,
                   r.was_active * (1 - r.is_active) AS is_gone,
                   NULL::float8 AS rate, NULL::float8 AS cohort_rate
              FROM (SELECT f.id AS customer_id, f.company_id, f.user_id, f.tier_id,
                           c.cohort, y.year, COALESCE(s.amount, 0) AS amount,
                           CASE WHEN s.year IS NULL THEN 0 ELSE 1 END AS is_active,
                           CASE WHEN b.year IS NULL THEN 0 ELSE 1 END AS was_active
                      FROM (SELECT customer_id,
                                   MIN(EXTRACT(YEAR FROM month))::integer AS cohort
                              FROM followup_sales_month
                             WHERE document_count > 0 GROUP BY customer_id) c
                      JOIN followup_customer f ON f.id = c.customer_id
                     CROSS JOIN LATERAL generate_series(
                           c.cohort, EXTRACT(YEAR FROM CURRENT_DATE)::integer)
                           AS y (year)
                      LEFT JOIN (%(years)s) s ON s.customer_id = c.customer_id
                           AND s.year = y.year
                      LEFT JOIN (%(years)s) b ON b.customer_id = c.customer_id
                           AND b.year = y.year - 1) r
            """,
            years=SQL(
                """SELECT customer_id, EXTRACT(YEAR FROM month)::integer AS year,
                          SUM(amount) AS amount
                     FROM followup_sales_month WHERE document_count > 0
                    GROUP BY 1, 2"""
            ),
        )

    def _read_group_select(self, aggregate_spec, query):
        """Rates of a group are made of its sums."""
        parts = {
            "rate:avg": ("is_kept", "was_active"),
            "cohort_rate:avg": ("is_active", "id"),
        }
        if aggregate_spec not in parts:
            return super()._read_group_select(aggregate_spec, query)
        part, whole = (
            self._field_to_sql(self._table, name, query)
            for name in parts[aggregate_spec]
        )
        if aggregate_spec == "cohort_rate:avg":
            return SQL("""(SUM(%s)::float8 / NULLIF(COUNT(%s), 0))""", part, whole)
        return SQL("""(SUM(%s)::float8 / NULLIF(SUM(%s), 0))""", part, whole)
