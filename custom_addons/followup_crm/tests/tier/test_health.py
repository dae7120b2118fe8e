from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .screen_common import ClassificationCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestHealth(ClassificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._compute()

    def _verdicts(self, user=None):
        scheme = self._as(self.scheme.sudo(False), user or self.manager)
        action = scheme.action_check_health()
        health = self.env[action["res_model"]].browse(action["res_id"])
        return {line.principle: line for line in health.line_ids}

    def test_four_principles(self):
        """T27: each principle has a verdict and a reason."""
        verdicts = self._verdicts()
        self.assertEqual(
            list(verdicts), ["measurable", "large", "reachable", "different"]
        )
        self.assertTrue(all(line.reason for line in verdicts.values()))

    def test_measurable(self):
        """T27: a customer without a class counts against it: 6 of 7, below 90 %."""
        self.assertEqual(self._verdicts()["measurable"].verdict, "good")
        self._create_customer("Ginkgo")
        line = self._verdicts()["measurable"]
        self.assertEqual(line.verdict, "fair")
        self.assertIn("6 of 7", line.reason)

    def test_large_enough(self):
        """T27: classes of two are too small; everybody in one class is no scheme."""
        line = self._verdicts()["large"]
        self.assertEqual(line.verdict, "fair")
        for name in self.tiers:
            self.assertIn(name, line.reason)
        first, second, _third = self.scheme.tier_ids
        self.scheme.tier_ids = [
            Command.update(first.id, {"limit": 99.98}),
            Command.update(second.id, {"limit": 99.99}),
        ]
        self.customers["Fir"].sudo().action_archive()
        self._compute()
        self.assertEqual(self._verdicts()["large"].verdict, "bad")

    def test_reachable(self):
        """T27: the worst class decides: none, half, all can be called or written to."""
        self.assertEqual(self._verdicts()["reachable"].verdict, "bad")
        for name in self.customers:
            self.customers[name].sudo().email = f"{name}@example.com".lower()
        line = self._verdicts()["reachable"]
        self.assertEqual(line.verdict, "good")
        self.customers["Elm"].sudo().email = False
        line = self._verdicts()["reachable"]
        self.assertEqual(line.verdict, "bad")
        self.assertIn("III 50 %", line.reason)

    def test_react_differently(self):
        """T27: average order 350, 125 and 25 differ; equal ones do not."""
        line = self._verdicts()["different"]
        self.assertEqual(line.verdict, "good")
        self.assertIn("350", line.reason)
        self.assertIn("125", line.reason)
        orders = self.env["sale.order"].search([("company_id", "=", self.company_a.id)])
        orders.order_line.write({"price_unit": 100})
        self._sell(self.customers["Fir"], 100, "2026-06-02")
        self.env.flush_all()
        line = self._verdicts()["different"]
        self.assertEqual(line.verdict, "bad")

    def test_nobody(self):
        """T27: a company without customers gets verdicts, not an error."""
        scheme = self._get_scheme("amount", self.company_b)
        self.assertEqual(
            [verdict for _principle, verdict, _reason in scheme._get_health()],
            ["bad", "fair", "bad", "bad"],
        )

    def test_access(self):
        """T27: who sees only his or her own customers gets no figures of all (5)."""
        self._verdicts(self.user_all)
        self._verdicts(self.officer)
        for user in (self.user_own, self.internal_user, self.user_b):
            with self.assertRaises(AccessError):
                self._verdicts(user)
