import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

_logger = logging.getLogger(__name__)

STATES = [
    ("waiting", "Waiting"),
    ("sent", "Sent"),
    ("empty", "Nothing to tell"),
    ("skipped", "Not for this user"),
    ("failed", "Failed"),
]
# So often it is tried, once an hour.
TRIES = 3
ENDINGS = ("pdf", "xlsx")


class ReportDelivery(models.Model):
    """A scheduled report on its way to one recipient: the log of what was sent (S3).

    Its mail is made in the transaction that says so: what was interrupted has sent
    nothing, and what was sent is sent no more.
    """

    _name = "followup.report.delivery"
    _description = "Sent report"
    _rec_name = "schedule_id"
    _order = "date desc, id desc"

    schedule_id = fields.Many2one(
        "followup.report.schedule",
        string="Scheduled report",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="schedule_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Recipient",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    date = fields.Date(required=True, readonly=True, string="Due on")
    occasion = fields.Char(
        required=True, readonly=True, help="What is sent once to each recipient."
    )
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="waiting"
    )
    sent_date = fields.Datetime(string="Sent on", readonly=True)
    tries = fields.Integer(string="Tried", readonly=True, aggregator=None)
    reason = fields.Char(readonly=True)
    file_names = fields.Char(string="Files", readonly=True)

    # An occasion is sent once to each.
    _once = models.UniqueIndex("(schedule_id, user_id, occasion)")
    # Query: what is to be sent, every hour.
    _waiting = models.Index("(id) WHERE state = 'waiting'")

    # === CRON === #

    @api.model
    def _work_off(self):
        """Send what waits, each in a transaction of its own."""
        waiting, last = Domain("state", "=", "waiting"), 0
        remaining = self.search_count(waiting)
        while remaining > 0:
            found = self.search(waiting & Domain("id", ">", last), limit=1, order="id")
            if not found:
                break
            last = found.id
            # Another worker has the locked one.
            found.try_lock_for_update().filtered_domain(waiting)._deliver()
            remaining -= 1
            if not self.env["ir.cron"]._commit_progress(1, remaining=max(remaining, 0)):
                break

    # === ACTIONS === #

    def action_retry(self):
        """Try again what failed."""
        self.schedule_id.check_access("write")
        failed = self.filtered(lambda one: one.state == "failed")
        # Elevated: the log is the server's; the right was checked.
        failed.sudo().write({"state": "waiting", "tries": 0, "reason": False})
        self.env.ref("followup_crm.report_cron_send").sudo()._trigger()

    # === BUSINESS === #

    def _deliver(self):
        """Make the mails; one that fails is noted and keeps no other waiting."""
        # Elevated: the log is the server's; reports are made with the user's rights.
        for delivery in self.sudo():
            tries = delivery.tries + 1
            try:
                with self.env.cr.savepoint():
                    state, reason = delivery._send()
            except Exception as error:
                _logger.exception("Scheduled report %s failed", delivery.id)
                self.env.invalidate_all(flush=False)
                state = "failed" if tries >= TRIES else "waiting"
                reason = delivery._get_reason(error)
            sent = fields.Datetime.now() if state == "sent" else False
            delivery.write(
                {"state": state, "reason": reason, "tries": tries, "sent_date": sent}
            )

    @api.model
    def _get_reason(self, error):
        """What a manager reads: what went wrong, without the inside of the server."""
        if isinstance(error, UserError | AccessError):
            return str(error)[:500]
        return self.env._(
            "The report could not be made (%(kind)s). The server's log tells more.",
            kind=type(error).__name__,
        )

    def _send(self):
        """Print with the rights and in the language of the recipient, and mail it.

        :return: the state afterwards, and the reason if nothing was sent
        """
        self.ensure_one()
        user, schedule = self.user_id, self.schedule_id
        env = self._get_user_env()
        if not user.active or user.share or schedule.company_id not in user.company_ids:
            return "skipped", env._("Does not work here any more.")
        if not schedule.report_id._get_kind().is_allowed(env):
            return "skipped", env._("May not read what this report tells.")
        if not user.email:
            raise UserError(env._("The recipient has no e-mail address."))
        customers = schedule._get_visible_customers(env)
        if customers is None:
            return "empty", env._("May see none of the chosen customers.")
        values = {**schedule._prepare_print_vals(self.date), **customers}
        options = env["followup.report.print"].create(values)
        if schedule.skip_empty and options._is_empty():
            return "empty", False
        self._mail(env, self._make_files(options))
        return "sent", False

    def _get_user_env(self):
        """The environment of the recipient: nothing of the server's is left in it."""
        user = self.user_id
        context = {
            "lang": user.lang or "en_US",
            "tz": user.tz or "UTC",
            "allowed_company_ids": self.company_id.ids,
        }
        return self.env(user=user.id, su=False, context=context)

    def _make_files(self, options):
        """Names and contents; a workbook only for those who may export."""
        schedule = self.schedule_id
        with_xlsx = schedule.with_xlsx and self.user_id.has_group(
            "base.group_allow_export"
        )
        files = []
        if schedule.with_pdf or not with_xlsx:
            files.append((options._get_filename("pdf"), options._render_pdf()))
        if with_xlsx:
            files.append((options._get_filename("xlsx"), options._render_xlsx()))
        return files

    def _mail(self, env, files):
        """One mail to the recipient, in the transaction of the delivery."""
        user, schedule = self.user_id, self.schedule_id
        # The recipient's language; elevated, for nobody reads others' mails.
        mails = self.with_env(env).sudo().env["mail.mail"]
        report = schedule.with_env(env).sudo().report_id
        period = schedule._get_period_text(env, self.date)
        body = mails.env["ir.qweb"]._render(
            "followup_crm.report_delivery_mail", self._get_words(env, report, period)
        )
        sender = schedule.create_uid
        mail = mails.create(
            {
                "subject": f"{schedule.name}: {period}",
                "body_html": body,
                "email_to": user.email_formatted,
                "email_from": sender.email_formatted
                or schedule.company_id.email_formatted,
                "author_id": sender.partner_id.id,
                "auto_delete": True,
            }
        )
        mail.attachment_ids = self._prepare_attachments(mail, files)
        self.file_names = ", ".join(name for name, _content in files)

    def _get_words(self, env, report, period):
        """What the mail says, in the recipient's language."""
        return {
            "lines": (
                env._("Hello %(name)s,", name=self.user_id.name),
                env._(
                    "attached is “%(report)s” of %(company)s: %(period)s.",
                    report=report.name,
                    company=self.company_id.name,
                    period=period,
                ),
                env._("It tells what you may see in Follow-up."),
            ),
            "end": env._(
                "Scheduled report “%(name)s”. Ask %(user)s if you do not need it.",
                name=self.schedule_id.name,
                user=self.schedule_id.create_uid.name,
            ),
        }

    def _prepare_attachments(self, mail, files):
        """Commands that make the files; they vanish with the mail."""
        return [
            Command.create(
                {
                    "name": name,
                    "raw": content,
                    "res_model": "mail.message",
                    "res_id": mail.mail_message_id.id,
                }
            )
            for name, content in files
        ]
