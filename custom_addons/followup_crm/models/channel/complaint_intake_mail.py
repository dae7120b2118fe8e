from odoo import models


class Complaint(models.Model):
    """What is the complaints' own in what all incoming mails have in common."""

    _inherit = "followup.complaint"
    _mail_number = r"\bC\d{4}-\d{5,}\b"
    _mail_entry_field = "complaint_id"
    _mail_name_field = "complainant_name"
    _mail_company_field = "complainant_company"
    _mail_outcomes = ("new", "reply")
    _mail_channel_model = "followup.complaint.channel"

    # === BUSINESS === #

    def _customer_wrote(self):
        """The clocks run on; after closing, whoever handles it is told."""
        self.ensure_one()
        self._resume()
        if self.state == "closed" and self.user_id:
            # Elevated: a customer's message makes work for whoever handles it.
            self.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The customer wrote after closing"),
                user_id=self.user_id.id,
            )

    def _get_receipt(self):
        self.ensure_one()
        body = self.env["ir.qweb"]._render(
            "followup_crm.complaint_receipt",
            {"complaint": self, "url": self.get_base_url() + self.get_portal_url()},
        )
        subject = self.env._(
            "%(number)s: we have received your complaint", number=self.name
        )
        return subject, body
