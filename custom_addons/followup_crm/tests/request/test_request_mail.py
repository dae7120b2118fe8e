import logging

from odoo.tests import tagged

from ..channel.channel_common import DOMAIN, ChannelCase
from ..channel.mail_fuzzer_common import MailFuzzer, picture_mail, plain_mail

SALES = f"inquiries@{DOMAIN}"
REQUEST = "followup.request"


@tagged("post_install", "-at_install", "followup_crm", "request", "channel")
class TestRequestMail(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        channels = cls.env["followup.request.channel"].sudo()
        cls.sales = channels._of_company(cls.company_a)
        cls.sales.alias_name = "inquiries"
        cls.requests = cls.env[REQUEST].sudo()

    @classmethod
    def _deliver(cls, raw=None, model=None, **headers):
        before = cls.requests.search([])
        headers.setdefault("to", SALES)
        cls.gateway.message_process(model, raw if raw else plain_mail(**headers))
        cls.env.invalidate_all()
        return cls.requests.search([]) - before

    def test_mail_makes_a_request(self):
        """Q1: A mail to the address is a request of who wrote it, once."""
        request = self._deliver(picture_mail(to=SALES))
        self.assertEqual(request.subject, "Colour is off")
        self.assertIn("Sizes do not match", request.description)
        self.assertEqual(request.customer_id, self.customer)
        self.assertEqual(request.partner_id, self.buyer)
        self.assertEqual(request.user_id, self.user_own)
        self.assertEqual(request.channel, "email")
        self.assertFalse(request.is_sender_verified)
        self.assertFalse(self._deliver(picture_mail(to=SALES)))
        self.assertFalse(self.complaints.search([("subject", "=", "Colour is off")]))
        self.assertEqual(self._entry("<mail-1@brook.example>").request_id, request)

    def test_receipt(self):
        """Q1: Whoever writes gets the number; an answer to it is no new request."""
        request = self._deliver()
        receipt = request.message_ids.filtered(
            lambda m: m.message_type == "auto_comment"
        )
        self.assertIn(request.name, receipt.subject)
        self.assertEqual(receipt.partner_ids, self.buyer)
        self.assertFalse(
            self._deliver(
                In_Reply_To=receipt.message_id, Message_Id="<mail-2@brook.example>"
            )
        )
        self.assertFalse(
            self._deliver(
                Subject=f"Re: {request.name}", Message_Id="<mail-3@brook.example>"
            )
        )
        mails = request.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(len(mails), 3)

    def test_automatic_reply(self):
        """Q1: An automatic reply makes no request and gets no answer."""
        made = self._deliver(
            Auto_Submitted="auto-replied", Subject="Out of office: until Monday"
        )
        self.assertFalse(made)
        entry = self._entry("<mail-1@brook.example>")
        self.assertEqual(entry.outcome, "automatic")
        action = self._as(entry.sudo(False), self.manager).action_make_request()
        self.assertEqual(action["res_model"], REQUEST)
        self.assertTrue(self.requests.browse(action["res_id"]).exists())

    def test_stranger_is_matched_later(self):
        """Q1: A stranger is kept, and becomes a customer by a person's hand."""
        request = self._deliver(From="Nia New <nia@new.example>")
        self.assertFalse(request.customer_id or request.partner_id)
        self.assertEqual(request.contact_name, "Nia New")
        own = self._as(request.sudo(False), self.manager)
        wizard = own.env["followup.request.match"].create({"request_id": own.id})
        wizard.action_new_contact()
        self.assertEqual(own.customer_id.name, "Nia New")
        self.assertEqual(own.customer_id.email, "nia@new.example")

    def test_customer_writes_again(self):
        """Q1: A reply after the answer waits for us again; the promise runs anew."""
        request = self._deliver()
        request._answered("By phone.")
        first = request.first_answered_date
        self._deliver(
            Subject=f"Re: {request.name}", Message_Id="<mail-2@brook.example>"
        )
        self.assertEqual(request.state, "working")
        self.assertFalse(request.answered_date)
        self.assertEqual(request.first_answered_date, first)
        self.assertIn(self.user_own, request.activity_ids.user_id)

    def test_colleague_answers_by_mail(self):
        """Q1: A colleague's mail that our server vouches for is the answer."""
        self.sales.mail_server_name = "mx.aster.example"
        self.user_own.email = "own@aster.example"
        request = self._deliver()
        receipt = request.message_ids.filtered(
            lambda m: m.message_type == "auto_comment"
        )
        self._deliver(
            From="Own <own@aster.example>",
            to=f"buyer@brook.example, {SALES}",
            In_Reply_To=receipt.message_id,
            Message_Id="<own-1@aster.example>",
            Authentication_Results="mx.aster.example; dmarc=pass"
            " header.from=aster.example",
        )
        self.assertEqual(request.state, "answered")

    def test_forged_colleague(self):
        """Attack 22: Who writes in a colleague's name gains nothing."""
        self.user_own.email = "own@aster.example"
        request = self._deliver(From="Own <own@aster.example>")
        self.assertFalse(request.is_sender_verified)
        self.assertFalse(request.partner_id)
        mail = request.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertFalse(mail.author_id)
        self.assertEqual(request.state, "new")

    def test_damaged_mails(self):
        """Attack 23: Of malformed mails none is lost, none doubled, no traceback."""
        wrong = []
        here = self.gateway.with_company(self.company_a)
        for mail in MailFuzzer(SALES).corpus()[::5]:
            for expected in (1, 0):
                before = self.requests.search_count([])
                with self.assertNoLogs("odoo", level=logging.ERROR):
                    here.message_process(REQUEST, mail.raw)
                self.env.flush_all()
                made = self.requests.search_count([]) - before
                if made != expected:
                    wrong.append((mail.kind, expected, made))
        self.assertEqual(wrong, [])

    def test_both_addresses(self):
        """Q1: A mail to both addresses is entered for each, once."""
        request = self._deliver(to=f"{SALES}, complaints@{DOMAIN}")
        found = self.complaints.search([("email_from", "=", "buyer@brook.example")])
        self.assertEqual((len(request), len(found)), (1, 1))
