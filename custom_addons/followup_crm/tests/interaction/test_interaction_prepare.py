from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from .interaction_common import InvoiceCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestInteractionPrepare(InvoiceCase):
    """What is at hand before a contact: purpose, checklist, clashes, dates."""

    def _create_need(self, **vals):
        return self.env["followup.need"].create(
            {"customer_id": self.customer.id, "name": "Lighter cartons", **vals}
        )

    def _get_checks(self, contact):
        return {(c.kind, c.name) for c in contact.check_ids}

    def test_checklist(self):
        """F2: needs, promises, overdue invoices and what was left open last time."""
        need = self._create_need(date_deadline="2026-06-12")
        other = self.env["followup.need"].create(
            {"customer_id": self.foreign.id, "name": "Not theirs"}
        )
        before = self._plan(date="2026-06-01", content="They called")
        before.check_ids = [Command.create({"name": "Bring the colour card"})]
        before.write({"next_step": "Send swatches", "next_date": "2026-06-30"})
        before.action_done()
        invoice = self._create_invoice("2026-05-01")
        self._create_invoice("2026-07-01")
        contact = self._plan()
        contact.action_prepare()
        checks = self._get_checks(contact)
        self.assertEqual(
            {kind for kind, _name in checks}, {"need", "promise", "last", "invoice"}
        )
        texts = " ".join(name for _kind, name in checks)
        for word in ("Lighter cartons", "Send swatches", "colour card", invoice.name):
            self.assertIn(word, texts)
        self.assertNotIn(other.name, texts)
        contact.action_prepare()
        self.assertEqual(len(contact.check_ids), 4)
        need.write({"answer": "Done", "state": "answered"})
        contact.action_prepare()
        self.assertEqual(len(contact.check_ids), 3)

    def test_checklist_grows_without_queries(self):
        """F2: preparing many contacts costs no query each."""
        contacts = self.env["followup.interaction"]
        counts = []
        for size in (2, 20):
            customers = [self._create_customer(f"Bulk {size} {i}") for i in range(size)]
            for customer in customers:
                self._create_need(customer_id=customer.id)
            made = contacts.concat(*(self._plan(customer) for customer in customers))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            made._fill_checklist()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(made.check_ids), size)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_purpose_is_proposed(self):
        """F2: the purpose comes from what is open, by its urgency."""
        model = self._as(self.env["followup.interaction"], self.user_own)
        self.assertEqual(
            model._get_proposed_purpose(self._as(self.customer, self.user_own)),
            "Keep in touch",
        )
        self._create_need()
        form = Form(model.with_context(default_customer_id=self.customer.id))
        self.assertEqual(form.purpose, "Lighter cartons")
        form.kind = "collection"
        form.purpose = "Ask for the payment"
        self.assertEqual(form.save().purpose, "Ask for the payment")

    def test_purpose_tells_nothing_of_foreign_customers(self):
        """Attack 7: a default customer of somebody else proposes nothing."""
        self._create_need(customer_id=self.foreign.id, name="Secret need")
        model = self._as(self.env["followup.interaction"], self.user_own)
        found = model.with_context(default_customer_id=self.foreign.id).default_get(
            ["purpose", "customer_id"]
        )
        self.assertEqual(found["purpose"], "Keep in touch")

    def test_clashes_of_the_user(self):
        """F4: an overlapping appointment shows before saving, a private one as busy."""
        calendar = self.env["calendar.event"].with_user(self.user_own_2)
        calendar.create(
            {
                "name": "Doctor",
                "privacy": "private",
                "start": "2026-06-12 09:30:00",
                "stop": "2026-06-12 10:30:00",
                "partner_ids": [Command.set(self.user_own_2.partner_id.ids)],
            }
        )
        model = self._as(self.env["followup.interaction"], self.user_all)
        form = Form(model.with_context(default_customer_id=self.foreign.id))
        form.user_id = self.user_own_2
        form.start = "2026-06-12 09:00:00"
        form.duration = 0.5
        self.assertFalse(form.clash_note)
        form.duration = 1
        self.assertIn("is busy", form.clash_note)
        self.assertNotIn("Doctor", form.clash_note)
        contact = form.save()
        contact.event_id.sudo().partner_ids.invalidate_recordset()
        contact.invalidate_recordset(["clash_note"])
        self.assertEqual(contact.clash_note.count("is busy"), 1)

    def test_clashes_of_the_team(self):
        """F4: two colleagues at one customer on one day are told."""
        self.customer.sudo().team_user_ids = self.user_own_2
        self._plan(method="visit", date="2026-06-12")
        model = self._as(self.env["followup.interaction"], self.user_own_2)
        form = Form(model.with_context(default_customer_id=self.customer.id))
        form.method = "visit"
        form.date = "2026-06-12"
        self.assertIn("Ask about the autumn order", form.clash_note)
        form.date = "2026-06-15"
        self.assertFalse(form.clash_note)

    def test_clash_with_a_holiday(self):
        """F4: who does not work on that day is told so, too."""
        self.assertIn("does not work", self._plan(date="2026-06-13").clash_note)

    def _leave(self, calendar, day, **vals):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "calendar_id": calendar.id,
                "company_id": self.company_a.id,
                "date_from": f"{day} 00:00:00",
                "date_to": f"{day} 23:59:59",
                **vals,
            }
        )

    def test_working_days(self):
        """F2: proposed dates keep to working days, public holidays and leave."""
        calendar = self.company_a.resource_calendar_id
        resource = self.env["resource.resource"].create(
            {
                "name": "Own",
                "user_id": self.user_own.id,
                "company_id": self.company_a.id,
                "calendar_id": calendar.id,
            }
        )
        self._leave(calendar, "2026-06-11")
        self._leave(calendar, "2026-06-12", resource_id=resource.id)
        calendar.tz = "UTC"
        user, other = self.user_own, self.user_own_2
        company = self.company_a
        self.assertEqual(
            user._fcrm_next_working_day(date(2026, 6, 11), company), date(2026, 6, 15)
        )
        self.assertEqual(
            other._fcrm_next_working_day(date(2026, 6, 11), company), date(2026, 6, 12)
        )

    def test_important_dates_for_the_team_only(self):
        """F5: the account team sees the day at hand, a manager does not."""
        self.env["followup.person"].sudo().create(
            {
                "customer_id": self.customer.id,
                "contact_id": self.person.id,
                "birthday": "1980-06-20",
                "purpose": "relationship",
            }
        )
        contact = self._plan()
        self.assertIn("Anna Linde", contact.upcoming_dates)
        self.assertNotIn("1980", contact.upcoming_dates)
        self.assertFalse(self._as(contact, self.manager).upcoming_dates)
