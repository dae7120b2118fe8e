from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PurchasePlan(models.Model):
    """What a customer means to buy and when, from us or from others (采购计划, P6).

    Amounts are in ``currency_id`` (the customer's words, not a forecast of ours).
    """

    _name = "followup.purchase.plan"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Purchase plan of a customer"
    _order = "date_from desc, id desc"
    _data_group = "market"

    name = fields.Char(required=True, string="What is to be bought")
    product_category_id = fields.Many2one("product.category", string="Product category")
    date_from = fields.Date(required=True, string="From")
    date_to = fields.Date(string="Until")
    date_decision = fields.Date(
        string="Decision", help="When the customer places its orders."
    )
    quantity = fields.Float(help="The whole quantity, from all suppliers.")
    uom_id = fields.Many2one("uom.uom", string="Unit")
    amount = fields.Monetary(help="The whole purchase, from all suppliers.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    our_share = fields.Float(
        string="Our share (%)",
        help="The part that we hope to supply, in percent: the share of wallet.",
    )
    note = fields.Text()

    _share_percentage = models.Constraint(
        "CHECK (our_share BETWEEN 0 AND 100)",
        "Our share is a percentage between 0 and 100.",
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for plan in self:
            if plan.date_to and plan.date_to < plan.date_from:
                raise ValidationError(
                    self.env._(
                        "The purchase plan '%(plan)s' ends before it begins:"
                        " correct one of the dates.",
                        plan=plan.name,
                    )
                )
