from odoo import fields, models


class ShipmentDocumentType(models.Model):
    """A kind of document that goes with goods: invoice, packing list, B/L… (K2)"""

    _name = "followup.shipment.document.type"
    _inherit = ["followup.list.mixin"]
    _description = "Shipping document"

    for_customer = fields.Boolean(
        string="For the customer",
        default=True,
        help="It may be shown to the customer on the portal. Others stay with us.",
    )
