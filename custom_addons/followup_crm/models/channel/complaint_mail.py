import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.incoming_mail import IncomingMail, clean

_logger = logging.getLogger(__name__)

OUTCOMES = [
    ("new", "New complaint"),
    ("reply", "Reply to a complaint"),
    ("request", "New request"),
    ("request_reply", "Reply to a request"),
    ("automatic", "Automatic reply"),
    ("elsewhere", "Led elsewhere"),
]
KEPT_DAYS = 365


class ComplaintMail(models.Model):
    """A mail that came in for complaints or requests, and what became of it.

    Its ``key`` is unique, so that the same mail is one however often it is delivered,
    also at the same moment. Automatic replies make no record but are kept here for a
    while, where a person can make one of them.
    """

    _name = "followup.complaint.mail"
    _description = "Incoming mail"
    _order = "received_date desc, id desc"
    _rec_name = "subject"
    _check_company_auto = True

    key = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    received_date = fields.Datetime(
        string="Received on",
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now(),
    )
    message_id = fields.Char(string="Message-Id", readonly=True)
    email_from = fields.Char(string="Sender", readonly=True)
    subject = fields.Char(readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    is_broken = fields.Boolean(
        string="Damaged",
        readonly=True,
        help="Could not be read as the standards say; the original is attached to what"
        " was made of it.",
    )
    is_sender_verified = fields.Boolean(string="Sender verified", readonly=True)
    complaint_id = fields.Many2one(
        "followup.complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    request_id = fields.Many2one(
        "followup.request",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    source = fields.Binary(string="Original mail", attachment=True, readonly=True)

    # Query: has this mail been taken already?
    _key_unique = models.UniqueIndex("(key)", "This mail has been received already.")
    # Query: the list of a company's mails, newest first.
    _company_date = models.Index("(company_id, received_date DESC, id DESC)")

    # === ACTIONS === #

    def action_make_complaint(self):
        """Make a complaint of a mail that was taken for an automatic reply."""
        return self._make("followup.complaint")

    def action_make_request(self):
        """Make a request of a mail that was taken for an automatic reply."""
        return self._make("followup.request")

    # === BUSINESS === #

    def _make(self, model):
        self.ensure_one()
        self.env[model].check_access("create")
        if self._get_record():
            raise UserError(
                self.env._("This mail belongs to a complaint or request already.")
            )
        if not self.source:
            raise UserError(
                self.env._(
                    "The original of this mail is not kept any longer. Register it"
                    " by hand."
                )
            )
        # Elevated: the log is written by its own methods only.
        entry = self.sudo()
        mail = IncomingMail(entry.with_context(bin_size=False)._get_source())
        record = entry._make_from_source(mail, model)
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": record.id,
            "view_mode": "form",
        }

    def _get_record(self):
        """The complaint or request that a mail belongs to; may be empty."""
        return self.complaint_id or self.request_id

    @api.model
    def _claim(self, mail, company):
        """Enter a mail into the log before anything is made of it.

        :param mail: :class:`IncomingMail`
        :return: the entry, elevated; empty where the mail was taken before. A
            delivery at the same moment waits for the other one to end and then raises
            a serialization failure, upon which the gateway tries again.
        """
        # The ORM cannot say ON CONFLICT; whoever delivers mail may enter it.
        found = self.env.execute_query(
            SQL(
                """
                INSERT INTO followup_complaint_mail (
                    key, company_id, received_date, message_id, email_from, subject,
                    create_uid, write_uid, create_date, write_date
                )
                VALUES (
                    %(key)s, %(company)s, %(now)s, %(message_id)s, %(email_from)s,
                    %(subject)s, %(user)s, %(user)s, %(now)s, %(now)s
                )
                ON CONFLICT (key) DO NOTHING
                RETURNING id
                """,
                key=mail.key,
                company=company.id,
                now=fields.Datetime.now(),
                message_id=mail.message_id,
                email_from=clean(", ".join(one for _name, one in mail.senders))[:250],
                subject=clean(mail.subject)[:250],
                user=self.env.uid,
            )
        )
        # Elevated: the log is written by its own methods only.
        return self.sudo().browse([row[0] for row in found])

    def _take_automatic(self, mail, answered):
        """An automatic reply makes no record; on the one it answers it is a note."""
        self.ensure_one()
        self.outcome = "automatic"
        self._keep_source(mail)
        if not answered:
            return False
        self.write(
            {
                answered._mail_entry_field: answered.id,
                "company_id": answered.company_id.id,
            }
        )
        answered.with_user(self.env.ref("base.user_root"))._message_log(
            body=self.env._(
                "Automatic reply of %(sender)s: %(subject)s",
                sender=self.email_from or self.env._("an unknown sender"),
                subject=self.subject or "",
            ),
            author_id=False,
            email_from=self.email_from or self.env._("Unknown sender"),
        )
        return answered.id

    def _finish(self, mail):
        """Keep what made no record: a bounce, or what Odoo led elsewhere."""
        self.ensure_one()
        if not self._get_record():
            self.outcome = "automatic" if mail.is_bulk() else "elsewhere"
            self._keep_source(mail)
        elif self.outcome in ("new", "request") and not mail.is_bulk():
            self._get_record()._send_receipt()

    def _keep_source(self, mail):
        """Keep the mail as it came; never served as anything but a download."""
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": "original.eml",
                "raw": mail.raw,
                "mimetype": "application/octet-stream",
                "res_model": self._name,
                "res_id": self.id,
                "res_field": "source",
            }
        )
        self.invalidate_recordset(["source"])
        return attachment

    def _get_source(self):
        self.ensure_one()
        return (
            self.env["ir.attachment"]
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "source"),
                ],
                limit=1,
            )
            .raw
        )

    def _make_from_source(self, mail, model):
        """Make a complaint or request of a mail that is kept here."""
        records = self.env[model].with_context(fcrm_mail_id=self.id)
        return records._make_from_mail(mail, self.company_id)

    @api.autovacuum
    def _gc_sources(self):
        """Forget automatic replies after a year; what made a record stays."""
        before = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        # Elevated: the log is written by its own methods only.
        self.sudo().search(
            [
                ("complaint_id", "=", False),
                ("request_id", "=", False),
                ("outcome", "in", ("automatic", "elsewhere")),
                ("received_date", "<", before),
            ],
            limit=1000,
        ).unlink()
