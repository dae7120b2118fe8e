from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .prospect_common import ProspectCase

MEASURES = (
    "lead_count:sum won_count:sum win_rate:avg turnover:sum cost:sum cost_per_win:avg"
    " return_rate:avg"
).split()


@tagged("post_install", "-at_install", "followup_crm", "prospect")
class TestChannelYield(ProspectCase):
    """What a channel brings (N3), by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, stage in (("A", "signed"), ("B", "signed"), ("C", "near")):
            cls._lead(name, fcrm_channel_id=cls.fair.id, stage_id=cls.stages[stage].id)
        lost = cls._lead("D", fcrm_channel_id=cls.fair.id)
        lost.action_set_lost()
        cls._lead("E", user=cls.seller_2, fcrm_channel_id=cls.guide.id)
        one = cls._create_customer("One", cls.seller, source_channel_id=cls.fair.id)
        two = cls._create_customer("Two", cls.seller_2, source_channel_id=cls.fair.id)
        cls._orders((one, 300, "2026-03-01"), (one, 200, "2026-03-09"))
        cls._orders((two, 500, "2026-04-01"))
        cls.env["followup.sales.month"].sudo()._refresh()
        cls.env["followup.channel.cost"].sudo().create(
            {
                "channel_id": cls.fair.id,
                "company_id": cls.company_a.id,
                "date_from": date(2026, 2, 1),
                "amount": 400,
                "note": "Stand",
            }
        )

    def _figures(self, user=None, channel=None):
        found = self.env["followup.channel.yield"].with_user(user or self.manager)
        found = found.with_context(allowed_company_ids=self.company_a.ids)
        domain = [("channel_id", "=", (channel or self.fair).id)]
        return found._read_group(domain, [], MEASURES)[0]

    def test_by_hand(self):
        """N3: 4 leads, 2 won of 3 decided, 1,000 turnover for 400: 200 a win, 2.5."""
        leads, won, rate, turnover, cost, per_win, back = self._figures()
        self.assertEqual((leads, won, turnover, cost), (4, 2, 1000, 400))
        self.assertAlmostEqual(rate, 200 / 3)
        self.assertEqual((per_win, back), (200, 2.5))

    def test_nothing_decided(self):
        """N3: where nothing is decided or spent, ratios are empty and not 0."""
        leads, won, rate, turnover, cost, per_win, back = self._figures(
            channel=self.guide
        )
        self.assertEqual((leads, won), (1, 0))
        self.assertFalse(rate)
        self.assertEqual((turnover or 0, cost or 0), (0, 0))
        self.assertFalse(per_win or back)

    def test_own(self):
        """N3: who sees his own customers has his own leads and turnover counted."""
        leads, won, _rate, turnover, _cost, _per_win, _back = self._figures(self.seller)
        self.assertEqual((leads, won, turnover), (4, 2, 500))
        leads, _won, _rate, turnover, *_rest = self._figures(self.seller_2)
        self.assertEqual((leads or 0, turnover), (0, 500))

    def test_other_company(self):
        """N3: another company's people find nothing."""
        found = self.env["followup.channel.yield"].with_user(self.user_b)
        found = found.with_context(allowed_company_ids=self.company_b.ids)
        self.assertFalse(found.search([("channel_id", "=", self.fair.id)]))
        for user in (self.officer, self.portal_user, self.internal_user):
            with self.assertRaises(AccessError):
                self.env["followup.channel.yield"].with_user(user).search([])

    def test_costs(self):
        """N3: managers enter costs; dates must follow one another."""
        costs = self.env["followup.channel.cost"]
        vals = {"channel_id": self.guide.id, "amount": 90, "note": "Entry"}
        mine = self._as(costs, self.manager).create(vals)
        self.assertEqual(mine.company_id, self.company_a)
        with self.assertRaises(ValidationError):
            mine.write({"date_from": "2026-05-02", "date_to": "2026-05-01"})
        for user in (self.user_own, self.user_all):
            self.assertEqual(self._as(mine, user).amount, 90)
            for forbidden in (
                lambda user=user: self._as(costs, user).create(vals),
                lambda user=user: self._as(mine, user).write({"amount": 1}),
                lambda user=user: self._as(mine, user).unlink(),
            ):
                with self.assertRaises(AccessError):
                    forbidden()
        for user in (self.user_b, self.portal_user, self.internal_user):
            with self.assertRaises(AccessError):
                self._as(mine, user).read(["amount"])
