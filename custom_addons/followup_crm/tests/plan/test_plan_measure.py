from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .plan_common import PlanCase, day


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanMeasure(PlanCase):
    """Plans against reality (F1): planned, done, late, missed, to come, extra."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.linden = cls._customer("Linden Mode", "II", day(26, 2))
        cls.oak = cls._customer("Oak", "I", day(25, 2))
        cls.plan = cls._plan(day_capacity=50)

    def _counts(self, plan=None):
        plan = plan or self.plan
        plan.invalidate_recordset()
        return {
            name: plan[f"{name}_count"]
            for name in ("planned", "done", "late", "missed", "open", "extra")
            if plan[f"{name}_count"]
        }

    def _line(self, customer, place):
        return self.plan.line_ids.filtered(
            lambda line: line.customer_id.id == customer.id
        ).sorted("date")[place]

    def test_before_the_month(self):
        self.assertEqual(self._counts(), {"planned": 6, "open": 6})
        self.assertEqual(self.plan.done_rate, 0)

    def test_in_the_month(self):
        """F1: On 18 March: two done, one said to be missed, one late."""
        with freeze_time("2026-03-18 12:00:00"):
            self._do(self._line(self.linden, 0))
            self._do(self._line(self.oak, 0))
            self._line(self.oak, 1).action_miss()
            extra = self._contact(self.linden, day(17))
            self._do(extra)
            self._contact(self.linden, day(25))
            counts = self._counts()
            self.assertEqual((counts["planned"], counts["done"]), (6, 2))
            self.assertEqual((counts["missed"], counts["extra"]), (1, 1))
            self.assertEqual(counts["open"] + counts.get("late", 0), 3)
            self.assertAlmostEqual(self.plan.done_rate, 100 / 3)
            self.assertIn("2 of 6 planned contacts done (33 %)", self.plan.summary)
            self.assertIn("1 missed", self.plan.summary)

    def test_late_becomes_missed_when_the_month_is_over(self):
        """F1: Open after its day is late; open after the month is missed."""
        with freeze_time("2026-03-31 12:00:00"):
            counts = self._counts()
            self.assertEqual(counts["late"] + counts.get("open", 0), 6)
            self.assertNotIn("missed", counts)
        with freeze_time("2026-04-01 12:00:00"):
            self.assertEqual(self._counts(), {"planned": 6, "missed": 6})
            self.assertTrue(self.plan.is_over)

    def test_cancelled_does_not_count(self):
        self._line(self.linden, 0).action_cancel()
        self.assertEqual(self._counts(), {"planned": 5, "open": 5})

    def test_moved_into_the_next_month(self):
        """F1: What is put off beyond the month stays to come in this plan."""
        line = self._line(self.linden, 1)
        with freeze_time("2026-03-30 12:00:00"):
            line.date = day(8, 4)
        self.assertEqual(line.plan_id, self.plan)
        with freeze_time("2026-04-02 12:00:00"):
            self.assertEqual(self._counts(), {"planned": 6, "missed": 5, "open": 1})

    def test_by_tier(self):
        """F1: By the tier that the customer had when the plan was made."""
        with freeze_time("2026-03-18 12:00:00"):
            self._do(self._line(self.oak, 0))
            self._set_tier(self.oak, "III")
            rows = self.plan._get_measures(["plan_tier_id"])
        found = {
            tier.code: (counts["planned_count"], counts["done_count"])
            for (_plan, tier), counts in rows.items()
        }
        self.assertEqual(found, {"I": (4, 1), "II": (2, 0)})
        self.plan.invalidate_recordset()
        self.assertLess(
            self.plan.tier_table.index("<td>I</td>"),
            self.plan.tier_table.index("<td>II</td>"),
        )

    def test_names_of_tiers_are_text(self):
        self.tiers["I"].sudo().name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", self.plan.tier_table)

    def test_extra_of_other_months_and_users(self):
        with freeze_time("2026-03-18 12:00:00"):
            self._do(self._contact(self.linden, day(16), user=self.user_all))
            self._do(self._contact(self.linden, day(16, 2)))
            self.assertNotIn("extra", self._counts())

    def test_personal_contacts_do_not_show(self):
        with freeze_time("2026-03-18 12:00:00"):
            contact = self._contact(self.linden, day(16))
            contact.sudo().is_personal = True
            self._do(contact)
            self.assertNotIn("extra", self._counts())

    def test_analysis(self):
        """F1: By user, and how much of the plan is done; extra ones do not count."""
        with freeze_time("2026-03-18 12:00:00"):
            self._do(self._line(self.oak, 0) | self._line(self.linden, 0))
            self._do(self._contact(self.linden, day(17)))
            analysis = self._as(
                self.env["followup.interaction.plan.analysis"], self.manager
            )
            groups = analysis._read_group(
                [("month", "=", day(1))],
                ["user_id"],
                ["planned_count:sum", "done_count:sum", "done_rate:avg", "__count"],
            )
        ((user, planned, done, rate, number),) = groups
        self.assertEqual((user, planned, done, number), (self.user_own, 6, 2, 7))
        self.assertAlmostEqual(rate, 100 / 3)
        row = analysis.search([("customer_id", "=", self.oak.id)], limit=1)
        self.assertEqual(row.action_open()["res_id"], row.interaction_id.id)

    def test_query_count(self):
        """F1: The list of plans asks once for all."""
        plans = self.plan.sudo()
        for number in range(8):
            user = self._create_user(f"m{number}", "followup_crm.group_user")
            self._customer(f"M{number}", "II", day(26, 2), user=user)
            plans |= self._plan(user).sudo()
        self.env.flush_all()
        counts = []
        for chosen in (plans[:2], plans):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            chosen.mapped("summary")
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
