from odoo import api, fields, models
from odoo.tools import SQL

STATUSES = [
    ("open", "Open"),
    ("won", "Won"),
    ("lost", "Lost"),
    ("before", "Won a year before"),
]


class Funnel(models.Model):
    """Opportunities (S4): where they stand, when they close, what they will bring.

    The forecast is the expected revenue times the probability, in the month in which
    the opportunity is expected to close; an open one whose day has passed stands in
    the running month, one without a day in none. What was won in the same month
    a year before stands beside it, as rows of their own.
    """

    _name = "followup.funnel"
    _description = "Opportunities of a person"
    _auto = False
    _order = "closing_month, id"
    _depends = {
        "crm.lead": [
            "type",
            "user_id",
            "team_id",
            "company_id",
            "partner_id",
            "stage_id",
            "won_status",
            "expected_revenue",
            "probability",
            "date_deadline",
            "date_closed",
            "active",
        ],
        "followup.customer": ["partner_id", "company_id"],
    }

    name = fields.Char(string="Opportunity", readonly=True)
    lead_id = fields.Many2one("crm.lead", readonly=True)
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    customer_id = fields.Many2one("followup.customer", readonly=True)
    stage_id = fields.Many2one("crm.stage", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    opened_date = fields.Date(string="Opened on", readonly=True)
    closed_date = fields.Date(string="Closed on", readonly=True)
    closing_date = fields.Date(string="Expected closing", readonly=True)
    closing_month = fields.Date(
        string="Closing month",
        readonly=True,
        help="Of open ones the month in which they are expected to close, of others"
        " that in which they closed; of those of a year before, a year later.",
    )
    is_overdue = fields.Boolean(
        string="Closing day passed", readonly=True, help="Open, and late."
    )
    lead_count = fields.Integer(string="Opportunities", readonly=True)
    probability = fields.Float(
        string="Probability (%)", readonly=True, aggregator="avg"
    )
    expected_revenue = fields.Monetary(string="Expected revenue", readonly=True)
    prorated_revenue = fields.Monetary(
        string="Forecast",
        readonly=True,
        help="Expected revenue × probability, of open opportunities.",
    )
    won_revenue = fields.Monetary(string="Won", readonly=True)
    won_before = fields.Monetary(
        string="Won, last year",
        readonly=True,
        help="What was won in the same month a year before.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH lead AS (%(leads)s)
            SELECT l.id * 2 AS id, l.id AS lead_id, l.name, l.user_id, l.team_id,
                   l.company_id, l.customer_id, l.stage_id, l.opened_date,
                   l.closed_date, l.closing_date, l.status,
                   date_trunc('month', (CASE WHEN l.status <> 'open' THEN l.closed_date
                       WHEN l.closing_date IS NOT NULL
                       THEN GREATEST(l.closing_date, %(today)s::date)
                       END)::timestamp)::date AS closing_month,
                   l.status = 'open' AND l.closing_date < %(today)s AS is_overdue,
                   l.probability, l.amount AS expected_revenue,
                   CASE WHEN l.status = 'open'
                        THEN l.amount * l.probability / 100 ELSE 0
                   END AS prorated_revenue,
                   CASE WHEN l.status = 'won' THEN l.amount ELSE 0 END AS won_revenue,
                   0::float8 AS won_before, 1 AS lead_count
              FROM lead l
             UNION ALL
            SELECT l.id * 2 + 1, l.id, l.name, l.user_id, l.team_id, l.company_id,
                   l.customer_id, l.stage_id, l.opened_date, l.closed_date,
                   l.closing_date, 'before',
                   date_trunc('month', l.closed_date + interval '1 year')::date,
                   FALSE, NULL, 0, 0, 0, l.amount, 0
              FROM lead l
             WHERE l.status = 'won'
               AND l.closed_date < date_trunc('month', %(today)s::timestamp)
            """,
            leads=self._lead_select(),
            today=fields.Date.context_today(self),
        )

    @api.model
    def _lead_select(self):
        """SQL: opportunities with status and days; archived ones only if lost."""
        return SQL(
            """
            SELECT l.id, l.name, l.user_id, l.team_id, c.id AS company_id,
                   f.id AS customer_id, l.stage_id, l.date_deadline AS closing_date,
                   CASE WHEN l.won_status IN ('won', 'lost') THEN l.won_status
                        ELSE 'open' END AS status,
                   timezone(c.tz, timezone('UTC', COALESCE(
                       l.date_conversion, l.create_date)))::date AS opened_date,
                   timezone(c.tz, timezone('UTC', l.date_closed))::date AS closed_date,
                   COALESCE(l.probability, 0)::float8 AS probability,
                   COALESCE(l.expected_revenue, 0)::float8 AS amount
              FROM crm_lead l
              LEFT JOIN crm_team t ON t.id = l.team_id
              LEFT JOIN res_users u ON u.id = l.user_id
              JOIN %s c ON c.id = COALESCE(l.company_id, t.company_id, u.company_id)
              LEFT JOIN res_partner p ON p.id = l.partner_id
              LEFT JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = c.id
             WHERE l.type = 'opportunity' AND (l.active OR l.won_status = 'lost')
            """,
            self.env["followup.result.line"]._company_zones(),
        )

    def action_open(self):
        """Open the opportunity; with the rights of who asks."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "view_mode": "form",
            "res_id": self.lead_id.id,
        }
