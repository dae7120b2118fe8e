from odoo import fields, models


class ComplaintPause(models.Model):
    """A time in which a complaint waited for the customer, and for what (C3)."""

    _name = "followup.complaint.pause"
    _description = "Pause of a complaint"
    _order = "date_from, id"
    _check_company_auto = True

    complaint_id = fields.Many2one(
        "followup.complaint", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    date_from = fields.Datetime(
        string="Since", required=True, default=lambda self: fields.Datetime.now()
    )
    date_to = fields.Datetime(string="Until")
    reason = fields.Text(string="What we wait for", required=True)
    user_id = fields.Many2one("res.users", string="Paused by")
