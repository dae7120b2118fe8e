from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .plan_common import PlanCase, day


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanGenerate(PlanCase):
    """What a plan proposes (F1), from tiers (T26) and what already happened."""

    def test_from_the_interval_of_the_tier(self):
        """F1, T26: Tier II, every 14 days after 26 February."""
        customer = self._customer("Linden Mode", "II", day(26, 2))
        plan = self._plan()
        self.assertEqual(self._lines(plan), [(day(12), False), (day(26), False)])
        line = plan.line_ids.sorted("date")[0]
        self.assertEqual(line.customer_id.id, customer.id)
        self.assertEqual(line.user_id, self.user_own)
        self.assertEqual(line.company_id, self.company_a)
        self.assertEqual((line.state, line.kind), ("planned", "periodic"))
        self.assertEqual((line.plan_date, line.plan_due_date), (day(12), day(12)))
        self.assertEqual(line.plan_tier_id, self.tiers["II"])
        self.assertTrue(line.purpose)
        self.assertEqual(line.review_state, "none")
        self.assertTrue(plan.generated_at)

    def test_the_strictest_tier_wins(self):
        """F1, T26: another scheme's tier asks for a contact every 7 days."""
        customer = self._customer("Linden Mode", "III", day(25, 2))
        schemes = self.env["followup.tier.scheme"].with_context(active_test=False)
        scheme = schemes.sudo().search(
            [("code", "=", "lifecycle"), ("company_id", "=", self.company_a.id)]
        )
        tier = scheme.tier_ids[0]
        tier.contact_interval_days = 7
        self.tiers["other"] = tier
        self._set_tier(customer, "other")
        plan = self._plan()
        self.assertEqual(
            [when for when, _visit in self._lines(plan)],
            [day(4), day(11), day(18), day(25)],
        )

    def test_one_plans_own_active_customers_only(self):
        """F1: Not a colleague's, an archived or a blacklisted customer's."""
        self._customer("Foreign", "I", user=self.user_own_2)
        self._customer("Gone", "I").sudo().active = False
        self._customer("Black", "I").sudo().standing = "blacklisted"
        self._customer("No interval", "III", day(10, 2))
        self.assertFalse(self._plan().line_ids)

    def test_never_contacted_counts_from_the_file(self):
        """F1: A file of 20 February in tier II is due on 6 March."""
        customer = self._customer("New", "II")
        self.assertEqual(self._lines(self._plan(), customer)[0], (day(6), False))

    def test_preferred_method(self):
        """F1, P15: by e-mail where the customer prefers it; a visit is no habit."""
        self._customer("Mail", "II", day(26, 2), preferred_method="email")
        self._customer("Visit", "II", day(26, 2), preferred_method="visit")
        plan = self._plan()
        methods = {(line.customer_id.name, line.method) for line in plan.line_ids}
        self.assertEqual(methods, {("Mail", "email"), ("Visit", "phone")})

    def test_purpose_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_own.lang = "zh_CN"
        self._customer("Linden Mode", "II", day(26, 2))
        purposes = set(self._plan().line_ids.mapped("purpose"))
        self.assertEqual(len(purposes), 1)
        self.assertRegex(purposes.pop(), "[\u4e00-\u9fff]")

    def test_what_is_planned_already(self):
        """F1: A contact by hand stands for what is due then, and joins the plan."""
        customer = self._customer("Linden Mode", "II", day(26, 2))
        own = self._contact(customer, day(11))
        plan = self._plan()
        self.assertEqual(self._lines(plan), [(day(11), False), (day(25), False)])
        self.assertEqual(own.plan_id, plan)
        self.assertEqual(own.purpose, "By hand")
        self.assertFalse(own.plan_due_date)

    def test_planned_before_the_month(self):
        """F1: What will happen until then counts as the last contact."""
        customer = self._customer("Linden Mode", "II", day(12, 2))
        self._contact(customer, day(27, 2))
        self.assertEqual(
            self._lines(self._plan()), [(day(13), False), (day(27), False)]
        )

    def test_cancelled_and_personal_contacts_do_not_count(self):
        customer = self._customer("Linden Mode", "II", day(26, 2))
        cancelled = self._contact(customer, day(12))
        cancelled.action_cancel()
        personal = self._contact(customer, day(26))
        personal.sudo().is_personal = True
        plan = self._plan()
        # The other day with a contact is a little fuller.
        self.assertEqual(self._lines(plan), [(day(12), False), (day(25), False)])
        self.assertFalse((cancelled | personal) & plan.line_ids)

    def test_visits(self):
        """F1: Tier II is visited every 182 days: the contact nearest to it."""
        self.tiers["II"].visit_interval_days = 182
        customer = self._customer("Linden Mode", "II", day(26, 2))
        visit = self._contact(customer, day(26, 2), method="visit")
        visit.sudo().write({"state": "done", "date": "2025-09-24"})
        plan = self._plan()
        self.assertEqual(self._lines(plan), [(day(12), False), (day(26), True)])

    def test_visit_not_due_yet(self):
        self.tiers["II"].visit_interval_days = 182
        customer = self._customer("Linden Mode", "II", day(26, 2))
        visit = self._contact(customer, day(26, 2), method="customer_visit")
        visit.sudo().write({"state": "done", "date": "2025-11-24"})
        self.assertNotIn(True, [visit for _day, visit in self._lines(self._plan())])

    def test_missed_visit_is_due_at_once(self):
        self.tiers["II"].visit_interval_days = 182
        customer = self._customer("Linden Mode", "II", day(26, 2))
        visit = self._contact(customer, day(10, 2), method="visit")
        visit.action_miss()
        self.assertEqual(self._lines(self._plan()), [(day(12), True), (day(26), False)])

    def test_first_visits_are_spread(self):
        """F1: Of 60 customers that were never visited, a third in each month."""
        self.tiers["I"].visit_interval_days = 91
        customers = [self._customer(f"C{n}", "I", day(24, 2)) for n in range(60)]
        ids = {customer.id for customer in customers}
        seen = []
        for month in (3, 4, 5):
            plan = self._plan(month=day(1, month), day_capacity=60)
            visits = plan.line_ids.filtered(lambda line: line.method == "visit")
            seen += visits.customer_id.ids
            self.assertTrue(15 <= len(visits) <= 25, len(visits))
        self.assertEqual(len(seen), 60)
        self.assertEqual(set(seen), ids)

    def test_again_adds_nothing(self):
        """F1: Made twice, nothing is there twice."""
        self._customer("Linden Mode", "I", day(26, 2))
        plan = self._plan()
        before = plan.line_ids
        plan.action_generate()
        self.assertEqual(plan.line_ids, before)

    def test_plan_anew(self):
        """F1: Proposals are made anew; what somebody touched stays."""
        self._customer("Linden Mode", "II", day(26, 2))
        self._customer("Oak", "II", day(24, 2))
        plan = self._plan()
        moved = plan.line_ids.filtered(lambda line: line.date == day(12))
        moved.date = day(11)
        others = plan.line_ids - moved
        plan.action_replan()
        self.assertFalse(others.exists())
        self.assertTrue(moved.exists())
        self.assertEqual(
            [when for when, _visit in self._lines(plan)],
            [day(10), day(11), day(24), day(25)],
        )

    def test_capacity_and_who_is_left_out(self):
        """F1: One contact a day: 22 find room, the others are counted and shown."""
        for number in range(30):
            self._customer(f"C{number}", "III", f"2025-11-{1 + number % 28:02d}")
        plan = self._plan(day_capacity=1)
        self.assertEqual(len(plan.line_ids), 22)
        self.assertEqual(len(set(plan.line_ids.mapped("date"))), 22)
        self.assertEqual(plan.left_out_count, 8)
        action = plan.action_open_left_out()
        shown = self._as(self.env["followup.customer"], self.user_own).search(
            action["domain"]
        )
        self.assertEqual(len(shown), 8)
        self.assertFalse(shown & plan.line_ids.customer_id)

    def test_half_begun_month(self):
        """F1: On 18 March, only what is left of the month is planned."""
        with freeze_time("2026-03-18 12:00:00"):
            self._customer("Linden Mode", "I", day(5))
            plan = self._plan()
            self.assertEqual(
                [when for when, _visit in self._lines(plan)], [day(18), day(25)]
            )
        with freeze_time("2026-04-01 12:00:00"), self.assertRaises(UserError):
            plan.action_generate()

    def test_late_contact_stands_for_one_of_today(self):
        """F1: What is still to be done is not proposed a second time."""
        customer = self._customer("Linden Mode", "II", day(26, 2))
        late = self._contact(customer, day(12))
        with freeze_time("2026-03-18 12:00:00"):
            self.assertEqual(self._lines(self._plan()), [])
            self.assertTrue(late.exists())

    def test_activities_when_due_only(self):
        """F1: The plan makes no activity; the day does."""
        self._customer("Linden Mode", "II", day(26, 2))
        plan = self._plan()
        self.assertFalse(plan.line_ids.activity_id)
        with freeze_time("2026-03-12 12:00:00"):
            self._run_cron("followup_crm.interaction_cron_due")
        lines = plan.line_ids.sudo().sorted("date")
        self.assertEqual([bool(line.activity_id) for line in lines], [True, False])

    def test_next_contact_of_the_customer(self):
        customer = self._customer("Linden Mode", "II", day(26, 2))
        self._plan()
        self.assertEqual(customer.sudo().next_contact_date, day(12))

    def test_query_count(self):
        """F1: As many queries for 40 customers as for 4."""
        counts = []
        for user, number in ((self.user_own, 4), (self.user_own_2, 40)):
            for place in range(number):
                self._customer(f"{number}/{place}", "II", day(26, 2), user=user)
            plan = self._plan(user, generate=False)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            plan.action_generate()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
