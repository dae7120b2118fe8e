from odoo import fields, models

from ..tier.loose_many2one import LooseMany2one


class ValueMonth(models.Model):
    """The figures of a customer at the end of a month: what the trends look back to.

    Written by the engine only, for customers that have bought; the current month
    changes until it is over.
    """

    _name = "followup.value.month"
    _description = "Value of a customer at a month's end"
    _rec_name = "month"
    _order = "month desc, id desc"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer", required=True, readonly=True, ondelete="cascade"
    )
    company_id = LooseMany2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    loyalty_score = fields.Integer(
        string="Loyalty index", readonly=True, aggregator="avg"
    )
    credit_score = fields.Integer(
        string="Credit score", readonly=True, aggregator="avg"
    )
    lifetime_value = fields.Monetary(string="Lifetime value", readonly=True)
    turnover = fields.Monetary(string="Turnover of 12 months", readonly=True)
    overdue = fields.Monetary(readonly=True)
    margin_rate = fields.Float(
        string="Gross margin (%)", readonly=True, aggregator="avg"
    )
    serve_cost = fields.Monetary(string="Cost to serve", readonly=True)

    # Query: the engine's comparison, and the months of a customer.
    _customer_month = models.UniqueIndex("(customer_id, month)")
