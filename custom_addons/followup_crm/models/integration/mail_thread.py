import logging

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import email_normalize

from ...tools.incoming_mail import IncomingMail, clean
from ..intake.intake_mixin import INTAKES

_logger = logging.getLogger(__name__)

ATTEMPTS = 3
# Beyond this, the subject goes on in the text of the message.
LONGEST_SUBJECT = 500


class MailThread(models.AbstractModel):
    """Mails of customers: none is lost, none makes two, no machine is answered."""

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Take a mail; complaints and requests go through the log of mails."""
        raw = message.data if hasattr(message, "data") else message
        mail = IncomingMail(raw.encode() if isinstance(raw, str) else bytes(raw))
        intake, target = None, (None, None, None)
        for name in INTAKES:
            target = self.env[name]._find_mail_target(mail, model, custom_values)
            if target[2]:
                intake = self.env[name]
                break

        def process(here, content):
            return super().message_process(
                model,
                content,
                custom_values=custom_values,
                save_original=save_original,
                strip_attachments=strip_attachments,
                thread_id=thread_id,
            )

        if intake is None:
            return process(self, message)
        return self._fcrm_take_patiently(mail, intake, target, process)

    @api.model
    def _fcrm_take_patiently(self, mail, intake, target, process):
        """Take a mail for us, again if another one came at the same moment.

        Who delivers by the API is asked to repeat by Odoo. A mail server that we ask
        for mails is not: a mail that fails there is marked as read. Its transaction
        holds this one mail only, so that it can be repeated here.
        """
        alone = "default_fetchmail_server_id" in self.env.context
        for attempt in range(ATTEMPTS):
            try:
                return self._fcrm_take(mail, intake, target, process)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                if not alone or attempt == ATTEMPTS - 1:
                    raise
                self.env.cr.rollback()
                self.env.transaction.reset()
        return False

    @api.model
    def _fcrm_take(self, mail, intake, target, process):
        """Enter a mail into the log, then make of it what it is."""
        channels, answered, company = target
        entry = self.env["followup.complaint.mail"]._claim(mail, company)
        if not entry:
            _logger.info("Ignored a mail: it was received already.")
            return False
        if mail.is_automatic():
            return entry._take_automatic(mail, answered)
        name = intake._get_mail_channels()._of_company(company)
        entry.is_sender_verified = mail.is_sender_verified(name.mail_server_name or "")
        here = self.with_context(
            fcrm_mail_id=entry.id,
            fcrm_intake=intake._name,
            fcrm_channel_ids=channels.ids,
            attachments_mime_plainxml=True,
        )
        try:
            with self.env.cr.savepoint():
                result = process(here, mail.deliverable())
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 whatever it is, the mail is kept
            _logger.info("An incoming mail is damaged: %s", type(error).__name__)
            entry.is_broken = True
            records = intake.with_env(here.env)
            result = records._make_from_mail(mail, company, answered).id
        entry._finish(mail)
        return result

    # === GATEWAY === #

    @api.model
    def message_parse(self, message, save_original=False):
        """Free a mail for us from what the database does not take."""
        parsed = super().message_parse(message, save_original=save_original)
        if not self.env.context.get("fcrm_mail_id"):
            return parsed
        for name, value in parsed.items():
            if isinstance(value, str) and "\0" in value or self._fcrm_is_half(value):
                parsed[name] = type(value)(clean(value))
        parsed["attachments"] = [
            self._Attachment(
                clean(str(one[0]))[:200] or "attachment",
                clean(one[1]) if isinstance(one[1], str) else one[1],
                one[2],
            )
            for one in parsed.get("attachments") or []
        ]
        return self._fcrm_shorten_subject(parsed)

    @api.model
    def _fcrm_is_half(self, value):
        """Whether a text holds half characters, which cannot be written as UTF-8."""
        try:
            return isinstance(value, str) and not value.encode()
        except UnicodeEncodeError:
            return True

    @api.model
    def _fcrm_shorten_subject(self, parsed):
        subject = parsed.get("subject") or ""
        if len(subject) > LONGEST_SUBJECT:
            parsed["subject"] = subject[: LONGEST_SUBJECT - 1] + "…"
            parsed["attachments"].append(self._Attachment("subject.txt", subject, {}))
        return parsed

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        """Find the record that a mail belongs to, also where Odoo finds no way."""
        failed = False
        entry_id = self.env.context.get("fcrm_mail_id")
        try:
            routes = super().message_route(
                message, message_dict, model, thread_id, custom_values
            )
        except ValueError:
            if not entry_id:
                raise
            routes, failed = [], True
        if not entry_id:
            return routes
        intake = self.env[self.env.context["fcrm_intake"]]
        return intake._complete_routes(routes, message_dict, failed)

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        """Our records have no limit of mails; other documents keep Odoo's."""
        if self.env.context.get("fcrm_mail_id"):
            routes = [route for route in routes or [] if route[0] not in INTAKES]
            if not routes:
                return False
        return super()._detect_loop_sender(message, message_dict, routes)

    def _message_parse_post_process(self, message, message_dict, routes):
        """A sender who may be forged speaks for no colleague and to no customer."""
        values = super()._message_parse_post_process(message, message_dict, routes)
        entry = self.env[INTAKES[0]]._get_mail_entry()
        answered = [
            self.env[route[0]].browse(route[1])
            for route in routes or []
            if route[0] in INTAKES and route[1]
        ]
        if not entry:
            return values
        author = self.env["res.partner"].browse(values.get("author_id") or [])
        # Elevated: whose address it is decides, whoever the gateway runs as.
        ours = author.sudo().user_ids.filtered(lambda user: not user.share)
        if ours and not entry.is_sender_verified:
            values |= {"author_id": False, **(self._fcrm_as_note() if answered else {})}
        elif answered and not ours:
            sender = email_normalize(message_dict.get("email_from") or "")
            if not all(one._is_from_customer(sender) for one in answered):
                values |= self._fcrm_as_note()
        return values

    @api.model
    def _fcrm_as_note(self):
        """A note, and of nothing: Odoo tells the author of what a note answers."""
        return {"is_internal": True, "parent_id": False}
