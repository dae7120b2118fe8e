from freezegun import freeze_time

from odoo.tests import tagged

from .dashboard_common import NOON, TODAY, DashboardCase


@tagged("post_install", "-at_install", "followup_crm", "dashboard")
@freeze_time(NOON)
class TestDashboardSales(DashboardCase):
    """S2: turnover, classes and moves on the dashboard."""

    def test_months(self):
        """S2: this year beside the last; the total compares the same months."""
        for day, amount in (
            ("2025-01-10", 40),
            ("2025-07-20", 60),
            ("2025-08-02", 500),
            ("2026-01-03", 80),
            ("2026-07-14", 30),
        ):
            self._days(self.own, day, amount=amount)
        self._days(self.foreign, "2026-01-05", amount=1000)
        self.env["followup.sales.month"].sudo()._refresh()
        panel = self._panel("months", self.user_own)
        rows = panel["rows"]
        self.assertEqual((rows[0]["value"], rows[0]["before"]), (80, 40))
        self.assertEqual((rows[6]["value"], rows[6]["before"]), (30, 60))
        self.assertEqual((rows[7]["value"], rows[7]["before"]), (None, 500))
        self.assertEqual((panel["total"], panel["total_before"]), (110, 100))
        self.assertEqual(tuple(panel["years"]), (2026, 2025))
        self.assertEqual(self._panel("months", self.manager)["total"], 1110)

    def _classify(self, today):
        engine = self.env["followup.tier.engine"].sudo()
        engine._compute_schemes(self._scheme("amount"), today=today)
        self._compute(today=today)

    def test_classes(self):
        """S2: customers and their share of turnover by class of the policy scheme."""
        self._days(self.own, "2026-05-01", amount=700)
        self._days(self.second, "2026-05-01", amount=300)
        self._classify(TODAY)
        rows = self._panel("classes", self.manager)["rows"]
        self.assertEqual(
            [(row["label"], row["value"], row["hint"]) for row in rows],
            [
                ("I", 1, "70 % of turnover"),
                ("II", 1, "30 % of turnover"),
                ("III", 1, "0 % of turnover"),
            ],
        )

    def test_moves(self):
        """S2: who moved up or down within 30 days; older moves are no news."""
        self._days(self.own, "2026-05-01", amount=700)
        self._days(self.second, "2026-05-01", amount=300)
        with freeze_time("2026-06-01 12:00:00"):
            self._classify(TODAY.replace(month=6, day=1))
        self._days(self.second, "2026-07-01", amount=9000)
        self._classify(TODAY)
        [move] = self._panel("moves", self.manager)["rows"]
        self.assertEqual(
            (move["title"], move["badge"], move["color"]),
            ("Second", "II → I", "success"),
        )
        self.assertEqual(self._panel("moves", self.user_own)["rows"], [move])
        with freeze_time("2026-08-20 12:00:00"):
            self.assertEqual(self._panel("moves", self.manager)["rows"], [])

    def test_questions(self):
        """S5: the answers name the right customers and amounts."""
        self._days(self.own, "2024-09-01", "2024-10-01", amount=100)
        self._days(self.own, "2025-01-01", amount=300)
        self._days(self.second, "2025-06-01", amount=50)
        self._days(self.second, "2026-06-01", amount=70)
        self._compute(today=TODAY)
        rows = {
            row["title"]: row for row in self._panel("questions", self.manager)["rows"]
        }
        largest = rows["Did last year's largest customer order again?"]
        self.assertEqual(largest["color"], "danger")
        self.assertRegex(largest["text"], r"^Own: .*0.* in 12 months, .*500.* in the")

    def test_questions_are_managers(self):
        """S5: a user is not shown the company's figures."""
        keys = [panel["key"] for panel in self._get(self.user_all)["panels"]]
        self.assertNotIn("questions", keys)
        self.assertNotIn("owners", keys)
