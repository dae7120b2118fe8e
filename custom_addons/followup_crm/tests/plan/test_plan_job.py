from unittest.mock import patch

from psycopg2 import errors

from odoo.sql_db import db_connect
from odoo.tests import Form, tagged
from odoo.tests.common import freeze_time
from odoo.tools import SQL, mute_logger

from .plan_common import MARCH, PlanCase, day

CRON = "followup_crm.interaction_plan_cron"
ENGINE = "odoo.addons.followup_crm.models.plan.plan_generate"


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanJob(PlanCase):
    """Plans of all users as a job: bounded, restartable, never twice (F1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([]).fcrm_plan_auto = False
        cls.company_a.fcrm_plan_auto = True
        cls._customer("Linden Mode", "II", day(26, 2))
        cls._customer("Oak", "II", day(26, 2), user=cls.user_own_2)

    def _get_plans(self, month=MARCH):
        return self.plans.search([("month", "=", month)])

    def _count(self):
        return self.contacts.search_count([("plan_id.month", "=", MARCH)])

    def test_some_days_before_the_month(self):
        """F1: Five days before March its plans are made; not earlier."""
        with freeze_time("2026-02-23 12:00:00"):
            self._run_cron(CRON)
            self.assertFalse(self._get_plans())
        with freeze_time("2026-02-24 12:00:00"):
            self._run_cron(CRON)
        plans = self._get_plans()
        self.assertEqual(plans.user_id, self.user_own | self.user_own_2)
        self.assertEqual(set(plans.mapped("state")), {"approved"})
        self.assertFalse(any(plans.mapped("is_waiting")))
        self.assertEqual(self._count(), 4)

    def test_switched_off(self):
        self.company_a.fcrm_plan_auto = False
        with freeze_time("2026-02-27 12:00:00"):
            self._run_cron(CRON)
        self.assertFalse(self._get_plans())

    def test_never_twice(self):
        """F1: Run again on the next days, nothing is added, nothing comes back."""
        with freeze_time("2026-02-24 12:00:00"):
            self._run_cron(CRON)
        dropped = self._get_plans().line_ids.filtered(
            lambda line: line.user_id == self.user_own
        )[0]
        self._as(dropped, self.user_own).action_leave_plan()
        for moment in ("2026-02-24 13:00:00", "2026-02-27 12:00:00"):
            with freeze_time(moment):
                self._run_cron(CRON)
        self.assertEqual(len(self._get_plans()), 2)
        self.assertEqual(self._count(), 3)

    def test_only_users_with_active_customers(self):
        self.env["followup.customer"].sudo().search(
            [("user_id", "=", self.user_own_2.id)]
        ).active = False
        with freeze_time("2026-02-24 12:00:00"):
            self._run_cron(CRON)
        self.assertEqual(self._get_plans().user_id, self.user_own)

    def test_interrupted(self):
        """F1, R2: What fails in the middle leaves nothing, and is made next time."""
        plans = type(self.plans)
        insert = plans._insert_contacts

        def failing(records, rows):
            insert(records, rows)
            if self.user_own in records.user_id:
                raise ValueError("The power went off")

        with (
            freeze_time("2026-02-24 12:00:00"),
            patch.object(plans, "_insert_contacts", failing),
            mute_logger(ENGINE),
        ):
            self._run_cron(CRON)
        mine, other = self._get_plans().sorted(lambda p: p.user_id != self.user_own)
        self.assertTrue(mine.is_waiting)
        self.assertFalse(mine.line_ids)
        self.assertEqual(len(other.line_ids), 2, "the others go on")
        with freeze_time("2026-02-25 12:00:00"):
            self._run_cron(CRON)
        self.assertFalse(mine.is_waiting)
        self.assertEqual(self._count(), 4)

    def test_tried_again(self):
        """R2: After a serialization failure the batch begins afresh."""
        failures = [errors.SerializationFailure, errors.LockNotAvailable]
        plans = type(self.plans)
        spread = plans._spread

        def failing(records):
            if failures:
                raise failures.pop()
            return spread(records)

        with (
            freeze_time("2026-02-24 12:00:00"),
            patch.object(plans, "_spread", failing),
            patch(f"{ENGINE}.time.sleep"),
        ):
            self._run_cron(CRON)
        self.assertFalse(failures)
        self.assertEqual(self._count(), 4)

    def test_plans_in_work_are_skipped(self):
        """R2: While one job works on a plan, another one leaves it alone."""
        marked = self.plans.sudo()._mark_for_users(self.company_a, MARCH)
        locked = self.plans._lock_waiting(self.plans, 20)
        self.assertEqual(locked, marked)
        question = SQL(
            """SELECT id FROM followup_interaction_plan WHERE is_waiting
                  FOR NO KEY UPDATE SKIP LOCKED"""
        )
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(question)
            self.assertFalse(set(marked.ids) & {row[0] for row in other.fetchall()})

    def test_batches(self):
        """F1: Each batch is a transaction of its own."""
        sizes = []
        plans = type(self.plans)
        generate = plans._generate

        def noting(records):
            sizes.append(len(records))
            return generate(records)

        with (
            freeze_time("2026-02-24 12:00:00"),
            patch.object(plans, "_generate", noting),
            patch(f"{ENGINE}.BATCH", 1),
        ):
            self._run_cron(CRON)
        self.assertEqual(sizes, [1, 1, 0])
        self.assertEqual(self._count(), 4)

    def test_queries_of_a_batch(self):
        """F1: As many queries for 12 users as for 2."""
        counts = []
        for number, users in ((2, 2), (3, 12)):
            company = self.company_a
            month = day(1, number + 2)
            for place in range(users - 2):
                user = self._create_user(f"b{place}", "followup_crm.group_user")
                self._customer(f"B{place}", "II", day(26, 2), user=user)
            marked = self.plans.sudo()._mark_for_users(company, month)
            self.assertEqual(len(marked), users)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            marked._generate()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 12, counts)

    def test_button(self):
        """F1: The manager makes the plans of a month, and sees them."""
        dialogs = self._as(self.env["followup.interaction.plan.generate"], self.manager)
        with Form(dialogs) as form:
            self.assertEqual(
                form.month, "2026-03-01", "from the 20th on: the next month"
            )
        action = form.save().action_generate()
        plans = self._as(self.plans, self.manager).search(action["domain"])
        self.assertEqual(plans.user_id, self.user_own | self.user_own_2)
        self.assertEqual(len(plans.line_ids), 4)
        dialogs.create({"user_ids": self.user_own.ids}).action_generate()
        self.assertEqual(self._count(), 4)

    def test_button_for_many(self):
        """F1: Many plans are left to the scheduled action, which begins at once."""
        cron = self.env.ref(CRON).sudo()
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search_count([("cron_id", "=", cron.id)])
        dialogs = self._as(self.env["followup.interaction.plan.generate"], self.manager)
        path = "odoo.addons.followup_crm.wizards.interaction_plan_generate.AT_ONCE"
        with patch(path, 1):
            dialogs.create({}).action_generate()
        plans = self._get_plans()
        self.assertEqual(len(plans), 2)
        self.assertTrue(all(plans.mapped("is_waiting")))
        self.assertIn("being made", plans[0].summary)
        after = triggers.search_count([("cron_id", "=", cron.id)])
        self.assertEqual(after, before + 1)
        self._run_cron(CRON)
        self.assertEqual(self._count(), 4)
