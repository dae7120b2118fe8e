from datetime import date, timedelta

from odoo.tests import tagged

from .pool_common import START, PoolCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestPoolEngine(PoolCase):
    """Customers with orders: told to the manager, kept while active (F6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.fcrm_churn_days = 400
        cls.tiers = (
            cls.env["followup.tier.scheme"]
            .search([("company_id", "=", cls.company_a.id), ("is_policy", "=", True)])
            .tier_ids
        )

    def _buyer(self, name, tier=None, orders=1, interval=0, **vals):
        return self._owned(
            name,
            tier_id=tier.id if tier else False,
            first_order_date=START - timedelta(days=300),
            last_order_date=START,
            order_count=orders,
            order_interval_days=interval,
            **vals,
        )

    def test_escalation_by_tier(self):
        """F6: I after 30, II after 60, III after 90 days; told once for a silence."""
        buyers = [self._buyer(f"Buyer {n}", tier) for n, tier in enumerate(self.tiers)]
        self.assertEqual(len(buyers), 3)
        for days, told in ((29, 0), (30, 1), (59, 1), (60, 2), (89, 2), (90, 3)):
            self._run(days)
            found = [bool(self._activities(b, "pool_escalation")) for b in buyers]
            self.assertEqual(found, [n < told for n in range(3)], days)
        activity = self._activities(buyers[0], "pool_escalation")
        self.assertEqual(len(activity), 1, "told once")
        self.assertEqual(activity.user_id, self.manager)
        activity.unlink()
        self._contact(buyers[0], 91)
        self._run(120)
        self.assertFalse(self._activities(buyers[0], "pool_escalation"))
        self._run(121)
        self.assertTrue(self._activities(buyers[0], "pool_escalation"))

    def test_active_buyers_never_leave(self):
        """F6: a buyer that nobody talks to stays as long as it is not churned."""
        buyer = self._buyer("Rare", orders=2)
        regular = self._buyer("Regular", orders=6, interval=100)
        for number in range(60, 300, 10):
            self._run(number)
        self.assertEqual((buyer | regular).user_id, self.user_own)

    def test_churned_buyers_leave(self):
        """F6: three times its own rhythm, 90 days, no contact: then it leaves."""
        regular = self._buyer("Regular", orders=6, interval=20)
        slow = self._buyer("Slow", orders=6, interval=50)
        rare = self._buyer("Rare", orders=2)
        expected = {regular: 90, slow: 150, rare: 400}
        for customer, days in expected.items():
            self.assertEqual(
                self._forecast(customer, 1)[0], self._day(days), customer.name
            )
        self._contact(regular, 30)
        self.assertEqual(self._forecast(regular, 31)[0], self._day(120))
        for number in (143, 149):
            self._run(number)
        self.assertTrue(slow.user_id)
        self._run(150)
        self.assertFalse(slow.user_id)
        self.assertEqual(slow.sudo().owner_change_ids.kind, "pool")

    def test_churn_days_are_the_companys_own(self):
        """F6: 95 of 100 intervals between orders are shorter."""
        product = self.env["product.product"].create({"name": "Shirt"})
        gaps = [10] * 19 + [200]
        day = date(2025, 1, 6)
        days = [day]
        for gap in gaps:
            day += timedelta(days=gap)
            days.append(day)
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": self.prospect.partner_id.id,
                    "company_id": self.company_a.id,
                    "order_line": [(0, 0, {"product_id": product.id})],
                }
                for _day in days
            ]
        )
        for order, moment in zip(orders, days, strict=True):
            order.write({"state": "sale", "date_order": f"{moment} 10:00:00"})
        with self._at(0):
            self.engine._refresh_churn_days(self.company_a)
        # Between the 19th (10) and 20th (200) of 20 values: 10 + 0.05 × 190.
        self.assertEqual(self.company_a.fcrm_churn_days, 20)

    def test_the_owner_is_told(self):
        """F6: one message for all that are warned, one when a customer has left."""
        second = self._owned("Second")
        inbox = self.env["mail.message"].search([], order="id desc", limit=1)
        new = [
            ("id", ">", inbox.id),
            ("partner_ids", "in", self.user_own.partner_id.id),
        ]
        self._run(53)
        messages = self.env["mail.message"].search(new)
        self.assertEqual(len(messages), 1)
        self.assertIn("Prospect", messages.body)
        self.assertIn("Second", messages.body)
        self._run(60)
        self.assertFalse((second | self.prospect).user_id)
        self.assertEqual(self.env["mail.message"].search_count(new), 3)

    def test_queries_do_not_grow_with_the_customers(self):
        """F6: nothing to do for twice the customers takes no more queries."""
        many = self._owned("Many 0")
        for number in range(1, 20):
            many |= self._owned(f"Many {number}")
        counts = []
        for customers in (many[:5], many):
            self.env["followup.pool.watch"]._get_for(customers)
            self.env.flush_all()
            self.env.invalidate_all()
            with self._at(1):
                before = self.env.cr.sql_log_count
                self.engine._apply_rules(self.company_a, customers.ids)
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
