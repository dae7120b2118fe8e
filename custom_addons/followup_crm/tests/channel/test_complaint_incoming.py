from freezegun import freeze_time
from markupsafe import Markup

from odoo.tests import tagged

from .channel_common import ADDRESS, ChannelCase
from .mail_fuzzer_common import plain_mail


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintIncoming(ChannelCase):
    def _reply(self, complaint, number=1, **headers):
        """A mail of the buyer that answers the first message of a complaint."""
        message = complaint.message_ids.sorted("id")[:1]
        headers = {
            "Message_Id": f"<reply-{number}@brook.example>",
            "In_Reply_To": message.message_id,
            "Subject": "Re: Colour is off",
            **headers,
        }
        return self._deliver(**headers)

    def test_reply(self):
        """C10: A reply goes to its complaint, and is one however often it comes."""
        complaint = self._deliver()
        count = len(complaint.message_ids)
        self.assertFalse(self._reply(complaint, text="Any news?\r\n"))
        self.assertFalse(self._reply(complaint, text="Any news?\r\n"))
        self.assertEqual(len(complaint.message_ids), count + 1)
        newest = complaint.message_ids.sorted("id")[-1]
        self.assertIn("Any news?", newest.body)
        self.assertEqual(newest.author_id, self.buyer)
        self.assertEqual(newest.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(self._entry("<reply-1@brook.example>").outcome, "reply")

    def test_reply_without_headers(self):
        """C10: Without headers, the number in the subject leads to the complaint."""
        complaint = self._deliver()
        count = len(complaint.message_ids)
        subject = f"RE: {complaint.name}: we have received your complaint"
        self.assertFalse(self._deliver(Message_Id="<n1@x.example>", Subject=subject))
        self.assertEqual(len(complaint.message_ids), count + 1)

    def test_number_in_a_strangers_subject(self):
        """22, C10: Naming a number opens nobody's complaint to a stranger."""
        complaint = self._deliver()
        made = self._deliver(
            Message_Id="<n2@evil.example>",
            Subject=f"Re: {complaint.name}",
            sender="thief@evil.example",
        )
        self.assertEqual(len(made), 1)
        self.assertFalse(made.customer_id)

    def test_reply_of_a_stranger(self):
        """11, 22: A stranger's reply is kept for us, and shown to no customer."""
        complaint = self._deliver()
        self._reply(complaint, sender="thief@evil.example", text="Pay to me\r\n")
        newest = complaint.message_ids.sorted("id")[-1]
        self.assertIn("Pay to me", newest.body)
        self.assertEqual(newest.subtype_id, self.env.ref("mail.mt_note"))
        self.assertNotIn(newest, complaint._get_portal_messages())

    def test_reply_in_a_colleagues_name(self):
        """22: A forged colleague speaks to no customer."""
        complaint = self._deliver()
        complaint.message_subscribe(partner_ids=self.buyer.ids)
        self.user_own.partner_id.email = "own@aster.example"
        self._reply(complaint, sender="own@aster.example", text="Pay to me\r\n")
        newest = complaint.message_ids.sorted("id")[-1]
        self.assertFalse(newest.author_id)
        self.assertEqual(newest.subtype_id, self.env.ref("mail.mt_note"))
        self.assertNotIn(self.buyer, newest.notified_partner_ids)
        # The mail server vouches for the second one.
        self.channel.mail_server_name = "mx.aster.example"
        self._reply(
            complaint,
            number=2,
            sender="own@aster.example",
            Authentication_Results="mx.aster.example; dmarc=pass",
        )
        newest = complaint.message_ids.sorted("id")[-1]
        self.assertEqual(newest.author_id, self.user_own.partner_id)
        self.assertEqual(newest.subtype_id, self.env.ref("mail.mt_comment"))

    def test_reply_resumes(self):
        """C3, C10: The customer's answer ends the pause."""
        complaint = self._deliver()
        complaint.action_acknowledge()
        complaint._pause("Waiting for pictures")
        self.assertTrue(complaint.is_paused)
        self._reply(complaint)
        self.assertFalse(complaint.is_paused)

    def test_reply_to_another_document_in_copy(self):
        """C10: The answer to an order, in copy to us, is a complaint as well."""
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.partner_id.id}
        )
        message = order.message_post(
            body=Markup("Shipped"), subtype_xmlid="mail.mt_comment"
        )
        journal = self.env["mail.alias"].create(
            {
                "alias_name": "invoices-in",
                "alias_domain_id": self.domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("account.move"),
            }
        )
        # The second goes to invoices, too, which refuse mails without a file.
        for number, other in enumerate(("orders@x.example", journal.alias_full_name)):
            made = self._deliver(
                to=other,
                Cc=ADDRESS,
                In_Reply_To=message.message_id,
                Message_Id=f"<copy-{number}@brook.example>",
            )
            self.assertEqual(len(made), 1)
            self.assertEqual(made.customer_id, self.customer)
        copies = order.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertEqual(len(copies), 1)

    def test_two_companies(self):
        """C10: A mail to two companies is a complaint in each."""
        other = self.env["followup.complaint.channel"]._of_company(self.company_b)
        self.company_b.alias_domain_id = self.domain
        other.alias_name = "claims"
        made = self._deliver(to=f"{ADDRESS}, claims@aster.example")
        self.assertEqual(made.company_id, self.company_a | self.company_b)
        self.assertEqual(len(made), 2)
        self.assertFalse(self._deliver(to=f"{ADDRESS}, claims@aster.example"))

    @freeze_time("2026-03-02 09:00:00")
    def test_many_mails_of_one_sender(self):
        """24, C10: All of 45 mails in an hour are kept, more than Odoo's default."""
        made = self.complaints.browse()
        for number in range(25):
            made |= self._deliver(
                Message_Id=f"<many-{number}@brook.example>", Subject=f"Carton {number}"
            )
        self.assertEqual(len(made), 25)
        complaint = made[0]
        count = len(complaint.message_ids)
        for number in range(25):
            self._reply(complaint, number=number)
        self.assertEqual(len(complaint.message_ids), count + 25)

    def test_nothing_for_us(self):
        """C10: Mails to others are Odoo's: an unknown address is refused as ever."""
        with self.assertRaises(ValueError):
            self._deliver(to="nobody@aster.example")
        raw = plain_mail(to="nobody@aster.example")
        self.gateway.message_process("crm.lead", raw)
        leads = self.env["crm.lead"].search([("name", "=", "Colour is off")])
        self.assertEqual(len(leads), 1)
        self.assertFalse(self._entry("<mail-1@brook.example>"))

    def test_text_stays_text(self):
        """17: What looks like code is text."""
        # Their product is in no number and no token by chance.
        evil = "<script>alert(1)</script> {{81*'xy'}} ${81*'xy'} javascript:alert(1)"
        complaint = self._deliver(Subject=evil, text=f"{evil}\r\n")
        self.assertEqual(complaint.subject, evil)
        self.assertIn("<script>alert(1)</script> {{81*'xy'}}", complaint.description)
        for message in complaint.message_ids:
            self.assertNotIn("<script", message.body)
            self.assertNotIn("xyxy", message.body)

    def test_html_is_cleaned(self):
        """17: Scripts and dangerous links in a mail's HTML do not get through."""
        complaint = self._deliver(
            Content_Type="text/html; charset=utf-8",
            text='<p onclick="a()">Off <a href="javascript:b()">x</a>'
            "<script>c()</script></p>",
        )
        body = "".join(complaint.message_ids.mapped("body"))
        for word in ("onclick", "javascript:", "<script"):
            self.assertNotIn(word, body)
        self.assertIn("Off", complaint.description)
