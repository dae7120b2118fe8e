from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install", "followup_crm", "result")
class TestResult(ResultCase):
    """S4: Results of a person by month, beside the same period of the year before."""

    def _table(self, user=None, *names):
        names = names or ("turnover", "turnover_before")
        return {
            (row.user_id, str(row.month)[:7]): tuple(row[name] for name in names)
            for row in self._rows("followup.result", user)
        }

    def test_same_period_of_last_year(self):
        """S4: the running month counts up to the same day; later months not at all."""
        me = self.user_own
        for price, day in (
            (1, "2025-04-30"),
            (2, "2025-05-20"),
            (4, "2025-05-21"),
            (8, "2025-06-01"),
            (16, "2026-05-01"),
            (32, "2026-05-20"),
        ):
            self._sold(me, price, day)
        self.assertEqual(
            self._table(),
            {
                (me, "2025-04"): (1, 0),
                (me, "2025-05"): (6, 0),
                (me, "2025-06"): (8, 0),
                (me, "2026-04"): (0, 1),
                (me, "2026-05"): (48, 2),
            },
        )
        row = self._rows("followup.result", me, [("month", "=", "2026-05-01")])
        self.assertEqual(row.turnover_growth, 2300)
        self.assertEqual((row.signed_count, row.signed_count_before), (2, 1))
        self.assertEqual((row.signed_amount, row.signed_amount_before), (48, 2))

    def test_leap_day(self):
        """S4: 29 February stands beside 28 February."""
        self._sold(self.user_own, 5, "2024-02-29")
        months = self._table()
        self.assertEqual(months[self.user_own, "2025-02"], (0, 5))

    def test_measures(self):
        """S4: sums and counts of each kind, none in place of another."""
        self._sold(self.user_own, 100, "2026-05-04")
        self._lead(self.user_own, 70).action_set_won()
        self._lead(self.user_own, 80).action_set_lost()
        names = "opened_count won_count won_amount lost_count customer_count".split()
        table = self._table(None, *names, "quotation_count")
        self.assertEqual(table[self.user_own, "2026-05"], (2, 1, 70, 1, 1, 1))

    def test_ids_are_unique_and_kept(self):
        """S4: a row has the same id whoever looks and whatever else there is."""
        self._sold(self.user_own, 5, "2026-05-04")
        before = self._rows("followup.result", self.user_own).ids
        self._sold(self.user_all, 5, "2026-05-04")
        self._sold(self.user_all, 5, "2026-04-04")
        self.assertEqual(self._rows("followup.result", self.user_own).ids, before)
        rows = self._rows("followup.result")
        self.assertEqual(len(rows), len(set(rows.ids)))
        self.assertEqual(len(rows), 3)

    def test_who_sees_whose(self):
        """S4, attack 1: own; a leader the team's; all and managers all; none else."""
        for user in (self.user_own, self.user_all, self.user_own_2):
            self._sold(user, 10, "2026-05-04")

        def seen(user):
            return self._rows("followup.result", user).user_id

        team = self.user_own | self.user_all
        everybody = team | self.user_own_2
        self.assertEqual(seen(self.user_own), self.user_own)
        self.assertEqual(seen(self.leader), team)
        self.assertEqual(seen(self.user_all), everybody)
        self.assertEqual(seen(self.manager), everybody)
        self.assertFalse(seen(self.user_b))
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                seen(user)

    def test_nobody_writes(self):
        """S4, attack 6: results are nobody's to write."""
        self._sold(self.user_own, 10, "2026-05-04")
        row = self._rows("followup.result", self.manager)
        with self.assertRaises(AccessError):
            row.write({"turnover": 1})
        foreign = row.with_user(self.user_own_2)
        with self.assertRaises(AccessError):
            foreign.action_open_lines()

    def test_my_team_filter(self):
        """S4: the filter of members and leaders works for a plain user."""
        self._sold(self.user_own, 10, "2026-05-04")
        domain = [
            "|",
            ("team_id.user_id", "=", self.leader.id),
            ("team_id.member_ids", "in", self.leader.id),
        ]
        rows = self._rows("followup.result", self.leader, domain)
        self.assertEqual(rows.user_id, self.user_own)

    def test_lines_behind_a_row(self):
        """S4: a row opens what it is made of, and that adds up to it."""
        self._sold(self.user_own, 10, "2026-05-04")
        self._sold(self.user_own, 20, "2026-05-20")
        self._sold(self.user_own, 40, "2026-04-30")
        row = self._rows(
            "followup.result", self.user_own, [("month", "=", "2026-05-01")]
        )
        domain = [*row.action_open_lines()["domain"], ("kind", "=", "sale")]
        lines = self._rows("followup.result.line", self.user_own, domain)
        self.assertEqual(sum(lines.mapped("amount")), row.turnover)
        self.assertEqual(row.turnover, 30)
