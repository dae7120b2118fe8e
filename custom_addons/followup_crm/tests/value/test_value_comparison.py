from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .value_common import ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
@freeze_time("2026-07-01 12:00:00")
class TestValueComparison(ValueCase):
    """S5: the last 12 months of a customer beside the 12 before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own")
        cls.gone = cls._create_customer("Gone")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)

    def _row(self, customer):
        rows = self._as(self.env["followup.value.comparison"], self.manager)
        return rows.search([("customer_id", "=", customer.id)])

    def test_change(self):
        """S5: change, rate and place; who did not come back."""
        self._days(self.own, "2025-02-01", amount=200)
        self._days(self.own, "2026-02-01", amount=150)
        self._days(self.gone, "2024-09-01", amount=500)
        self._days(self.foreign, "2026-03-01", amount=40)
        self._compute()
        own, gone = self._row(self.own), self._row(self.gone)
        self.assertEqual((own.turnover_before, own.turnover), (200, 150))
        self.assertEqual((own.turnover_change, own.change_rate), (-50, -0.25))
        self.assertEqual((gone.place_before, own.place_before), (1, 2))
        self.assertEqual((own.ordered_again, gone.ordered_again), (True, False))
        new = self._row(self.foreign)
        self.assertEqual((new.has_before, new.change_rate), (False, 0))

    def test_rise_of_cost(self):
        """S5: against the figures of the same month a year ago, else unknown."""
        for customer in (self.own, self.gone):
            self._days(customer, "2026-06-01")
        self._compute()
        self.env.cr.execute(
            "UPDATE followup_value SET serve_known = TRUE, serve_cost = 90"
        )
        self.env["followup.value.month"].sudo().create(
            {
                "customer_id": self.own.id,
                "company_id": self.company_a.id,
                "month": date(2025, 7, 1),
                "serve_cost": 60,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        own, gone = self._row(self.own), self._row(self.gone)
        self.assertEqual((own.serve_before, own.serve_change), (60, 30))
        self.assertEqual((own.is_dearer, gone.is_dearer), (True, False))

    def test_opens_the_file(self):
        """S5: a row leads to its customer."""
        self._days(self.own, "2026-06-01")
        self._compute()
        action = self._row(self.own).action_open_customer()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("followup.customer", self.own.id),
        )
