from odoo import fields, models


class CompetingProduct(models.Model):
    """A product of a competitor of ours that a customer carries (竞争产品, P3)."""

    _name = "followup.competing.product"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Competing product"
    _order = "name, id"
    _data_group = "operating"

    name = fields.Char(required=True, string="Product")
    competitor_id = fields.Many2one("followup.competitor", ondelete="restrict")
    price = fields.Monetary(string="Its price")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    note = fields.Char(string="Why the customer likes it")
