from odoo import api, fields, models
from odoo.tools import SQL


class ValueComparison(models.Model):
    """The last 12 months of each customer beside the 12 before, live (S4, S5).

    Amounts in company currency. What a customer cost to serve a year ago comes from
    its figures at that month's end; where there are none, the change is empty.
    """

    _name = "followup.value.comparison"
    _description = "This year against last, by customer"
    _auto = False
    _rec_name = "customer_id"
    _order = "turnover_before desc, id"
    _depends = {
        "followup.value": [
            "customer_id",
            "company_id",
            "turnover",
            "turnover_before",
            "last_order_date",
            "complaint_count",
            "concession_cost",
            "serve_cost",
            "serve_known",
        ],
        "followup.value.month": ["customer_id", "month", "serve_cost"],
        "followup.customer": ["tier_id", "user_id"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Account owner", readonly=True)
    tier_id = fields.Many2one("followup.tier", readonly=True)
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")
    place_before = fields.Integer(
        string="Place the year before",
        readonly=True,
        aggregator=None,
        help="By turnover among all customers of the company.",
    )
    turnover_before = fields.Monetary(string="12 months before", readonly=True)
    turnover = fields.Monetary(string="Turnover of 12 months", readonly=True)
    turnover_change = fields.Monetary(string="Change of turnover", readonly=True)
    change_rate = fields.Float(
        string="Change (%)",
        readonly=True,
        aggregator=None,
        help="Empty where nothing was bought in the 12 months before.",
    )
    has_before = fields.Boolean(string="Bought the year before", readonly=True)
    ordered_again = fields.Boolean(string="Ordered again", readonly=True)
    last_order_date = fields.Date(string="Last order", readonly=True)
    complaint_count = fields.Integer(string="Complaints", readonly=True)
    concession_cost = fields.Monetary(string="Concessions", readonly=True)
    serve_cost = fields.Monetary(string="Cost to serve", readonly=True)
    serve_before = fields.Monetary(string="Cost to serve a year ago", readonly=True)
    serve_change = fields.Monetary(string="Rise of the cost", readonly=True)
    is_dearer = fields.Boolean(string="Costs more than a year ago", readonly=True)

    @property
    def _table_query(self):
        return self._comparison_select()

    @api.model
    def _comparison_select(self):
        """SQL: one row per customer that bought or was served in two years."""
        return SQL(
            """
            SELECT v.id, v.customer_id, v.company_id, f.user_id, f.tier_id,
                   v.place_before, v.turnover_before, v.turnover,
                   v.turnover - v.turnover_before AS turnover_change,
                   CASE WHEN v.turnover_before > 0
                        THEN (v.turnover / v.turnover_before - 1)::float8 END
                       AS change_rate,
                   v.turnover_before > 0 AS has_before,
                   v.turnover > 0 AS ordered_again,
                   v.last_order_date, v.complaint_count, v.concession_cost,
                   CASE WHEN v.serve_known THEN v.serve_cost END AS serve_cost,
                   m.serve_cost AS serve_before,
                   CASE WHEN v.serve_known THEN v.serve_cost - m.serve_cost END
                       AS serve_change,
                   COALESCE(v.serve_known AND v.serve_cost > m.serve_cost, FALSE)
                       AS is_dearer
              FROM (SELECT x.*,
                           RANK() OVER (PARTITION BY x.company_id
                                        ORDER BY x.turnover_before DESC NULLS LAST)
                               AS place_before
                      FROM followup_value x) v
              JOIN followup_customer f ON f.id = v.customer_id AND f.active
              LEFT JOIN followup_value_month m ON m.customer_id = v.customer_id
                   AND m.month = %(month)s
             WHERE v.turnover <> 0 OR v.turnover_before <> 0 OR v.complaint_count > 0
                OR v.serve_cost > 0
            """,
            month=fields.Date.subtract(fields.Date.today().replace(day=1), years=1),
        )

    def action_open_customer(self):
        """Open the file of the customer."""
        self.ensure_one()
        return self.customer_id.get_formview_action()
