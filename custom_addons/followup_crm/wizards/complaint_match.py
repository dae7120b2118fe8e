from odoo import fields, models


class ComplaintMatch(models.TransientModel):
    """Who complained? (C1)"""

    _name = "followup.complaint.match"
    _inherit = ["followup.intake.match.mixin"]
    _description = "Match a complaint to its customer"
    _record_field = "complaint_id"

    complaint_id = fields.Many2one("followup.complaint", required=True, readonly=True)
