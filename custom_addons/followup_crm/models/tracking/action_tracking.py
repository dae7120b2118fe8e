from odoo import fields, models


class Action(models.Model):
    """The exceptions of orders that an improvement action answers (K4, C12)."""

    _inherit = "followup.action"

    exception_ids = fields.One2many(
        "followup.order.exception", "action_id", string="Exceptions", readonly=True
    )
