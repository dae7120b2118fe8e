import random
from datetime import date, timedelta
from unittest import skipUnless
from unittest.mock import patch

from odoo.tests import tagged

from ...tools import lifetime
from .value_common import ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueLifetime(ValueCase):
    """The plain formula of lifetime value (V4), by hand."""

    def test_plain_formula(self):
        """V4: of 10 who bought the year before 8 bought again: 5 years."""
        for number in range(10):
            customer = self._create_customer(f"Kept {number}")
            self._days(customer, "2025-02-01", amount=1)
            if number < 8:
                self._days(customer, "2026-02-01", amount=100)
        friend = self._create_customer(
            "Friend", referred_by_id=customer.sudo().partner_id.id
        )
        self._days(friend, "2026-03-01", amount=30)
        run = self._compute()
        self.assertEqual((run.retention, run.retention_known), (0.8, True))
        kept = self.values.search([("customer_id.name", "=", "Kept 0")])
        self.assertAlmostEqual(kept.lifetime_value, 500)
        self.assertEqual(kept.lifetime_basis, "plain")
        # Turnover of those whom it referred counts as its own.
        self.assertAlmostEqual(self._value(customer).lifetime_value, 150)
        self.assertIn("retention rate of 80", kept.lifetime_text)
        self.assertFalse(kept.alive_known)

    def test_unrated_with_few_customers(self):
        """V4: nine customers of the year before say nothing about who stays."""
        for number in range(9):
            customer = self._create_customer(f"Kept {number}")
            self._days(customer, "2025-02-01", "2026-02-01")
        run = self._compute()
        self.assertFalse(run.retention_known)
        value = self._value(customer)
        self.assertEqual(value.lifetime_basis, "unrated")
        self.assertIn("Unrated", value.lifetime_text)

    def test_years_are_limited(self):
        """V4: whoever keeps all customers does not keep them for ever."""
        self.assertEqual(lifetime.plain_value(7, 1), 70)
        self.assertEqual(lifetime.plain_value(7, 0.95), 70)
        self.assertEqual(lifetime.plain_value(7, 0), 7)
        self.assertAlmostEqual(lifetime.plain_value(7, 0.5), 14)


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueModel(ValueCase):
    """The buying model within Odoo (V4): when it serves, and what it shows."""

    def _repeaters(self, number):
        """Customers whose rhythm, loss and spending differ, as the model supposes."""
        rng = random.Random(3)
        rows = []
        for place in range(number):
            customer = self._create_customer(f"Repeats {place}")
            day = date(2024, 7, 1) + timedelta(days=rng.randint(0, 200))
            pace, mean = rng.gammavariate(1.2, 40) + 5, rng.gammavariate(3, 40)
            stop = rng.betavariate(1, 4)
            rows.append((customer, 10 + rng.gammavariate(5, mean / 5), day))
            while place < number - 1:
                day += timedelta(days=1 + int(rng.expovariate(1 / pace)))
                if day >= date(2026, 6, 25):
                    break
                rows.append((customer, 10 + rng.gammavariate(5, mean / 5), day))
                if rng.random() < stop and rows[-2][0] == customer:
                    break
        self._orders(*rows)
        return self.env["followup.customer"].union(*(row[0] for row in rows))

    def test_too_few(self):
        """V4: with fewer than 200 repeat customers there is no probability."""
        self._days(self._create_customer("Few"), "2026-01-01", "2026-02-01")
        run = self._compute()
        self.assertIn("By the plain formula", run.model_note)
        self.assertFalse(self.values.search([("alive_known", "=", True)]))

    @skipUnless(lifetime.is_available(), "without scipy")
    def test_model_serves(self):
        """V4: from 200 on; a probability only after a repeat order."""
        with patch.object(lifetime, "FEWEST_REPEATING", 60):
            customers = self._repeaters(90)
            run = self._compute()
            self.assertFalse(run.model_reason, run.model_note)
            self.assertIn("BG/NBD", run.model_note)
            values = {v.customer_id: v for v in self.values.search([])}
            for customer in customers:
                value = values[customer]
                self.assertEqual(value.lifetime_basis, "model")
                self.assertEqual(value.alive_known, value.order_days > 1)
                self.assertGreaterEqual(value.lifetime_value, 0)
            self.assertGreater(sum(v.lifetime_value for v in values.values()), 0)
            once = min(values.values(), key=lambda value: value.order_days or 99)
            self.assertEqual(once.order_days, 1)
            self.assertNotIn("probability", once.lifetime_text)
            # The parameters hold for the month, and nothing is written twice.
            before = self._versions()
            again = self._compute()
            self.assertEqual(again.model_parameters, run.model_parameters)
            self.assertEqual(self._versions(), before)

    def test_without_the_package(self):
        """V4: without scipy the plain formula serves, and the screen says so."""
        for number in range(10):
            customer = self._create_customer(f"Kept {number}")
            self._days(customer, "2025-02-01", "2026-02-01")
        with patch.object(lifetime, "is_available", lambda: False):
            run = self._compute()
        self.assertEqual(run.model_reason, "no_package")
        value = self._value(customer)
        self.assertEqual(value.lifetime_basis, "plain")
        self.assertIn("scipy is not installed", value.lifetime_text)
