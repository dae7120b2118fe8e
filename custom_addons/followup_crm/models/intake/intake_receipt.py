from datetime import timedelta

from odoo import fields, models
from odoo.tools import email_normalize, formataddr

from .intake_mixin import INTAKES

# So many receipts an hour go to one address: a machine that answers each of them
# without saying so is not answered for ever.
RECEIPTS_PER_HOUR = 5
# Programs that answer mails by themselves leave those with these headers alone.
HEADERS = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class IntakeMixin(models.AbstractModel):
    """The receipt: whoever writes learns the number at once, and how to follow it."""

    _inherit = "followup.intake.mixin"

    def _send_receipt(self):
        """Send the number to whoever wrote by mail, form or portal.

        It goes out with the mail queue, so that the time an answer takes tells nobody
        whether an address is known.
        """
        for record in self:
            address = email_normalize(record.email_from or "")
            if address and record._may_send_receipt(address):
                record._post_receipt(address)

    def _may_send_receipt(self, address):
        self.ensure_one()
        channel = self._get_mail_channels()._of_company(self.company_id)
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
        ours = any(
            self.env[model]._get_mail_channels()._of_addresses([address])
            for model in INTAKES
        )
        return channel.is_receipt_sent and recent <= RECEIPTS_PER_HOUR and not ours

    def _post_receipt(self, address):
        self.ensure_one()
        # Elevated: nobody's own message, it goes out in the company's name.
        record = self.with_user(self.env.ref("base.user_root")).sudo()
        partner = record.partner_id
        known = partner.email_normalized == address
        lang = partner.lang if known else self.env.lang
        record = record.with_context(lang=lang or self.env.lang)
        company = record.company_id
        subject, body = record._get_receipt()
        record.message_post(
            body=body,
            subject=subject,
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=company.partner_id.id,
            email_from=company.partner_id.email_formatted
            or formataddr((company.name, record._get_own_address() or "")),
            partner_ids=partner.ids if known else [],
            outgoing_email_to=False if known else address,
            notify_skip_followers=True,
            force_send=False,
            mail_headers=dict(HEADERS),
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _get_own_address(self):
        """The address to which customers write to this company."""
        self.ensure_one()
        return self._get_mail_channels()._of_company(self.company_id).alias_email

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Answers come back to the own address, where there is one."""
        found = super()._notify_get_reply_to_batch(
            defaults=defaults, author_ids=author_ids
        )
        for record in self:
            address = record._get_own_address()
            if address:
                found[record.id] = record._notify_get_reply_to_formatted_email(
                    address, author_id=(author_ids or {}).get(record.id, False)
                )
        return found
