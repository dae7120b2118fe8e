import random
import statistics
from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .value_common import TODAY, ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueEngine(ValueCase):
    """What the engine writes, and what it leaves alone."""

    def test_second_run_writes_nothing(self):
        """V5–V7: not a row is touched when nothing changed."""
        self._usual_rhythm()
        customer = self._create_customer("Buyer")
        coat = self._product("Coat", cost=5)
        self._order_lines(customer, "2026-03-01", (coat, 1, 60))
        self._compute()
        before = self._versions()
        run = self._compute()
        self.assertEqual(self._versions(), before)
        self.assertEqual((run.customer_count, run.changed_count), (26, 0))

    def test_only_changed_rows_are_written(self):
        """V7: a customer whose figures stay is not written."""
        one, two = self._create_customer("One"), self._create_customer("Two")
        self._days(one, "2026-03-01")
        self._days(two, "2026-03-01")
        self._compute()
        before = {row[1]: row[2:] for row in self._versions() if row[0] == "v"}
        self._days(two, "2026-04-01")
        self._compute()
        after = {row[1]: row[2:] for row in self._versions() if row[0] == "v"}
        changed = {key for key in after if after[key] != before[key]}
        self.assertEqual(changed, {self._value(two).id})

    def test_random_data_in_plain_python(self):
        """V4, V5, V7: the same by plain Python for random orders."""
        rng = random.Random(7)
        orders = {}
        for number in range(40):
            customer = self._create_customer(f"Random {number}")
            days = sorted(
                {
                    TODAY - timedelta(days=rng.randint(0, 900))
                    for _n in range(number % 9)
                }
            )
            orders[customer] = [day for day in days if day < TODAY]
            for day in days:
                self._days(customer, day, amount=rng.randint(1, 500))
        run = self._compute()
        gaps = sorted(g for days in orders.values() for g in self._gaps(days))
        self.assertGreater(len(gaps), 20)
        usual, p80, p95 = (self._quantile(gaps, q) for q in (0.5, 0.8, 0.95))
        self.assertEqual((run.gap_median, run.gap_count), (usual, len(gaps)))
        for customer, days in orders.items():
            value = self._value(customer)
            note = f"{customer.name}: {days}"
            self.assertEqual(value.churn_state, self._state(days, p80, p95), note)
            self.assertEqual(value.order_days, len(days), note)
            if days:
                expected = self._loyalty(days, usual)
                self.assertAlmostEqual(
                    value.loyalty_score, expected, delta=0.51, msg=note
                )
        self._assert_retention(run, orders)

    def _gaps(self, days):
        return [(b - a).days for a, b in zip(days, days[1:], strict=False)]

    def _quantile(self, values, share):
        place = share * (len(values) - 1)
        low = int(place)
        high = min(low + 1, len(values) - 1)
        return values[low] + (values[high] - values[low]) * (place - low)

    def _state(self, days, p80, p95):
        if not days:
            return "unrated"
        since = (TODAY - days[-1]).days
        limits = (p80, p95)
        if len(days) >= 4:
            median = statistics.median(self._gaps(days))
            limits = (1.5 * median, 3 * median)
        return (
            "churned" if since > limits[1] else "at_risk" if since > limits[0] else "ok"
        )

    def _loyalty(self, days, usual):
        """Repeat and frequency; nobody refers, complains or names a share."""
        recent = [day for day in days if day >= date(2024, 7, 1)]
        parts = {25: (len(recent) - 1) / len(recent) if recent else 0, 10: 0}
        points, weights = 25 * parts[25], 35
        if len(days) > 1:
            median = statistics.median(self._gaps(days))
            since = (TODAY - days[-1]).days
            points, weights = points + 25 * min(1, usual / max(median, since)), 60
        elif (TODAY - days[-1]).days:
            since = (TODAY - days[-1]).days
            points, weights = points + 25 * min(1, usual / since), 60
        return 100 * points / weights

    def _assert_retention(self, run, orders):
        before = [
            days
            for days in orders.values()
            if any(date(2024, 7, 1) <= day < date(2025, 7, 1) for day in days)
        ]
        again = [days for days in before if days[-1] >= date(2025, 7, 1)]
        self.assertAlmostEqual(run.retention, len(again) / len(before))

    def test_trend(self):
        """V5: the page shows the months; a month that was unrated is not 0."""
        customer = self._create_customer("Grows")
        self._days(customer, "2026-05-10", amount=100)
        self._compute(today=date(2026, 6, 1))
        self._days(customer, "2026-06-10", amount=50)
        self._compute(today=date(2026, 7, 1))
        rows = {row["key"]: row for row in self._value(customer).page}
        self.assertEqual(rows["churn"]["trend"], [100, 150])
        self.assertIn("+50", rows["churn"]["change"])
        self.assertEqual(rows["churn"]["direction"], "good")
        self.assertEqual(rows["credit"]["trend"], [])
        self.assertEqual(rows["collection"]["trend"], [0, 0])

    def test_companies_are_apart(self):
        """R1: a company's orders count for its own customers only."""
        ours = self._create_customer("Ours")
        theirs = self._create_customer("Theirs", self.user_b, self.company_b)
        self._days(ours, "2026-03-01", amount=10)
        self._days(theirs, "2026-03-01", amount=70, company=self.company_b)
        self._compute()
        self.assertFalse(self._value(theirs))
        self._compute(self.company_b)
        self.assertEqual(self._value(theirs).turnover, 70)
        self.assertEqual(self._value(ours).turnover, 10)

    def test_invoice_basis(self):
        """V2: with invoices as the basis, orders do not count."""
        self.company_a.sudo().followup_sales_basis = "invoice"
        customer = self._create_customer("Invoiced")
        self._days(customer, "2026-03-01")
        self._compute()
        self.assertEqual(self._value(customer).turnover, 0)
        self.assertEqual(self._value(customer).activity, "prospect")

    def test_archived_leave(self):
        """V7: an archived file has no value."""
        customer = self._create_customer("Put away")
        self._compute()
        self.assertTrue(self._value(customer))
        customer.sudo().active = False
        self._compute()
        self.assertFalse(self._value(customer))

    def test_nightly(self):
        """V7: the scheduled action computes every company."""
        customer = self._create_customer("Tonight")
        self._run_cron("followup_crm.value_cron_compute")
        self.assertTrue(self._value(customer))

    def test_statements_do_not_grow(self):
        """V4–V11: as many statements for 50 customers as for 25."""
        self._usual_rhythm()
        self._compute()
        counts = []
        for _round in range(2):
            before = self.env.cr.sql_log_count
            self._compute()
            counts.append(self.env.cr.sql_log_count - before)
            self._usual_rhythm()
        self.assertEqual(counts[0], counts[1])

    def test_screens_do_not_grow(self):
        """V7: the list at risk and the sentences: as many queries for 50 as for 25."""
        self._usual_rhythm()
        self._compute()
        names = ["proposed_contact", "contact_id", "churn_text", "credit_text", "page"]
        counts = []
        for _round in range(2):
            values = self._as(self.values, self.user_own).search([])
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            values.read(names)
            counts.append(self.env.cr.sql_log_count - before)
            self._usual_rhythm()
            self._compute()
        self.assertLessEqual(counts[1], counts[0])

    def test_on_demand(self):
        """V7: managers have it computed; others may not."""
        customer = self._create_customer("Now")
        runs = self.env["followup.value.run"]
        for user in (self.user_own, self.user_all, self.officer):
            with self.assertRaises(AccessError):
                self._as(runs, user).action_compute()
        self._as(runs, self.manager).action_compute()
        self.assertTrue(self._value(customer))

    def test_combined_files(self):
        """V7: of combined files the target's value stays, the registers move."""
        source, target = self._create_customer("Old"), self._create_customer("New")
        self._days(source, "2026-03-01")
        losses = self.env["followup.loss"].sudo()
        for customer in (source, target):
            losses.create({"customer_id": customer.id, "reason": "Moved"})
        cases = self.env["followup.winback"].sudo()
        for customer in (source, target):
            cases.create({"customer_id": customer.id})
        self._compute()
        source.sudo()._combine_into(target.sudo())
        kept = losses.search([("customer_id", "=", target.id)])
        self.assertEqual(sorted(kept.mapped("state")), ["lost", "regained"])
        kept = cases.search([("customer_id", "=", target.id)])
        self.assertEqual(sorted(kept.mapped("state")), ["cancelled", "draft"])
        self.assertEqual(len(self._value(target)), 1)
