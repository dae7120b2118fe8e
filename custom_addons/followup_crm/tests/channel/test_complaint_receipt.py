from markupsafe import Markup

from odoo.tests import tagged

from odoo.addons.mail.tests.common import MailCase

from .channel_common import ADDRESS, ChannelCase


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintReceipt(ChannelCase, MailCase):
    def _receipts(self, complaint):
        return complaint.message_ids.filtered(
            lambda message: message.message_type == "auto_comment"
        )

    def _mails(self, complaint):
        receipts = self._receipts(complaint)
        return self.env["mail.mail"].search([("mail_message_id", "in", receipts.ids)])

    def test_receipt(self):
        """C3, C10: Whoever writes learns the number at once, with a link."""
        complaint = self._deliver()
        mail = self._mails(complaint)
        self.assertEqual(len(mail), 1)
        self.assertIn(complaint.name, mail.subject)
        self.assertIn(complaint.access_token, mail.body_html)
        self.assertEqual(mail.recipient_ids, self.buyer)
        self.assertIn("auto-replied", mail.headers)
        self.assertIn(ADDRESS, mail.reply_to)
        self.assertEqual(mail.state, "outgoing")

    def test_receipt_to_a_stranger(self):
        """C10: Who is no customer gets the receipt at the address that wrote."""
        complaint = self._deliver(sender="stranger@elsewhere.example")
        mail = self._mails(complaint)
        self.assertEqual(mail.email_to, "stranger@elsewhere.example")
        self.assertFalse(mail.recipient_ids)

    def test_receipt_in_the_customers_language(self):
        """R4, C10: The receipt speaks the customer's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["followup_crm"], ["zh_CN"])
        self.buyer.lang = "zh_CN"
        self.assertIn("投诉", self._mails(self._deliver()).subject)

    def test_no_receipt(self):
        """24: Machines get no receipt, nor does anybody where it is switched off."""
        complaint = self._deliver(Precedence="list", Message_Id="<l@x.example>")
        self.assertEqual(len(complaint), 1)
        self.assertFalse(self._receipts(complaint))
        own = self._deliver(sender=ADDRESS, Message_Id="<o@x.example>")
        self.assertFalse(self._receipts(own))
        self.channel.is_receipt_sent = False
        self.assertFalse(self._receipts(self._deliver()))

    def test_loop_of_an_unknown_machine(self):
        """24: A machine that hides what it is gets five receipts, and all are kept."""
        made = self.complaints.browse()
        for number in range(12):
            made |= self._deliver(
                sender="robot@elsewhere.example", Message_Id=f"<r{number}@x.example>"
            )
        self.assertEqual(len(made), 12)
        self.assertEqual(len(self._receipts(made)), 5)

    def test_automatic_reply_to_the_receipt(self):
        """24: The answer of an absence assistant ends there: no complaint, no mail."""
        complaint = self._deliver()
        receipt = self._receipts(complaint)
        mails = self.env["mail.mail"].search_count([])
        made = self._deliver(
            Message_Id="<absent@brook.example>",
            In_Reply_To=receipt.message_id,
            Auto_Submitted="auto-replied",
            Subject="Out of office",
        )
        self.assertFalse(made)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        note = complaint.message_ids.sorted("id")[-1]
        self.assertIn("Out of office", note.body)
        self.assertNotIn(note, complaint._get_portal_messages())
        entry = self._entry("<absent@brook.example>")
        self.assertEqual(entry.outcome, "automatic")
        self.assertEqual(entry.complaint_id, complaint)

    def test_reply_address(self):
        """C10: What we write is answered to the complaints' own address."""
        complaint = self._deliver()
        message = complaint.message_post(
            body=Markup("We look into it"), subtype_xmlid="mail.mt_comment"
        )
        self.assertIn(ADDRESS, message.reply_to)
