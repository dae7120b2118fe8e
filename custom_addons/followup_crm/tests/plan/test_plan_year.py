from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .plan_common import MARCH, PlanCase

CRON = "followup_crm.interaction_plan_cron"


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanYear(PlanCase):
    """A year of plans, made by the scheduled action and carried out (F1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].search([]).fcrm_plan_auto = False
        cls.company_a.fcrm_plan_auto = True
        cls.tiers["I"].visit_interval_days = 91
        cls.tiers["II"].visit_interval_days = 182
        cls.customers = {
            tier: [
                cls._customer(f"{tier}/{number}", tier, date(2026, 2, 20))
                for number in range(count)
            ]
            for tier, count in (("I", 4), ("II", 6), ("III", 10))
        }
        # Two weeks of holidays in July, and New Year.
        for first, last in (("2026-07-13", "2026-07-26"), ("2027-01-01", "2027-01-01")):
            cls.env["resource.calendar.leaves"].create(
                {
                    "name": "Closed",
                    "calendar_id": cls.calendar.id,
                    "company_id": cls.company_a.id,
                    "date_from": f"{first} 00:00:00",
                    "date_to": f"{last} 23:59:59",
                }
            )

    def _live(self, months):
        """Each month: the plan is made before it, and done to the last line."""
        for number in range(months):
            month = MARCH + relativedelta(months=number)
            with freeze_time(f"{month - timedelta(days=3)} 12:00:00"):
                self._run_cron(CRON)
            lines = self.plans.search([("month", "=", month)]).line_ids
            with freeze_time(f"{month + relativedelta(months=1, days=-1)} 23:00:00"):
                self._do(lines.sudo())

    def _days(self, customer, visits=False):
        lines = self.contacts.sudo().search(
            [("customer_id", "=", customer.id), ("state", "=", "done")], order="date"
        )
        if visits:
            lines = lines.filtered(lambda line: line.method == "visit")
        return lines.mapped("date")

    def test_year(self):
        """F1: Every customer at its interval, visits each quarter and half-year."""
        self._live(12)
        lines = self.contacts.search([("plan_id", "!=", False)])
        self.assertEqual(set(lines.mapped("state")), {"done"})
        days = lines.mapped("date")
        self.assertTrue(all(day.weekday() < 5 for day in days))
        closed = {date(2026, 7, 13) + timedelta(days=n) for n in range(14)}
        self.assertFalse(closed & set(days))
        for tier, longest, at_least in (("I", 17, 45), ("II", 23, 23), ("III", 108, 4)):
            for customer in self.customers[tier]:
                found = self._days(customer)
                gaps = [(b - a).days for a, b in zip(found, found[1:], strict=False)]
                self.assertLessEqual(max(gaps), longest, (tier, gaps))
                self.assertGreaterEqual(len(found), at_least, (tier, gaps))
                self.assertLessEqual(len(found), at_least * 1.35, (tier, gaps))
        for tier, numbers in (("I", (3, 4, 5)), ("II", (1, 2, 3)), ("III", (0,))):
            for customer in self.customers[tier]:
                self.assertIn(len(self._days(customer, visits=True)), numbers, tier)

    def test_each_month_is_even(self):
        """F1: No day has much more than its share of the month."""
        self._live(3)
        for number in range(3):
            month = MARCH + relativedelta(months=number)
            plan = self.plans.search([("month", "=", month)])
            load = {}
            for line in plan.line_ids:
                weight = 3 if line.method == "visit" else 1
                load[line.plan_date] = load.get(line.plan_date, 0) + weight
            self.assertLessEqual(max(load.values()), 10)
            self.assertGreaterEqual(len(load), 14, load)

    def test_who_is_never_contacted_is_asked_for_again(self):
        """F1: What is missed comes back every month: no customer is forgotten."""
        for number in range(4):
            month = MARCH + relativedelta(months=number)
            with freeze_time(f"{month - timedelta(days=3)} 12:00:00"):
                self._run_cron(CRON)
            with freeze_time(f"{month + relativedelta(months=1, days=-1)} 23:00:00"):
                plan = self.plans.search([("month", "=", month)])
                self.assertFalse(plan.left_out_count)
                planned = set(plan.line_ids.customer_id.ids)
                plan.line_ids.sudo().action_miss()
            for tier in ("I", "II"):
                wanted = {customer.id for customer in self.customers[tier]}
                self.assertLessEqual(wanted, planned)
