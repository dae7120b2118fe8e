from odoo import fields, models


class RequestMatch(models.TransientModel):
    """Who asked? (Q1)"""

    _name = "followup.request.match"
    _inherit = ["followup.intake.match.mixin"]
    _description = "Match a request to its customer"
    _record_field = "request_id"

    request_id = fields.Many2one("followup.request", required=True, readonly=True)
