from datetime import timedelta

from odoo import fields, models
from odoo.tools import email_normalize, formataddr

# So many receipts an hour go to one address: a machine that answers each of them
# without saying so is not answered for ever.
RECEIPTS_PER_HOUR = 5
# Programs that answer mails by themselves leave those with these headers alone.
HEADERS = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class Complaint(models.Model):
    """The receipt: whoever writes learns the number at once, and how to follow it."""

    _inherit = "followup.complaint"

    def _send_receipt(self):
        """Send the number to whoever complained by mail, form or portal.

        It goes out with the mail queue, so that the time an answer takes tells nobody
        whether an address is known.
        """
        for complaint in self:
            address = email_normalize(complaint.email_from or "")
            if address and complaint._may_send_receipt(address):
                complaint._post_receipt(address)

    def _may_send_receipt(self, address):
        self.ensure_one()
        channel = self.env["followup.complaint.channel"]._of_company(self.company_id)
        since = fields.Datetime.now() - timedelta(hours=1)
        # Elevated: what others received counts, whoever asks.
        recent = self.sudo().search_count(
            [
                ("email_from", "=ilike", address.replace("_", r"\_")),
                ("create_date", ">", since),
                ("channel", "in", ("email", "form", "portal")),
            ],
            limit=RECEIPTS_PER_HOUR + 1,
        )
        own = self.env["followup.complaint.channel"]._of_addresses([address])
        return channel.is_receipt_sent and recent <= RECEIPTS_PER_HOUR and not own

    def _post_receipt(self, address):
        self.ensure_one()
        # Elevated: nobody's own message, it goes out in the company's name.
        complaint = self.with_user(self.env.ref("base.user_root")).sudo()
        partner = complaint.partner_id
        known = partner.email_normalized == address
        lang = partner.lang if known else self.env.lang
        complaint = complaint.with_context(lang=lang or self.env.lang)
        company = complaint.company_id
        body = complaint.env["ir.qweb"]._render(
            "followup_crm.complaint_receipt",
            {
                "complaint": complaint,
                "url": complaint.get_base_url() + complaint.get_portal_url(),
            },
        )
        complaint.message_post(
            body=body,
            subject=complaint.env._(
                "%(number)s: we have received your complaint", number=complaint.name
            ),
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=company.partner_id.id,
            email_from=company.partner_id.email_formatted
            or formataddr((company.name, complaint._get_own_address() or "")),
            partner_ids=partner.ids if known else [],
            outgoing_email_to=False if known else address,
            notify_skip_followers=True,
            force_send=False,
            mail_headers=dict(HEADERS),
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _get_own_address(self):
        """The address to which customers write complaints to this company."""
        self.ensure_one()
        channels = self.env["followup.complaint.channel"]
        return channels._of_company(self.company_id).alias_email

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Answers come back to the complaints' own address, where there is one."""
        found = super()._notify_get_reply_to_batch(
            defaults=defaults, author_ids=author_ids
        )
        for complaint in self:
            address = complaint._get_own_address()
            if address:
                found[complaint.id] = complaint._notify_get_reply_to_formatted_email(
                    address, author_id=(author_ids or {}).get(complaint.id, False)
                )
        return found
