from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.customer import person_retention
from .person_common import PersonCase

CRON = "followup_crm.cron_person_retention"


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestPersonRetention(PersonCase):
    """Personal data are kept until the day they may be kept, no longer (R3)."""

    def setUp(self):
        super().setUp()
        self.person.sudo().keep_until = "2026-06-30"
        self.foreign_person.sudo().keep_until = "2030-01-01"

    def _run_cron(self, day):
        with freeze_time(f"{day} 02:00:00"):
            self.registry_enter_test_mode(register_cleanup=False)
            try:
                self.env.ref(CRON).sudo().method_direct_trigger()
            finally:
                self.registry_leave_test_mode()
        self.env.invalidate_all()

    def _get_reminders(self, customer=None):
        return (customer or self.customer).sudo().activity_ids

    def test_reminder_a_month_before_once(self):
        """R3: the owner is reminded once, without the person's name."""
        self._run_cron("2026-05-30")
        self.assertFalse(self._get_reminders())
        self._run_cron("2026-05-31")
        reminder = self._get_reminders()
        self.assertEqual(len(reminder), 1)
        self.assertEqual(reminder.user_id, self.user_personal)
        self.assertEqual(reminder.date_deadline, self._day("2026-06-30"))
        self.assertNotIn("Clara", f"{reminder.summary} {reminder.note}")
        self._run_cron("2026-06-01")
        self.assertEqual(self._get_reminders(), reminder)
        self.assertTrue(self.person.exists())

    def test_extending_removes_the_reminder(self):
        """R3: the time extended: the reminder goes, the next end brings another."""
        self._run_cron("2026-06-01")
        with freeze_time("2026-06-02"):
            person = self._as(self.person, self.user_personal)
            person.keep_until = "2027-06-30"
        self.assertFalse(self._get_reminders())
        self._run_cron("2026-07-01")
        self.assertTrue(self.person.exists())
        self._run_cron("2027-06-15")
        self.assertEqual(len(self._get_reminders()), 1)

    def test_erased_on_the_day(self):
        """R3: erased on the day, the log keeps initials, a second run does nothing."""
        self._reveal(
            self.person, self.user_personal, reason="other", note="secret-note"
        )
        self._run_cron("2026-06-15")
        accesses = self._get_accesses(self.person)
        self._run_cron("2026-06-29")
        self.assertTrue(self.person.exists())
        self._run_cron("2026-06-30")
        self.assertFalse(self.person.exists())
        self.assertTrue(self.foreign_person.exists())
        self.assertTrue(self.contact.exists())
        self.assertFalse(self._get_reminders())
        log = self.env["followup.person.access"].sudo()
        rows = log.search([("customer_id", "=", self.customer.id)])
        self.assertLess(accesses, rows)
        self.assertEqual(sorted(rows.mapped("action")), ["retention", "reveal"])
        self.assertEqual(set(rows.mapped("contact_name")), {"C**** C***"})
        self.assertFalse(rows.contact_id)
        self.assertFalse(any(rows.mapped("note")))
        self.assertEqual(self.customer.decision_maker_count, 0)
        self._run_cron("2026-06-30")
        self.assertEqual(log.search_count([("customer_id", "=", self.customer.id)]), 2)

    def test_one_failing_record_does_not_stop_the_others(self):
        """R3: a savepoint per record; the error in the log quotes no data."""
        self.foreign_person.sudo().keep_until = "2026-06-30"
        persons = type(self.env["followup.person"])
        original, failing = persons._erase, self.person

        def fail(records, action):
            if records == failing:
                original(records, action)
                raise ValueError("secret-family")
            return original(records, action)

        with (
            patch.object(persons, "_erase", fail),
            self.assertLogs(person_retention._logger, "ERROR") as logs,
        ):
            self._run_cron("2026-06-30")
        self.assertTrue(self.person.exists())
        self.assertFalse(self.foreign_person.exists())
        self.assertNotIn("secret", str(logs.output))
        self.assertEqual(len(logs.output), 1)
        self._run_cron("2026-07-01")
        self.assertFalse(self.person.exists())

    def test_batches(self):
        """R3: more than a batch is worked off in one run."""
        for index in range(5):
            self._create_person(
                self.customer,
                self._create_contact(self.customer, f"Person {index}"),
                keep_until="2026-06-30",
            )
        with patch.object(person_retention, "BATCH_SIZE", 2), mute_logger("odoo.tests"):
            self._run_cron("2026-06-20")
            self.assertEqual(len(self._get_reminders()), 3, "one a batch and file")
            self._run_cron("2026-07-05")
        self.assertFalse(self.customer.sudo().person_ids)
        self.assertFalse(self._get_reminders())
