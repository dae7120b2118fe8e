from odoo import fields, models


class ProductCharacteristic(models.Model):
    """One thing that was promised of a product, and what was made of it (K3)."""

    _name = "followup.product.characteristic"
    _inherit = ["followup.product.detail.mixin"]
    _description = "Promised and made"
    _order = "tracking_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="What", required=True)
    promised = fields.Char(required=True)
    tolerance = fields.Char()
    made = fields.Char(help="As measured or seen on the goods.")
    result = fields.Selection(
        [("ok", "As promised"), ("deviates", "Deviates")],
        help="Empty: not checked yet.",
    )
