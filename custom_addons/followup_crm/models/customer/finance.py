from odoo import fields, models


class CustomerFinance(models.Model):
    """The customer's own finances and management as known on a date (客户财务, P14).

    All amounts are in ``currency_id`` and cover the year that ends on ``date``.
    """

    _name = "followup.customer.finance"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Finances of a customer"
    _rec_name = "date"
    _order = "date desc, id desc"
    _data_group = "judgement"

    date = fields.Date(required=True, string="As of")
    source = fields.Char(
        required=True, help="Annual report, credit agency, bank, the customer itself…"
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    sales = fields.Monetary()
    costs = fields.Monetary()
    profit = fields.Monetary()
    cash_flow = fields.Monetary(string="Cash flow")
    interest_paid = fields.Monetary(string="Interest paid")
    market_share = fields.Float(string="Market share (%)")
    bank_opinion = fields.Text(string="Bank's opinion")
    legal_representative = fields.Char(string="Legal representative")
    management_structure = fields.Text(string="Management structure")

    _market_share_percentage = models.Constraint(
        "CHECK (market_share BETWEEN 0 AND 100)",
        "The market share is a percentage between 0 and 100.",
    )
