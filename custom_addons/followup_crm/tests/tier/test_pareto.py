from odoo.exceptions import AccessError
from odoo.tests import tagged

from .screen_common import TURNOVER, ClassificationCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestPareto(ClassificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._compute()

    def _pareto(self, user=None, **kwargs):
        schemes = self._as(self.env["followup.tier.scheme"], user or self.manager)
        return schemes.get_pareto(**kwargs)

    def test_bars_and_curve(self):
        """V10: in descending order, with the cumulative share of each."""
        data = self._pareto()
        self.assertEqual(data["scheme_id"], self.scheme.id)
        ranked = [name for name, amount in TURNOVER.items() if amount]
        self.assertEqual([bar["name"] for bar in data["bars"]], ranked)
        self.assertEqual(
            [bar["measure"] for bar in data["bars"]], [500, 200, 150, 100, 50]
        )
        self.assertEqual(
            [round(bar["cumulative"], 6) for bar in data["bars"]], [50, 70, 85, 95, 100]
        )
        self.assertEqual([limit["limit"] for limit in data["limits"]], [70, 90])
        self.assertEqual(data["total"], 1000)
        self.assertEqual(data["tail"], {"count": 0, "measure": 0})

    def test_tail(self):
        """V10: beyond the first N, the others are one figure; nothing is lost."""
        data = self._pareto(top=2)
        self.assertEqual([bar["name"] for bar in data["bars"]], ["Ash", "Beech"])
        self.assertEqual(data["tail"], {"count": 3, "measure": 300})
        self.assertEqual(data["count"], 5)
        self.assertEqual(
            {tier["name"]: (tier["count"], tier["share"]) for tier in data["tiers"]},
            {"I": (2, 70), "II": (2, 25), "III": (1, 5)},
        )

    def test_strange_numbers(self):
        """V10: the number of bars is kept within reason."""
        self.assertEqual(len(self._pareto(top=-3)["bars"]), 1)
        self.assertEqual(len(self._pareto(top=10**9)["bars"]), 5)

    def test_own_customers_only(self):
        """V10: shares are among the customers that the user may see."""
        (
            self.customers["Cedar"] | self.customers["Elm"]
        ).sudo().user_id = self.user_own_2
        data = self._pareto(self.user_own_2)
        self.assertEqual([bar["name"] for bar in data["bars"]], ["Cedar", "Elm"])
        self.assertEqual([bar["cumulative"] for bar in data["bars"]], [75, 100])
        self.assertEqual(data["total"], 200)
        self.assertTrue(data["partial"])
        self.assertEqual(data["limits"], [])
        self.assertFalse(self._pareto()["partial"])

    def test_access(self):
        """V10: no figures for those outside, and none of another company (attack 5)."""
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._pareto(user)
        with self.assertRaises(AccessError):
            self._pareto(self.user_b, scheme_id=self.scheme.id)
        self.assertEqual(self._pareto(self.user_b)["bars"], [])

    def test_number_of_queries(self):
        """V10: as many queries for five customers as for thirty."""
        self._pareto()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        self._pareto(top=100)
        few = self.cr.sql_log_count - start
        for number in range(25):
            self._sell(self._create_customer(f"Small {number}"), 1, "2026-06-03")
        self._compute()
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            self.assertEqual(len(self._pareto(top=100)["bars"]), 30)
