from odoo.tests import tagged

from .value_common import ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestRetention(ValueCase):
    """Retention by year and cohort (V7, V12), effort by class (V11)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        bought = {
            "Kept": ("2023-03-01", "2024-03-01", "2025-03-01"),
            "Gone": ("2023-05-01", "2023-06-01"),
            "Back": ("2023-02-01", "2025-02-01"),
            "Later": ("2024-02-01", "2025-02-01"),
        }
        for name, days in bought.items():
            customer = cls._create_customer(name)
            cls._orders(*((customer, 10, day) for day in days))
        cls.env["followup.sales.month"].sudo()._refresh()
        cls.rows = cls.env["followup.retention"].with_user(cls.manager)

    def _years(self, *measures):
        return {
            row[0]: row[1:]
            for row in self.rows._read_group(
                [("year", "<=", "2025")], ["year"], list(measures)
            )
        }

    def test_by_year(self):
        """V7, V12: won, kept, regained and not kept, by hand."""
        found = self._years(
            "is_won:sum", "is_kept:sum", "is_regained:sum", "is_gone:sum"
        )
        self.assertEqual(found["2023"], (3, 0, 0, 0))
        self.assertEqual(found["2024"], (1, 1, 0, 2))
        self.assertEqual(found["2025"], (0, 2, 1, 0))

    def test_rate(self):
        """V7: of those who ordered the year before, the share that came again."""
        found = self._years("rate:avg", "was_active:sum")
        self.assertEqual(found["2023"][1], 0)
        self.assertFalse(found["2023"][0])
        self.assertAlmostEqual(found["2024"][0], 1 / 3)
        self.assertAlmostEqual(found["2025"][0], 1)

    def test_cohorts(self):
        """V7: of the three won in 2023 one orders in 2024, and two in 2025."""
        found = {
            (cohort, year): rate
            for cohort, year, rate in self.rows._read_group(
                [("year", "<=", "2025")], ["cohort", "year"], ["cohort_rate:avg"]
            )
        }
        self.assertEqual(found["2023", "2023"], 1)
        self.assertAlmostEqual(found["2023", "2024"], 1 / 3)
        self.assertAlmostEqual(found["2023", "2025"], 2 / 3)
        self.assertEqual(found["2024", "2025"], 1)

    def test_effort_share(self):
        """V11: 3 of 4 hours for 10 of 40: effort 75 %, turnover 25 %."""
        low, high = self._create_customer("Low"), self._create_customer("High")
        self._days(low, "2026-03-01", amount=10)
        self._days(high, "2026-03-01", amount=30)
        contacts = self.env["followup.interaction"].sudo()
        for customer, hours in ((low, 3), (high, 1)):
            contacts.create(
                {
                    "customer_id": customer.id,
                    "purpose": "Talk",
                    "duration": hours,
                    "date": "2026-03-01",
                    "state": "done",
                    "done_date": "2026-03-01",
                }
            )
        self._compute()
        shares = self.env["followup.value.effort.share"].with_user(self.manager)
        found = {
            customer.name: (effort, sales)
            for customer, effort, sales in shares._read_group(
                [], ["customer_id"], ["effort_share:sum", "sales_share:sum"]
            )
        }
        self.assertEqual(found, {"Low": (0.75, 0.25), "High": (0.25, 0.75)})
