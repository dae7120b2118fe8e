from odoo import fields, models


class OrderLotLine(models.Model):
    """How much of an order line belongs to a lot."""

    _name = "followup.order.lot.line"
    _description = "Product of a lot"
    _order = "lot_id, id"
    _rec_name = "order_line_id"
    _check_company_auto = True

    lot_id = fields.Many2one(
        "followup.order.lot",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="lot_id.company_id", store=True)
    order_id = fields.Many2one(related="lot_id.order_id")
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Order line",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('order_id', '=', order_id), ('display_type', '=', False)]",
        check_company=True,
    )
    product_id = fields.Many2one(related="order_line_id.product_id")
    product_uom_id = fields.Many2one(related="order_line_id.product_uom_id")
    quantity = fields.Float(required=True, digits="Product Unit")

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of a lot must be positive."
    )
