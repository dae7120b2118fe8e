import logging

from odoo import api, models
from odoo.tools import email_normalize, html2plaintext, plaintext2html

from ...tools.incoming_mail import clean

_logger = logging.getLogger(__name__)

MAX_SUBJECT = 250
MAX_DESCRIPTION = 20_000
MAX_NAME = 120


class IntakeMixin(models.AbstractModel):
    """What is made of a mail: a new record, or a message on one."""

    _inherit = "followup.intake.mixin"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A record of a mail that answers none; nothing in it makes this fail."""
        entry = self._get_mail_entry()
        company = self.env["res.company"].browse(
            (custom_values or {}).get("company_id")
            or entry.company_id.id
            or self.env.company.id
        )
        sender = msg_dict.get("email_from") or ""
        return self._register_mail(
            company,
            subject=msg_dict.get("subject") or "",
            text=self._get_plain_text(msg_dict.get("body") or ""),
            name=sender.partition("<")[0].strip(' "') if "<" in sender else "",
            address=email_normalize(sender, strict=False) or "",
            message_id=msg_dict.get("message_id"),
        )

    def message_update(self, msg_dict, update_vals=None):
        """The customer answers: the clocks run on, and whoever handles it is told."""
        entry = self._get_mail_entry()
        for record in self:
            record._note_mail(entry, self._mail_outcomes[1])
            if not msg_dict.get("is_internal"):
                if not record._is_of_colleague(msg_dict):
                    record._customer_wrote()
            elif record.user_id:
                record.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("A mail of a sender who is not the customer"),
                    user_id=record.user_id.id,
                )
        return super().message_update(msg_dict, update_vals)

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """No limit: a customer who writes much is heard with each mail.

        What a machine sends by itself is known by its headers, and receipts are few.
        """
        return []

    # === BUSINESS === #

    @api.model
    def _register_mail(self, company, subject, text, name, address, message_id):
        """Register what came by mail, and enter it into the log."""
        entry = self._get_mail_entry()
        partner = self._match_sender(address, company)
        vals = {
            "company_id": company.id,
            "subject": self._one_line(subject),
            "description": clean(text)[:MAX_DESCRIPTION],
            self._mail_name_field: clean(name)[:MAX_NAME],
            "email_from": clean(address)[:MAX_SUBJECT],
        }
        # A mail to two companies makes one record in each; the first has the id.
        own_id = message_id if not entry[self._mail_entry_field] else False
        record = self.with_company(company)._create_from_channel(
            "email",
            vals,
            partner=partner,
            verified=entry.is_sender_verified,
            message_id=clean(own_id)[:MAX_SUBJECT] if own_id else None,
        )
        record._note_mail(entry, self._mail_outcomes[0])
        return record

    def _is_of_colleague(self, msg_dict):
        """Whether one of us wrote a mail; models say for which mails it matters."""
        return False

    def _note_mail(self, entry, outcome):
        """Say in the log what became of the mail."""
        self.ensure_one()
        if entry and not entry[self._mail_entry_field]:
            same = entry.company_id == self.company_id
            entry.write(
                {
                    "outcome": outcome,
                    self._mail_entry_field: self.id,
                    **({} if same else {"company_id": self.company_id.id}),
                }
            )

    def _customer_wrote(self):
        """A message of the customer, by mail or portal: somebody has to read it."""
        raise NotImplementedError

    @api.model
    def _make_from_mail(self, mail, company, answered=None):
        """The last resort: a record of a mail that Odoo's parser cannot read.

        :param mail: :class:`IncomingMail`
        :param answered: record to which the mail belongs, if that can be told
        :return: the record, elevated; the original mail is attached
        """
        entry = self._get_mail_entry()
        plain, html = mail.texts()
        text = plain or self._get_plain_text(html)
        name, address = mail.sender
        record = answered or self._register_mail(
            company,
            subject=mail.subject,
            text=text,
            name=name,
            address=email_normalize(address, strict=False) or address,
            message_id=mail.message_id,
        )
        if answered:
            record._note_mail(entry, self._mail_outcomes[1])
        record._post_damaged(mail, text)
        return record

    def _post_damaged(self, mail, text):
        """What can be read of a damaged mail, with the original as it came."""
        note = self.env._("This mail was damaged. The original is attached.")
        sender = clean(", ".join(one for _name, one in mail.senders[:3]))
        # As the gateway does: drawings and pages are attached as text. Who answers is
        # not told by a damaged mail for certain, so nobody but us is written to.
        thread = self.with_user(self.env.ref("base.user_root")).with_context(
            attachments_mime_plainxml=True, mail_post_autofollow_author_skip=True
        )
        thread.message_post(
            body=plaintext2html(f"{note}\n\n{clean(text)[:MAX_DESCRIPTION]}"),
            subject=self._one_line(mail.subject),
            message_type="email",
            subtype_xmlid="mail.mt_note",
            author_id=False,
            email_from=sender[:MAX_SUBJECT] or self.env._("Unknown sender"),
            message_id=mail.message_id,
            attachments=[("original.eml", mail.raw)],
        )

    @api.model
    def _get_plain_text(self, html):
        try:
            return html2plaintext(html or "", include_references=False)
        except Exception:  # noqa: BLE001 text that no parser takes is kept as it is
            _logger.info("The text of an incoming mail is no proper HTML.")
            return str(html)

    @api.model
    def _one_line(self, text):
        line = " ".join(clean(text or "").split())
        return line if len(line) <= MAX_SUBJECT else line[: MAX_SUBJECT - 1] + "…"
