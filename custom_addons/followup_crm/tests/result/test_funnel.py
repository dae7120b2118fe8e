from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install", "followup_crm", "result")
class TestFunnel(ResultCase):
    """S4: Opportunities by stage, and the forecast by closing month."""

    def _funnel(self, user=None, *domain):
        return self._rows("followup.funnel", user, domain)

    def _won(self, revenue, day):
        lead = self._lead(self.user_own, revenue)
        lead.action_set_won()
        lead.date_closed = f"{day} 10:00:00"
        return lead

    def test_forecast(self):
        """S4: revenue × probability by closing month; a passed day is this month."""
        for revenue, probability, day in (
            (1000, 25, "2026-06-10"),
            (500, 50, "2026-06-30"),
            (300, 10, "2026-05-01"),
            (200, 50, False),
        ):
            lead = self._lead(self.user_own, revenue, date_deadline=day)
            lead.probability = probability
        self._lead(self.user_own, 7777, date_deadline="2026-06-10").action_set_lost()
        groups = (
            self.env["followup.funnel"]
            .sudo()
            ._read_group(
                [("status", "=", "open"), ("company_id", "=", self.company_a.id)],
                ["closing_month:month"],
                ["expected_revenue:sum", "prorated_revenue:sum", "lead_count:sum"],
            )
        )
        self.assertEqual(
            {str(month)[:7]: tuple(sums) for month, *sums in groups},
            {
                "2026-05": (300, 30, 1),
                "2026-06": (1500, 500, 2),
                "False": (200, 100, 1),
            },
        )
        late = self._funnel(None, ("is_overdue", "=", True))
        self.assertEqual(late.expected_revenue, 300)

    def test_won_a_year_before(self):
        """S4: what was won in the month a year before stands beside the forecast."""
        self._won(400, "2025-06-15")
        self._won(50, "2026-05-02")
        before = self._funnel(None, ("status", "=", "before"))
        self.assertEqual(
            [(str(row.closing_month), row.won_before) for row in before],
            [("2026-06-01", 400)],
        )
        self.assertEqual(sum(before.mapped("lead_count")), 0)
        won = self._funnel(None, ("status", "=", "won"))
        self.assertEqual(sorted(won.mapped("won_revenue")), [50, 400])

    def test_customer_and_stage(self):
        """S4: the customer's file is found by any of its contacts."""
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.partner.id}
        )
        lead = self._lead(self.user_own, 10, partner_id=contact.id)
        row = self._funnel(self.user_own)
        self.assertEqual(
            (row.customer_id, row.stage_id), (self.customer, lead.stage_id)
        )
        self.assertEqual(row.action_open()["res_id"], lead.id)

    def test_who_sees_whose(self):
        """S4, attack 1: own; a leader the team's; all and managers all; none else."""
        for user in (self.user_own, self.user_all, self.user_own_2):
            self._lead(user, 10)

        def seen(user):
            return self._funnel(user).user_id

        team = self.user_own | self.user_all
        self.assertEqual(seen(self.user_own), self.user_own)
        self.assertEqual(seen(self.leader), team)
        self.assertEqual(seen(self.user_all), team | self.user_own_2)
        self.assertEqual(seen(self.manager), team | self.user_own_2)
        self.assertFalse(seen(self.user_b))
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                seen(user)
        foreign = self._funnel().filtered(lambda row: row.user_id == self.user_own_2)
        with self.assertRaises(AccessError):
            foreign.with_user(self.user_own).action_open()
