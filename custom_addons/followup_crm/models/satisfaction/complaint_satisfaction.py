from odoo import fields, models


class Complaint(models.Model):
    """A closed complaint asks how it was dealt with (G5)."""

    _inherit = "followup.complaint"

    satisfaction_response_ids = fields.One2many(
        "followup.satisfaction.response", "complaint_id", string="Survey answers"
    )

    def action_close(self):
        """Close, and ask a day later whether the customer is satisfied."""
        result = super().action_close()
        # Elevated: the question is asked whoever closed the complaint.
        invitations = self.env["followup.satisfaction.invitation"].sudo()
        for complaint in self.sudo():
            invitations._ask_after_complaint(complaint)
        return result
