from odoo import api, fields, models
from odoo.tools import SQL


class ValueEffortShare(models.Model):
    """Effort against turnover per class of the policy scheme (V11), live.

    Where a class takes a larger share of our hours than it brings of the turnover,
    time is spent in the wrong place.
    """

    _name = "followup.value.effort.share"
    _description = "Effort and turnover by class"
    _auto = False
    _rec_name = "tier_id"
    _order = "company_id, sequence, id"
    _depends = {
        "followup.value": [
            "customer_id",
            "company_id",
            "effort_hours",
            "turnover",
            "margin",
            "serve_cost",
            "is_unprofitable",
        ],
        "followup.customer": ["tier_id", "tier_sequence", "user_id"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    tier_id = fields.Many2one("followup.tier", readonly=True)
    user_id = fields.Many2one("res.users", string="Account owner", readonly=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    customer_count = fields.Integer(string="Customers", readonly=True)
    effort_hours = fields.Float(string="Hours spent", readonly=True)
    effort_share = fields.Float(
        string="Share of the effort", readonly=True, aggregator="sum"
    )
    turnover = fields.Monetary(readonly=True)
    sales_share = fields.Float(
        string="Share of turnover", readonly=True, aggregator="sum"
    )
    margin = fields.Monetary(string="Gross margin", readonly=True)
    serve_cost = fields.Monetary(string="Cost to serve", readonly=True)
    unprofitable_count = fields.Integer(
        string="Cost more than they bring", readonly=True
    )

    @property
    def _table_query(self):
        return self._share_select()

    @api.model
    def _share_select(self):
        """One row per customer; groups add up to their share of what is shown."""
        return SQL(
            """
            SELECT v.id, v.customer_id, v.company_id, f.tier_id, f.user_id,
                   f.tier_sequence AS sequence, 1 AS customer_count, v.effort_hours,
                   NULL::float8 AS effort_share, v.turnover,
                   NULL::float8 AS sales_share, v.margin, v.serve_cost,
                   v.is_unprofitable::integer AS unprofitable_count
              FROM followup_value v
              JOIN followup_customer f ON f.id = v.customer_id
             WHERE v.turnover <> 0 OR v.effort_hours <> 0
            """
        )

    def _read_group_select(self, aggregate_spec, query):
        """The share of a group in all that was asked for."""
        wholes = {"effort_share:sum": "effort_hours", "sales_share:sum": "turnover"}
        if aggregate_spec not in wholes:
            return super()._read_group_select(aggregate_spec, query)
        part = self._field_to_sql(self._table, wholes[aggregate_spec], query)
        total = query.subselect(SQL("""SUM(%s)""", part))
        return SQL("""(SUM(%s)::float8 / NULLIF(%s, 0))""", part, total)
