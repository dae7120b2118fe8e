from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountPlan(KeyAccountCase):
    """Yearly plans of accounts and regions: targets, actuals, forecast (A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time("2026-03-20 10:00:00")
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.customer = cls._create_customer("Key", country_id=cls.germany.id)
        cls.account = cls._account(cls.customer)
        cls._months(
            cls.customer,
            {"2025-01": 50, "2025-02": 150, "2025-08": 800}
            | {"2026-01": 100, "2026-02": 200, "2026-03": 70},
            margin=0.25,
        )

    def _plan(self, user=None, **vals):
        plans = self._as(self.env["followup.account.plan"], user or self.user_own)
        return plans.create({"account_id": self.account.id, "year": 2026, **vals})

    def _agreed(self, **vals):
        plan = self._plan(wanted_turnover=2000, wanted_visits=24, **vals)
        plan.action_spread()
        plan.action_agree()
        return plan

    def test_figures_by_hand(self):
        """A5: 370 so far of 2000; forecast 300 × 1000 ÷ 200 = 1500: below target."""
        self._visit(self.customer, "2026-02-03")
        self._visit(self.customer, "2026-02-05", method="phone")
        plan = self._agreed()
        self.assertEqual(plan.actual_turnover, 370)
        self.assertEqual(plan.actual_margin, 92.5)
        self.assertEqual(plan.actual_visits, 1)
        self.assertEqual(plan.last_turnover, 1000)
        self.assertEqual(plan.forecast_turnover, 1500)
        self.assertEqual((plan.reached, plan.forecast_reached), (18.5, 75))
        self.assertEqual(plan.outlook, "bad")
        self.assertIn("300", plan.forecast_text)
        # January and February: 100 + 300.
        self.assertEqual(plan.target_so_far, 400)

    def test_months(self):
        """A5: twelve months, spread like last year; targets against what was."""
        plan = self._agreed()
        lines = plan.line_ids.sorted("date")
        self.assertEqual(lines.mapped("turnover"), [100, 300, *[0] * 5, 1600, *[0] * 4])
        self.assertEqual(lines.mapped("visits"), [2] * 12)
        self.assertEqual(lines[1].actual_turnover, 200)
        self.assertEqual(lines[1].last_turnover, 150)
        self.assertAlmostEqual(lines[1].reached, 66.667, 2)
        self.assertEqual(lines.mapped("quarter")[::3], ["1", "2", "3", "4"])

    def test_region(self):
        """A5: a region's plan counts all its customers, those of other regions not."""
        other = self._create_customer("Second", country_id=self.env.ref("base.fr").id)
        far = self._create_customer("Far", country_id=self.env.ref("base.us").id)
        theirs = self._create_customer(
            "B", user=self.user_b, company=self.company_b, country_id=self.germany.id
        )
        for customer in (other, far, theirs):
            self._months(customer, {"2026-01": 1000})
        vals = {"account_id": False, "kind": "region", "region": "EU"}
        plan = self._plan(self.user_all, **vals)
        self.assertEqual(plan.actual_turnover, 1370)
        with self.assertRaises(AccessError):
            self._plan(**{**vals, "region": "AM"})

    def test_agreed_does_not_change(self):
        """A5: an agreed plan is fixed; a manager reopens it."""
        plan = self._agreed()
        for change in (
            lambda: plan.write({"wanted_turnover": 5}),
            lambda: plan.line_ids[0].write({"turnover": 5}),
            lambda: plan.write({"year": 2027}),
            plan.action_spread,
            plan.action_agree,
        ):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(AccessError):
            plan.action_reopen()
        self._as(plan, self.manager).action_reopen()
        self.assertEqual(plan.state, "draft")

    def test_closing_needs_a_word(self):
        """A5: the year is closed with what came of it."""
        plan = self._agreed()
        with self.assertRaisesRegex(UserError, "what came of the year"):
            plan.action_close()
        plan.review = "Knitwear came late."
        plan.action_close()
        self.assertEqual(plan.state, "closed")

    def test_nothing_to_agree(self):
        """A5: no plan without targets, and none twice."""
        with self.assertRaisesRegex(UserError, "Write down the targets"):
            self._plan().action_agree()

    def test_form(self):
        """A5: as in the form: the months are there after saving."""
        with Form(self._as(self.env["followup.account.plan"], self.user_own)) as form:
            form.account_id = self._as(self.account, self.user_own)
            form.wanted_turnover = 1200
        plan = form.record
        self.assertEqual(plan.year, 2026)
        self.assertEqual(len(plan.line_ids), 12)
        self.assertEqual(plan.display_name, "Key 2026")

    def test_state_is_not_written(self):
        """Attack 6: the state by methods only, defaults in the context too."""
        plan = self._plan()
        for user in (self.user_own, self.manager):
            with self.assertRaises(AccessError):
                self._as(plan, user).write({"state": "agreed"})
        plans = self._as(self.env["followup.account.plan"], self.user_own)
        other = plans.with_context(default_state="agreed").create(
            {"account_id": self.account.id, "year": 2027}
        )
        self.assertEqual(other.state, "draft")

    def test_query_count(self):
        """A5: as many statements for 12 plans as for 2."""
        counts = []
        for number in (2, 12):
            plans = self.env["followup.account.plan"].sudo()
            for index in range(number):
                account = self._account(self._create_customer(f"{number} {index}"))
                plans |= plans.create({"account_id": account.id, "year": 2026})
            self.env.flush_all()
            self.env.invalidate_all()
            plans.mapped("target_turnover")
            before = self.env.cr.sql_log_count
            plans._get_actuals()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts, [2, 2])
