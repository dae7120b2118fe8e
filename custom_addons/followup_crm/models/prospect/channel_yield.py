from odoo import api, fields, models
from odoo.tools import SQL

from .prospect_requirement import PHASES

KINDS = [("lead", "Leads"), ("sale", "Turnover"), ("cost", "Costs")]


class ChannelYield(models.Model):
    """What each channel yields: leads, those won, turnover, cost (N3).

    Three kinds of rows, so that nothing is counted twice: a lead counts in the month in
    which it came in, turnover of a customer that was found through the channel in the
    month of the sale (``followup.sales.month``), a cost on its first day. The win rate
    is that of the leads which were decided: won ÷ (won + lost).
    """

    _name = "followup.channel.yield"
    _description = "Yield of channels"
    _auto = False
    _rec_name = "channel_id"
    _order = "date desc, id desc"
    _depends = {
        "crm.lead": [
            "fcrm_channel_id",
            "fcrm_method_id",
            "company_id",
            "create_date",
            "user_id",
            "won_status",
            "country_id",
            "stage_id",
        ],
        "crm.stage": ["fcrm_phase"],
        "res.users": ["company_id"],
        "res.company": ["partner_id"],
        "res.partner": ["country_id", "tz"],
        "followup.customer": ["source_channel_id", "company_id", "user_id"],
        "followup.sales.month": ["customer_id", "company_id", "month", "amount"],
        "followup.channel.cost": ["channel_id", "company_id", "date_from", "amount"],
    }

    kind = fields.Selection(KINDS, readonly=True, string="Kind of figure")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    channel_id = fields.Many2one("followup.information.channel", readonly=True)
    method_id = fields.Many2one("followup.information.method", readonly=True)
    date = fields.Date(readonly=True)
    user_id = fields.Many2one("res.users", string="Person", readonly=True)
    customer_id = fields.Many2one("followup.customer", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    phase = fields.Selection(PHASES, readonly=True, string="Stage of the lead")
    lead_count = fields.Integer(string="Leads", readonly=True)
    won_count = fields.Integer(string="Leads won", readonly=True)
    lost_count = fields.Integer(string="Leads lost", readonly=True)
    open_count = fields.Integer(string="Leads open", readonly=True)
    win_rate = fields.Float(
        string="Win rate (%)",
        readonly=True,
        aggregator="avg",
        help="Won ÷ (won + lost); empty until one is decided.",
    )
    turnover = fields.Monetary(
        readonly=True,
        help="Of the customers that were found through the channel, in the month of the"
        " sale.",
    )
    cost = fields.Monetary(readonly=True)
    cost_per_win = fields.Float(
        string="Cost per lead won",
        readonly=True,
        aggregator="avg",
        help="Cost ÷ leads won; empty where no cost is recorded.",
    )
    return_rate = fields.Float(
        string="Turnover per cost",
        readonly=True,
        aggregator="avg",
        help="Turnover ÷ cost; empty where no cost is recorded.",
    )

    @property
    def _table_query(self):
        return SQL(
            """%s UNION ALL %s UNION ALL %s""",
            self._lead_select(),
            self._sale_select(),
            self._cost_select(),
        )

    def _lead_select(self):
        """One row per lead; one that no company owns belongs to its person's."""
        return SQL(
            """
            SELECT l.id * 3 AS id, 'lead' AS kind, c.id AS company_id,
                   l.fcrm_channel_id AS channel_id, l.fcrm_method_id AS method_id,
                   timezone(COALESCE(p.tz, 'UTC'),
                            timezone('UTC', l.create_date))::date AS date,
                   l.user_id, NULL::integer AS customer_id, l.country_id,
                   s.fcrm_phase AS phase, 1 AS lead_count,
                   (l.won_status = 'won')::integer AS won_count,
                   (l.won_status = 'lost')::integer AS lost_count,
                   (l.won_status = 'pending')::integer AS open_count,
                   NULL::float8 AS win_rate, NULL::numeric AS turnover,
                   NULL::numeric AS cost, NULL::float8 AS cost_per_win,
                   NULL::float8 AS return_rate
              FROM crm_lead l
              LEFT JOIN crm_stage s ON s.id = l.stage_id
              LEFT JOIN res_users u ON u.id = l.user_id
              LEFT JOIN res_company c ON c.id = COALESCE(l.company_id, u.company_id)
              LEFT JOIN res_partner p ON p.id = c.partner_id
            """
        )

    def _sale_select(self):
        return SQL(
            """
            SELECT m.id * 3 + 1, 'sale', m.company_id, f.source_channel_id,
                   NULL::integer, m.month, f.user_id, f.id, p.country_id,
                   NULL::varchar, NULL::integer, NULL::integer, NULL::integer,
                   NULL::integer, NULL::float8, m.amount, NULL::numeric,
                   NULL::float8, NULL::float8
              FROM followup_sales_month m
              JOIN followup_customer f ON f.id = m.customer_id
              JOIN res_partner p ON p.id = f.partner_id
            """
        )

    def _cost_select(self):
        return SQL(
            """
            SELECT k.id * 3 + 2, 'cost', k.company_id, k.channel_id, NULL::integer,
                   k.date_from, NULL::integer, NULL::integer, NULL::integer,
                   NULL::varchar, NULL::integer, NULL::integer, NULL::integer,
                   NULL::integer, NULL::float8, NULL::numeric, k.amount,
                   NULL::float8, NULL::float8
              FROM followup_channel_cost k
            """
        )

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        """Ratios of a group are those of its sums."""
        ratios = {
            "win_rate:avg": (100, ("won_count",), ("won_count", "lost_count")),
            "cost_per_win:avg": (1, ("cost",), ("won_count",)),
            "return_rate:avg": (1, ("turnover",), ("cost",)),
        }
        if aggregate_spec not in ratios:
            return super()._read_group_select(aggregate_spec, query)
        factor, *parts = ratios[aggregate_spec]
        above, below = (
            SQL(""" + """).join(
                SQL("""SUM(%s)""", self._field_to_sql(self._table, name, query))
                for name in names
            )
            for names in parts
        )
        return SQL(
            """(%s * (%s)::float8 / NULLIF(%s, 0)::float8)""", factor, above, below
        )
