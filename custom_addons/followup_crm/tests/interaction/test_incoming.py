from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .interaction_common import InteractionCase

MAIL = """From: {sender}
To: log@meridian.test
Subject: {subject}
Message-Id: <{number}@test>
Date: Wed, 10 Jun 2026 14:05:00 +0000
Content-Type: text/plain; charset=utf-8

{body}
"""
FORWARDED = """Please log.

From: Anna Linde <anna@linden.test>
Date: 10 June 2026 14:05
To: own@meridian.test
Subject: Samples

Where are the samples?"""


@tagged("post_install", "-at_install", "followup_crm", "interaction")
class TestIncoming(InteractionCase):
    """Forwarded and pasted messages reach the right customer or nobody (F14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_own.email = "own@meridian.test"
        cls.user_own_2.email = "own2@meridian.test"
        cls.company_a.fcrm_alias_name = "log-7f3a"

    def _receive(self, body, sender="own@meridian.test", number=1, subject="Fwd"):
        text = MAIL.format(sender=sender, subject=subject, number=number, body=body)
        self.env["mail.thread"].sudo().with_context(
            mail_create_nolog=True
        ).message_process(
            "followup.incoming", text, custom_values={"company_id": self.company_a.id}
        )
        return self.env["followup.incoming"].sudo().search([], limit=1)

    def test_alias(self):
        """F14: one alias per company, which tells the company."""
        alias = self.company_a.fcrm_alias_id
        self.assertEqual(alias.alias_model_id.model, "followup.incoming")
        self.assertEqual(alias.alias_contact, "partners")
        self.assertIn(str(self.company_a.id), alias.alias_defaults)
        self.company_a.fcrm_alias_name = False
        self.assertFalse(alias.alias_name)

    def test_forwarded_to_the_customer(self):
        """F14: the customer whose address it carries gets a done contact."""
        incoming = self._receive(FORWARDED)
        self.assertEqual(incoming.state, "attached")
        contact = incoming.interaction_id
        self.assertEqual(contact.customer_id, self.customer)
        self.assertEqual(contact.user_id, self.user_own)
        self.assertEqual(contact.contact_ids, self.person)
        self.assertEqual((contact.state, contact.method), ("done", "email"))
        self.assertIn("Where are the samples", contact.content)
        self.assertEqual(str(self.customer.last_contact_date), "2026-06-10")

    def test_same_mail_twice(self):
        """F14: a mail that is delivered twice is one contact."""
        self._receive(FORWARDED)
        self._receive(FORWARDED)
        contacts = self.env["followup.interaction"].sudo()
        self.assertEqual(
            contacts.search_count([("customer_id", "=", self.customer.id)]), 1
        )

    def test_unknown_and_ambiguous(self):
        """F14: no customer, or two, and nothing is attached."""
        incoming = self._receive(FORWARDED.replace("anna@linden", "x@nowhere"))
        self.assertEqual((incoming.state, incoming.reason), ("waiting", "none"))
        twin = self._create_customer("Linden Retail", email="anna@linden.test")
        incoming = self._receive(FORWARDED, number=2)
        self.assertEqual((incoming.state, incoming.reason), ("waiting", "several"))
        self.assertFalse(incoming.interaction_id)
        mine = self._as(incoming, self.user_own)
        mine.customer_id = twin
        mine.action_attach()
        self.assertEqual(incoming.interaction_id.customer_id, twin)
        self.assertEqual(incoming.state, "attached")

    def test_hidden_customer_makes_it_ambiguous(self):
        """F14: a second customer with the address counts, though it is not seen."""
        self._create_customer("Hidden", self.user_own_2, email="anna@linden.test")
        incoming = self._receive(FORWARDED)
        self.assertEqual((incoming.state, incoming.reason), ("waiting", "several"))

    def test_rights_of_the_forwarder(self):
        """F14, attack 22: foreign customers are not found, strangers gain nothing."""
        incoming = self._receive(FORWARDED, "own2@meridian.test")
        self.assertEqual((incoming.state, incoming.reason), ("waiting", "none"))
        incoming = self._receive(FORWARDED, "stranger@evil.test", number=2)
        self.assertEqual((incoming.state, incoming.reason), ("waiting", "sender"))
        self.assertFalse(incoming.user_id)
        incoming = self._receive(FORWARDED, "anna@linden.test", number=3)
        self.assertEqual((incoming.state, incoming.reason), ("waiting", "sender"))

    def test_list_is_ones_own(self):
        """F14: users sort out what they forwarded, managers everything."""
        incoming = self._receive("Nothing known")
        self.assertTrue(self._as(incoming, self.user_own).read(["name"]))
        self.assertTrue(self._as(incoming, self.manager).read(["name"]))
        for user in (self.user_own_2, self.user_all, self.officer, self.portal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(incoming, user).read(["name"])
        mine = self._as(incoming, self.user_own)
        for vals in ({"state": "attached"}, {"user_id": self.user_own_2.id}):
            with self.assertRaises(AccessError):
                mine.write(vals)
        mine.customer_id = self.foreign
        with self.assertRaises(AccessError):
            mine.action_attach()
        mine.action_drop()
        self.assertEqual(incoming.state, "dropped")

    def test_broken_mails(self):
        """Attacks 18 and 23: no subject, NUL, huge: kept, never an error."""
        incoming = self._receive("a\x00b " + "x" * 50_000, subject="")
        self.assertEqual(incoming.state, "waiting")
        self.assertEqual(len(incoming.text), 20_000)

    def test_paste(self):
        """F14: a pasted mail proposes customer, people, day and purpose."""
        model = self._as(self.env["followup.paste"], self.user_own)
        form = Form(model)
        form.text = FORWARDED
        self.assertEqual(form.customer_id, self.customer)
        self.assertEqual(form.purpose, "Samples")
        self.assertEqual(form.method, "email")
        form.save().action_save()
        contact = self.env["followup.interaction"].search(
            [("customer_id", "=", self.customer.id)]
        )
        self.assertEqual(contact.contact_ids, self.person)
        self.assertEqual(contact.state, "done")
        self.assertEqual(str(contact.date), "2026-06-10")

    def test_paste_without_a_customer(self):
        """F14: a chat without address waits, or is given a customer by hand."""
        text = "张伟 2026-06-10 14:05\n样品收到了吗？"
        model = self._as(self.env["followup.paste"], self.user_own)
        form = Form(model)
        form.text = text
        self.assertFalse(form.customer_id)
        form.save().action_put_aside()
        waiting = self._as(self.env["followup.incoming"], self.user_own).search([])
        self.assertEqual(waiting.reason, "pasted")
        self.assertEqual(waiting.method, "message")
