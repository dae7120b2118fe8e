from odoo import fields, models


class MilestoneType(models.Model):
    """A stage that orders pass (节点): contract, materials, inspection… (K1)

    All orders share these stages, so that one board shows them side by side.
    """

    _name = "followup.milestone.type"
    _inherit = ["followup.list.mixin"]
    _description = "Stage of an order"

    customer_name = fields.Char(
        translate=True,
        string="What the customer reads",
        help="Plain words for the portal and the order status report.",
    )
    is_shown = fields.Boolean(
        string="Shown to the customer",
        help="Customers see this stage with its dates on the portal and in the order"
        " status report; stages without the mark are ours alone.",
    )
    is_delivery = fields.Boolean(
        string="The goods leave",
        help="The promised delivery date is kept when this stage is reached by then.",
    )
    fold = fields.Boolean(string="Folded on the board")
