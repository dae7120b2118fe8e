"""The lists by which complaints are judged; managers extend them."""

from odoo import fields, models

from .states import SEVERITIES


class ComplaintCategory(models.Model):
    """What a complaint is about (C2): a kind of product or service fault."""

    _name = "followup.complaint.category"
    _inherit = ["followup.list.mixin"]
    _description = "Category of complaints"

    kind = fields.Selection(
        [
            ("product", "Product"),
            ("service", "Service"),
            ("use", "Use"),
            ("price", "Price"),
        ],
        required=True,
        default="product",
    )
    severity = fields.Selection(
        SEVERITIES, string="Usual severity", required=True, default="major"
    )


class ComplaintCause(models.Model):
    """Why it happened (C2): the cause found by the investigation."""

    _name = "followup.complaint.cause"
    _inherit = ["followup.list.mixin"]
    _description = "Cause of complaints"
