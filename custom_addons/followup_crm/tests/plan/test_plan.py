from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .plan_common import MARCH, PlanCase, day


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlan(PlanCase):
    def test_month_is_its_first_day(self):
        plan = self._plan(month=day(17), generate=False)
        self.assertEqual((plan.month, plan.date_to), (MARCH, day(31)))
        self.assertEqual(plan.display_name, f"{self.user_own.name} · March 2026")

    def test_one_plan_per_user_and_month(self):
        """F1: A second plan of the month is refused, another month's is not."""
        self._plan(generate=False)
        self._plan(month=day(1, 4), generate=False)
        self._plan(self.user_own_2, generate=False)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._plan(month=day(31), generate=False)

    def test_capacity_comes_from_the_company(self):
        self.company_a.fcrm_plan_capacity = 7
        self.assertEqual(self._plan(generate=False).day_capacity, 7)
        other = self._plan(self.user_own_2, generate=False, day_capacity=3)
        self.assertEqual(other.day_capacity, 3)

    def test_no_copy(self):
        with self.assertRaises(UserError):
            self._plan(generate=False).copy()

    def test_protected_fields(self):
        """F1: State, approval and what was counted are nobody's to write."""
        plan = self._plan(generate=False)
        for values in (
            {"state": "approved"},
            {"is_waiting": True},
            {"left_out_count": 0},
            {"approver_id": self.user_own.id},
            {"return_reason": "none"},
            {"month": "2026-05-01"},
            {"user_id": self.user_own_2.id},
        ):
            with self.assertRaises(AccessError):
                plan.write(values)
        with self.assertRaises(AccessError):
            self._plan(month=day(1, 5), state="approved")
        context = {"default_state": "approved", "default_is_waiting": True}
        plan = self._as(self.plans, self.user_own).with_context(**context)
        plan = plan.create({"month": "2026-06-01"})
        self.assertEqual((plan.state, plan.is_waiting), ("draft", False))

    def test_settings_are_sane(self):
        for values in ({"fcrm_plan_capacity": 0}, {"fcrm_plan_lead_days": 29}):
            with (
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
                mute_logger("odoo.sql_db"),
            ):
                self.company_a.write(values)
                self.env.flush_all()

    def test_delete(self):
        """F1: A manager deletes a plan; what was made by hand, or done, stays."""
        self._customer("Linden Mode", "II", day(26, 2))
        plan = self._plan()
        done, proposed = plan.line_ids.sorted("date")
        own = self._contact(done.customer_id, "2026-03-20", plan_id=plan.id)
        self._do(done)
        self._as(plan, self.manager).unlink()
        self.assertFalse(proposed.exists())
        self.assertEqual((done | own).exists(), done | own)
        self.assertFalse((done | own).plan_id)

    def test_calendar(self):
        action = self._plan().action_open_lines()
        self.assertEqual(action["context"]["initial_date"], "2026-03-01")
        self.assertEqual(action["views"][0][1], "calendar")

    def test_policy_query_count(self):
        """T26: The intervals of 20 customers take as many queries as those of two."""
        customers = self.env["followup.customer"]
        for number in range(20):
            customers |= self._customer(f"P{number}", "II")
        counts = []
        for chosen in (customers[:2], customers):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(set(chosen.mapped("contact_interval_days")), {14})
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
