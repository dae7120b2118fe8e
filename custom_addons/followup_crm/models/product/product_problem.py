from odoo import fields, models


class ProductProblem(models.Model):
    """Something that went wrong with a product, and what was done about it (K3)."""

    _name = "followup.product.problem"
    _inherit = ["followup.product.detail.mixin"]
    _description = "Problem with a product"
    _order = "is_solved, date desc, id desc"

    date = fields.Date(
        string="Found on", required=True, default=fields.Date.context_today
    )
    name = fields.Char(string="Problem", required=True)
    cause = fields.Char()
    measure = fields.Char(string="What is done")
    user_id = fields.Many2one(
        "res.users",
        string="Answered by",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    date_deadline = fields.Date(string="Until")
    is_solved = fields.Boolean(string="Solved")
    customer_told = fields.Boolean(string="Customer told")
