from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.incoming_mail import IncomingMail
from .channel_common import ADDRESS, ChannelCase
from .mail_fuzzer_common import plain_mail

BOUNCE = (
    "This is the mail system.\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n"
    "\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; buyer@brook.example\r\n"
    "Status: 5.1.1\r\n\r\n--b--\r\n"
)


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintMail(ChannelCase):
    def _log(self):
        return self.env["followup.complaint.mail"].sudo()

    def test_automatic_reply(self):
        """24, C10: An automatic reply makes no complaint and can still become one."""
        made = self._deliver(Auto_Submitted="auto-replied", Subject="Absent")
        self.assertFalse(made)
        entry = self._entry("<mail-1@brook.example>")
        self.assertEqual(entry.outcome, "automatic")
        self.assertEqual(entry.company_id, self.company_a)
        self._as(entry, self.officer).action_make_complaint()
        self.assertEqual(entry.complaint_id.subject, "Absent")
        self.assertEqual(entry.complaint_id.customer_id, self.customer)
        with self.assertRaises(UserError):
            self._as(entry, self.officer).action_make_complaint()

    def test_bounce(self):
        """24: What comes back from a mail server makes no complaint and no mail."""
        mails = self.env["mail.mail"].search_count([])
        made = self._deliver(
            From="MAILER-DAEMON@brook.example",
            Content_Type='multipart/report; report-type=delivery-status; boundary="b"',
            Return_Path="<>",
            text=BOUNCE,
        )
        self.assertFalse(made)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertEqual(self._entry("<mail-1@brook.example>").outcome, "automatic")

    def test_damaged(self):
        """23: A mail that cannot be read is a complaint with the original attached."""
        raw = plain_mail(
            to=ADDRESS, Content_Type="message/rfc822", text="\0 no message\r\n"
        )
        complaint = self._deliver(raw)
        self.assertEqual(len(complaint), 1)
        entry = self._log().search([("complaint_id", "=", complaint.id)])
        if entry.is_broken:
            original = complaint.message_ids.attachment_ids
            self.assertEqual(original.raw, raw)

    def test_no_subject_no_sender(self):
        """23: Without subject and sender there is a complaint to ask about."""
        complaint = self._deliver(Subject=None, From=None)
        self.assertEqual(len(complaint), 1)
        self.assertTrue(complaint.subject)
        self.assertFalse(complaint.customer_id)
        self.assertIn("off", complaint.description)

    def test_unreadable_for_odoo(self):
        """23: Whatever fails in Odoo's gateway, the mail is kept."""

        def fail(*args, **kwargs):
            raise LookupError("unknown encoding")

        self.patch(type(self.env["mail.thread"]), "message_parse", fail)
        complaint = self._deliver()
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.subject, "Colour is off")
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertEqual(
            complaint.message_ids.attachment_ids.mapped("raw"), [plain_mail()]
        )
        self.assertTrue(self._entry("<mail-1@brook.example>").is_broken)
        self.assertFalse(self._deliver())

    def test_failing_without_a_bounce(self):
        """23: Who wrote a mail that fails in making a complaint is not told off."""

        def fail(*args, **kwargs):
            raise RuntimeError("no complaint today")

        self.patch(type(self.env["followup.complaint"]), "message_new", fail)
        mails = self.env["mail.mail"].search([])
        complaint = self._deliver()
        self.assertEqual(len(complaint), 1)
        sent = self.env["mail.mail"].search([]) - mails
        self.assertFalse(sent.filtered(lambda one: "could not be" in one.body_html))
        self.assertNotEqual(self.channel.alias_id.alias_status, "invalid")

    def test_address_for_some_only(self):
        """C10: Where a company takes mails of its contacts only, others are told."""
        self.channel.alias_id.alias_contact = "partners"
        mails = self.env["mail.mail"].search_count([])
        self.assertFalse(self._deliver(sender="stranger@elsewhere.example"))
        self.assertEqual(self.env["mail.mail"].search_count([]), mails + 1)
        self.assertEqual(len(self._deliver(Message_Id="<m2@brook.example>")), 1)

    def test_privacy_lookup(self):
        """R3: Odoo's privacy lookup finds the mails of a person who is nobody here."""
        self._deliver(sender="stranger@elsewhere.example")
        entry = self._entry("<mail-1@brook.example>")
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": "Stranger", "email": "stranger@elsewhere.example"}
        )
        wizard.action_lookup()
        found = wizard.line_ids.filtered(lambda line: line.res_model == entry._name)
        self.assertEqual(found.mapped("res_id"), entry.ids)

    def test_claim(self):
        """C10: A key is claimed once."""
        mail = IncomingMail(plain_mail())
        first = self._log()._claim(mail, self.company_a)
        self.assertEqual(len(first), 1)
        self.assertFalse(self._log()._claim(mail, self.company_a))

    def test_access(self):
        """C10: Officers and managers read the log; nobody writes it."""
        self._deliver()
        entry = self._entry("<mail-1@brook.example>")
        for user in (self.officer, self.manager):
            self.assertTrue(self._as(entry, user).subject)
            with self.assertRaises(AccessError):
                self._as(entry, user).write({"subject": "x"})
            with self.assertRaises(AccessError):
                self._as(entry, user).unlink()
        for user in (self.user_own, self.user_all, self.portal_user, self.user_b):
            with self.assertRaises(AccessError):
                self._as(entry, user).read(["subject"])
            with self.assertRaises(AccessError):
                self._as(entry, user).action_make_complaint()
        officer_b = self._create_user(
            "officerb", "followup_crm.group_complaint_officer", self.company_b
        )
        self.assertFalse(self._as(self._log(), officer_b).sudo(False).search([]))

    def test_old_automatic_mails_are_forgotten(self):
        """C9, C10: After a year, mails without a complaint go; the others stay."""
        self._deliver()
        self._deliver(Message_Id="<auto@x.example>", Auto_Submitted="auto-replied")
        entries = self._log().search([])
        entries.received_date = fields.Datetime.now() - timedelta(days=400)
        self._log()._gc_sources()
        self.assertFalse(self._entry("<auto@x.example>"))
        self.assertTrue(self._entry("<mail-1@brook.example>"))
