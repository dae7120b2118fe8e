from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountContact(KeyAccountCase):
    """Who visits whom, and the manager introduced in writing (A6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time("2026-06-30 10:00:00")
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.customer = cls._create_customer("Key")
        cls.account = cls._account(cls.customer)
        people = cls.env["res.partner"].sudo()
        partner = cls.customer.sudo().partner_id
        cls.chief = people.create(
            {"name": "Chief", "parent_id": partner.id, "email": "chief@key.example"}
        )
        cls.handler = people.create({"name": "Handler", "parent_id": partner.id})

    def _row(self, **vals):
        rows = self._as(self.env["followup.account.contact"], self.user_own)
        return rows.create({"account_id": self.account.id, **vals})

    def test_intervals_by_level(self):
        """A6: each level has its interval, which can be changed."""
        self.assertEqual(self._row(role="decision").interval_days, 90)
        self.assertEqual(self._row(role="handler").interval_days, 14)
        self.assertEqual(self._row(role="finance", interval_days=7).interval_days, 7)

    def test_dates_by_hand(self):
        """A6: the last visit of this colleague with this person; due 14 days later."""
        row = self._row(contact_id=self.handler.id, user_id=self.user_own.id)
        self.assertEqual(row.status, "never")
        self._visit(self.customer, "2026-06-10", contacts=self.handler)
        self._visit(self.customer, "2026-06-20", contacts=self.chief)
        self._visit(self.customer, "2026-06-25", self.user_all, self.handler)
        row.invalidate_recordset()
        self.assertEqual(str(row.last_date), "2026-06-10")
        self.assertEqual(str(row.next_date), "2026-06-24")
        self.assertEqual(row.status, "due")
        for day, status in (("2026-06-20", "soon"), ("2026-06-29", "fine")):
            self._visit(self.customer, day, contacts=self.handler, method="phone")
            row.invalidate_recordset()
            self.assertEqual(row.status, status)

    def test_gap(self):
        """A6: a level without a person, or without one of us, is a gap."""
        self.assertEqual(self._row(role="decision").status, "gap")
        row = self._row(role="decision", contact_id=self.chief.id)
        self.assertEqual(row.status, "gap")

    def test_people_of_others(self):
        """A6: only people of this customer are matched."""
        other = self._create_customer("Other")
        stranger = self._person(other, "Stranger")
        with self.assertRaises(ValidationError):
            self._row(contact_id=stranger.id)

    def test_plan_a_visit(self):
        """A6: the button opens a contact with this person, by this colleague."""
        row = self._row(contact_id=self.handler.id, user_id=self.user_own_2.id)
        action = row.action_plan_visit()
        contacts = self._as(self.env["followup.interaction"], self.user_own)
        with Form(contacts.with_context(**action["context"])) as form:
            form.date = "2026-07-02"
        self.assertEqual(form.record.contact_ids, self.handler)
        self.assertEqual(form.record.user_id, self.user_own_2)
        self.assertEqual(form.record.customer_id, self.customer)

    def test_query_count(self):
        """A6: as many statements for 12 rows as for 2."""
        counts = []
        for number in (2, 12):
            rows = self.env["followup.account.contact"].sudo()
            for index in range(number):
                person = self._person(self.customer, f"{number} {index}")
                rows |= rows.create(
                    {
                        "account_id": self.account.id,
                        "contact_id": person.id,
                        "user_id": self.user_own.id,
                    }
                )
            self.env.flush_all()
            self.env.invalidate_all()
            rows.mapped("contact_id.name")
            rows.mapped("account_id.customer_id.name")
            before = self.env.cr.sql_log_count
            rows.mapped("status")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    # === INTRODUCTION === #

    def _compose(self):
        action = self._as(self.account, self.user_own).action_introduce()
        composer = self._as(self.env["mail.compose.message"], self.user_own)
        return composer.with_context(**action["context"]).create({})

    def test_letter_in_the_customers_language(self):
        """A6: to person in charge and decision maker, in their language, as preview."""
        self.env["res.lang"].sudo()._activate_lang("zh_CN")
        self.customer.sudo().person_in_charge_id = self.chief
        self.chief.lang = "zh_CN"
        self.assertEqual(self.account.sudo()._get_introduction_lang(), "zh_CN")
        letter = self._compose()
        self.assertEqual(letter.partner_ids, self.chief)
        self.assertIn(self.user_own.name, letter.subject)
        self.assertIn("Chief", letter.body)
        self.assertFalse(self.account.sudo().introduced_date)

    def test_sent_is_noted(self):
        """A6: sending notes day and event; other messages do not."""
        self.customer.sudo().person_in_charge_id = self.chief
        self._as(self.account, self.user_own).message_post()
        self.assertFalse(self.account.sudo().introduced_date)
        self._compose().action_send_mail()
        account = self.account.sudo()
        self.assertEqual(str(account.introduced_date), "2026-06-30")
        event = account.event_ids.filtered(lambda one: one.kind == "introduced")
        self.assertEqual((event.after, event.note), (self.user_own.name, "Chief"))
        account.manager_id = self.user_own_2
        self.assertFalse(account.introduced_date)

    def test_nobody_to_write_to(self):
        """A6: without an address, it is said what to do."""
        self.chief.email = False
        with self.assertRaisesRegex(UserError, "e-mail address"):
            self._as(self.account, self.user_own).action_introduce()
