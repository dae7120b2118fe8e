from odoo import fields, models

from .states import STATES


class ComplaintAdvice(models.Model):
    """What to do and say at a step: listen, calm, handle, concede, call back (C16)."""

    _name = "followup.complaint.advice"
    _inherit = ["followup.list.mixin"]
    _description = "Advice on handling complaints"

    state = fields.Selection(STATES, string="At the step", required=True, index=True)
    kind = fields.Selection(
        [
            ("product", "Product"),
            ("service", "Service"),
            ("use", "Use"),
            ("price", "Price"),
        ],
        string="Only for complaints about",
    )
    text = fields.Text(string="Advice", required=True, translate=True)
