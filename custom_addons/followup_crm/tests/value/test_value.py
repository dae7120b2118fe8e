from datetime import date

from odoo.tests import tagged

from .value_common import TODAY, ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueChurn(ValueCase):
    """Rhythm, churn and status (V7), by hand."""

    def test_own_rhythm(self):
        """V7: four order days and more: 1.5 × and 3 × the own median gap."""
        customer = self._create_customer("Rhythm")
        # Gaps 10, 20, 30: median 20. 26 + 30 = 56: still on time; one more: at risk.
        self._days(customer, "2026-01-01", "2026-01-11", "2026-01-31", "2026-03-02")
        for today, expected in (
            (date(2026, 4, 1), "ok"),
            (date(2026, 4, 2), "at_risk"),
            (date(2026, 5, 1), "at_risk"),
            (date(2026, 5, 2), "churned"),
        ):
            self._compute(today=today)
            self.assertEqual(self._value(customer).churn_state, expected, today)
        value = self._value(customer)
        self.assertEqual((value.median_days, value.own_rhythm), (20, True))
        self.assertEqual(value.risk_date, date(2026, 4, 2))
        self.assertEqual(value.churn_date, date(2026, 5, 2))
        self.assertIn("usually every 20 days", value.churn_text)

    def test_credit_is_no_order(self):
        """V7: a day on which only money was given back is no day with an order."""
        customer = self._create_customer("Credit")
        self._days(customer, "2026-01-01", "2026-02-01")
        self._days(customer, "2026-03-01", amount=-50)
        self._compute()
        self.assertEqual(self._value(customer).order_days, 2)

    def test_company_rhythm(self):
        """V7: with fewer orders all customers are the measure: P80 and P95."""
        self._usual_rhythm()
        customer = self._create_customer("Once")
        self._days(customer, "2026-01-01")
        # P80 = 29.2 and P95 = 32.8 days.
        for today, expected in (
            (date(2026, 1, 30), "ok"),
            (date(2026, 1, 31), "at_risk"),
            (date(2026, 2, 3), "churned"),
        ):
            run = self._compute(today=today)
            self.assertEqual(self._value(customer).churn_state, expected, today)
        self.assertEqual(run.gap_count, 25)
        self.assertEqual((run.gap_median, round(run.gap_risk, 1)), (22, 29.2))
        self.assertIn("Fewer than four orders", self._value(customer).churn_text)

    def test_unrated_without_a_measure(self):
        """V7: nothing is made up: one order, and few intervals in the company."""
        customer = self._create_customer("Once")
        self._days(customer, "2026-06-01")
        self._compute()
        value = self._value(customer)
        self.assertEqual(value.churn_state, "unrated")
        self.assertFalse(value.risk_date)
        self.assertIn("Unrated", value.churn_text)

    def test_statuses(self):
        """V7: prospect, new, active, at risk, dormant, lost, reactivated; logged."""
        days = {
            "prospect": (),
            "new": ("2026-04-03",),
            "active": ("2026-01-02", "2026-03-02", "2026-05-01", "2026-06-30"),
            "at_risk": ("2026-01-01", "2026-01-11", "2026-01-21", "2026-01-31"),
            "dormant": ("2025-06-30",),
            "lost": ("2024-06-30",),
            "reactivated": ("2024-01-01", "2025-12-01"),
        }
        files = {name: self._create_customer(name) for name in days}
        for name, moments in days.items():
            self._days(files[name], *moments)
        self._compute()
        for name, customer in files.items():
            self.assertEqual(self._value(customer).activity, name)
        later = date(2026, 7, 2)
        self._compute(today=later)
        self.assertEqual(self._value(files["new"]).activity, "active")
        changes = self.env["followup.value.change"].sudo()
        moves = changes.search([("customer_id", "=", files["new"].id)], order="id")
        self.assertEqual(
            [(m.from_activity, m.to_activity, m.date) for m in moves],
            [(False, "new", TODAY), ("new", "active", later)],
        )

    def test_recorded_loss(self):
        """V7: who is on record as lost is lost, until the next order."""
        customer = self._create_customer("Gone")
        self._days(customer, "2026-01-02", "2026-03-02", "2026-05-01", "2026-06-20")
        self.env["followup.loss"].sudo().create(
            {"customer_id": customer.id, "date": "2026-06-25", "reason": "Moved"}
        )
        self._compute()
        self.assertEqual(self._value(customer).activity, "lost")
        self._days(customer, "2026-06-26")
        self._compute()
        self.assertEqual(self._value(customer).activity, "active")


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueLoyalty(ValueCase):
    """The loyalty index (V5) and the relation (V12), by hand."""

    def test_index_of_all_parts(self):
        """V5: repeat 75, frequency 53, wallet 40, referrals 50, price 75."""
        self._usual_rhythm()
        customer = self._create_customer("Loyal")
        # Gaps of 44 days, the last order 44 days ago. With these three, the median of
        # all gaps is 23.5.
        self._days(customer, "2026-01-06", "2026-02-19", "2026-04-04", amount=1)
        shirt = self._product("Shirt")
        # A discount of 5 % on average: a quarter of what makes nothing of it.
        self._order_lines(customer, "2026-05-18", (shirt, 1, 50, 10), (shirt, 1, 50))
        self.env["followup.purchase.plan"].sudo().create(
            {
                "customer_id": customer.id,
                "name": "Season",
                "date_from": "2026-01-01",
                "our_share": 40,
            }
        )
        referred = self._create_customer(
            "Friend", referred_by_id=customer.sudo().partner_id.id
        )
        self._days(referred, "2026-06-01", amount=500)
        self._compute()
        value = self._value(customer)
        self.assertEqual(
            value.loyalty_parts,
            {"repeat": 75, "frequency": 53, "wallet": 40, "referrals": 50, "price": 75},
        )
        expected = (25 * 75 + 25 * 100 * 23.5 / 44 + 20 * 40 + 10 * 50 + 10 * 75) / 90
        self.assertEqual(value.loyalty_score, round(expected))
        self.assertEqual(value.loyalty_band, "medium")
        self.assertIn("Not known: tolerant of faults.", value.loyalty_text)
        self.assertEqual((value.referred_count, value.referred_turnover), (1, 500))
        self.assertEqual(value.repeat_count, 3)
        self.assertIn("Depth: 3 repeat orders", value.relation_text)

    def test_unrated_without_an_order(self):
        """V5: no order, no index."""
        customer = self._create_customer("Prospect")
        self._compute()
        value = self._value(customer)
        self.assertEqual(value.loyalty_band, "unrated")
        self.assertIn("Unrated", value.loyalty_text)

    def test_unknown_parts_count_nothing(self):
        """V5: no usual interval, no lines with prices: left out, neither 0 nor 100."""
        customer = self._create_customer("Little known")
        self._days(customer, "2026-05-01", "2026-06-01")
        self._compute()
        value = self._value(customer)
        self.assertEqual(value.loyalty_parts, {"repeat": 50, "referrals": 0})
        self.assertEqual(value.loyalty_score, round(100 * 12.5 / 35))
        for part in ("frequency", "share of wallet", "price", "faults"):
            self.assertIn(part, value.loyalty_text.partition("Not known")[2])

    def test_long_silence_is_not_loyal(self):
        """V5: who has not ordered for two years repeats nothing."""
        self._usual_rhythm()
        customer = self._create_customer("Silent")
        self._days(customer, "2023-01-01", "2023-01-11", "2023-01-21", "2023-01-31")
        self._compute()
        self.assertEqual(self._value(customer).loyalty_parts["repeat"], 0)
        self.assertEqual(self._value(customer).loyalty_band, "low")

    def test_length_depth_breadth(self):
        """V12: how long, how many categories, how much more than the year before."""
        customer = self._create_customer("Long")
        categories = self.env["product.category"].sudo()
        shirts, coats = categories.create([{"name": "Shirts"}, {"name": "Coats"}])
        shirt = self._product("Shirt", categ_id=shirts.id)
        coat = self._product("Coat", categ_id=coats.id)
        self._order_lines(customer, "2024-08-01", (shirt, 1, 30))
        self._order_lines(customer, "2026-02-01", (shirt, 1, 40), (coat, 1, 60))
        self._compute()
        value = self._value(customer)
        self.assertEqual(value.category_count, 2)
        self.assertEqual((value.turnover, value.turnover_before), (100, 30))
        self.assertIn("70", value.relation_text)
