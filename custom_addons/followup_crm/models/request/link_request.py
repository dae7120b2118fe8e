from odoo import fields, models


class Complaint(models.Model):
    """The request that a complaint was made of."""

    _inherit = "followup.complaint"

    request_ids = fields.One2many(
        "followup.request", "complaint_id", string="Made of request"
    )


class OrderException(models.Model):
    """The request that an exception was made of."""

    _inherit = "followup.order.exception"

    request_ids = fields.One2many(
        "followup.request", "exception_id", string="Made of request"
    )
