import logging

from odoo.tests import tagged

from .channel_common import ADDRESS, ChannelCase
from .mail_fuzzer_common import MailFuzzer, picture_mail, plain_mail

COMPLAINT = "followup.complaint"


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintGateway(ChannelCase):
    def test_mail_makes_a_complaint(self):
        """C10: A mail to the address is a complaint of who wrote it."""
        complaint = self._deliver(picture_mail(to=ADDRESS))
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.subject, "Colour is off")
        self.assertIn("Sizes do not match", complaint.description)
        self.assertEqual(complaint.channel, "email")
        self.assertEqual(complaint.company_id, self.company_a)
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertEqual(complaint.partner_id, self.buyer)
        self.assertEqual(complaint.user_id, self.user_own)
        self.assertEqual(complaint.email_from, "buyer@brook.example")
        names = complaint.message_ids.attachment_ids.mapped("name")
        self.assertEqual(names, ["size.png"])

    def test_same_mail_twice(self):
        """C10: The same mail delivered twice makes one complaint."""
        self.assertEqual(len(self._deliver()), 1)
        self.assertEqual(len(self._deliver()), 0)
        # By another way: other traces at the top.
        again = b"Received: from relay.example\r\n" + plain_mail()
        self.assertEqual(len(self._deliver(again)), 0)

    def test_corpus(self):
        """C10: Of 200 malformed mails none is lost, none doubled, none a traceback."""
        corpus = MailFuzzer(ADDRESS).corpus()
        self.assertGreaterEqual(len(corpus), 200)
        wrong = []
        here = self.gateway.with_company(self.company_a)
        for mail in corpus:
            for expected in (1, 0):
                before = self.complaints.search_count([])
                with self.assertNoLogs("odoo", level=logging.ERROR):
                    here.message_process(COMPLAINT, mail.raw)
                self.env.flush_all()
                made = self.complaints.search_count([]) - before
                if made != expected:
                    wrong.append((mail.kind, expected, made))
        self.assertEqual(wrong, [])
