from odoo import fields, models

from .res_partner import ALL_ROLES


class SaleOrder(models.Model):
    """The request that a quotation was made of."""

    _inherit = "sale.order"

    fcrm_request_ids = fields.One2many(
        "followup.request", "quotation_id", string="Made of request", groups=ALL_ROLES
    )
