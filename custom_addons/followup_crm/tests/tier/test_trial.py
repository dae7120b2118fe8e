from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .screen_common import CLASSES, ClassificationCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestTrial(ClassificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._compute()

    def _try(self, user=None, **limits):
        """A trial with these limits of the tiers, computed."""
        scheme = self._as(self.scheme.sudo(False), user or self.manager)
        trial = self.env["followup.tier.trial"].browse(
            scheme.action_open_trial()["res_id"]
        )
        trial = self._as(trial, user or self.manager)
        for code, limit in limits.items():
            tier = trial.tier_ids.filtered(lambda t, c=code: t.tier_id.code == c)
            tier.limit = limit
        trial.action_compute()
        return trial

    def _real(self):
        """Everything that a trial must leave alone, read from the database."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.cr.execute(
            """SELECT (SELECT array_agg((id, "limit", cap)::text ORDER BY id)
                         FROM followup_tier),
                      (SELECT array_agg((id, window_months, measure)::text ORDER BY id)
                         FROM followup_tier_scheme),
                      (SELECT array_agg(a::text ORDER BY id)
                         FROM followup_tier_assignment a),
                      (SELECT COUNT(*) FROM followup_tier_change),
                      (SELECT COUNT(*) FROM followup_tier_run),
                      (SELECT array_agg((id, tier_id, tier_sequence)::text ORDER BY id)
                         FROM followup_customer)"""
        )
        return self.env.cr.fetchall()

    def test_copy_changes_nothing(self):
        """T24: an unchanged trial moves nobody and shows what is."""
        trial = self._try()
        self.assertEqual(trial.moved_count, 0)
        self.assertEqual(
            self._cells(trial.matrix),
            {("I", "I"): 2, ("II", "II"): 2, ("III", "III"): 2},
        )

    def test_other_limits(self):
        """T24: with I to 50 % only Ash stays in I; Beech has 50 % above it."""
        self.assertEqual(self._classes(), CLASSES)
        before = self._real()
        trial = self._try(I=50)
        self.assertEqual(self.scheme.tier_ids.mapped("limit"), [70, 90, 100])
        self.assertEqual(self.scheme.hysteresis_periods, 2)
        self.assertEqual(trial.moved_count, 1)
        self.assertEqual(
            self._cells(trial.matrix),
            {("I", "I"): 1, ("I", "II"): 1, ("II", "II"): 2, ("III", "III"): 2},
        )
        held = {tier.tier_id.code: tier for tier in trial.tier_ids}
        self.assertEqual(
            [held[c].customers_before for c in ("I", "II", "III")], [2, 2, 2]
        )
        self.assertEqual(
            [held[c].customers_after for c in ("I", "II", "III")], [1, 3, 2]
        )
        self.assertAlmostEqual(held["I"].measure_share, 50.0)
        self.assertAlmostEqual(held["II"].measure_share, 45.0)
        self.assertEqual(self._real(), before, "a trial changed something real")
        self.assertEqual(self.scheme.tier_ids.mapped("limit"), [70, 90, 100])

    def test_other_window(self):
        """T24: two years back, Elm's old order makes it the largest."""
        self._sell(self.customers["Elm"], 5000, "2025-03-01")
        trial = self._try()
        self.assertEqual(trial.moved_count, 0)
        trial.window_months = 24
        trial.action_compute()
        self.assertEqual(
            self._cells(trial.matrix),
            {("III", "I"): 1, ("I", "II"): 1, ("I", "III"): 1, ("II", "III"): 2}
            | {("III", "III"): 1},
        )
        self.assertEqual(self.scheme.window_months, 12)

    def test_who_moves(self):
        """T24: a figure of the matrix opens its customers."""
        trial = self._try(I=50)
        action = trial.action_open_cell(self.tiers["I"].id, self.tiers["II"].id)
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.customers["Beech"])

    def test_effect_on_the_work(self):
        """T24: contacts, visits, first-class customers per owner, response promises."""
        self.customers["Ash"].sudo().user_id = self.user_own_2
        lines = {line["label"]: line for line in self._try(I=50).effect}
        month = 365 / 12

        def figures(label):
            return (lines[label]["before"], lines[label]["after"])

        self.assertEqual(
            figures("Contacts per month"),
            (
                round(2 * month / 7 + 2 * month / 14 + 2 * month / 90),
                round(1 * month / 7 + 3 * month / 14 + 2 * month / 90),
            ),
        )
        self.assertEqual(
            figures("Most contacts per month for one owner"),
            (
                round(month / 7 + 2 * month / 14 + 2 * month / 90),
                round(3 * month / 14 + 2 * month / 90),
            ),
        )
        self.assertEqual(
            figures("Visits per year"),
            (
                round(2 * 365 / 91 + 2 * 365 / 182),
                round(365 / 91 + 3 * 365 / 182),
            ),
        )
        self.assertEqual(figures("Most customers of I for one owner"), (1, 1))
        self.assertEqual(
            figures("Average factor on the response time"),
            (0.75, round((0.5 + 3 * 0.75 + 2) / 6, 2)),
        )

    def test_overrides_keep_their_class(self):
        """T23, T24: who was put into a class by hand stays there in the trial."""
        self.env["followup.tier.override"].with_user(self.manager).create(
            {
                "customer_id": self.customers["Beech"].id,
                "scheme_id": self.scheme.id,
                "tier_id": self.tiers["I"].id,
                "reason": "The only customer of the region",
            }
        )
        self.assertEqual(self._try(I=50).moved_count, 0)

    def test_apply(self):
        """T24: applied, the scheme has the limits and window, and is computed."""
        self.scheme.hysteresis_periods = 0
        trial = self._try(I=50)
        trial.window_months = 6
        trial.action_apply()
        self.assertEqual(self.scheme.tier_ids.mapped("limit"), [50, 90, 100])
        self.assertEqual(self.scheme.window_months, 6)
        self.assertEqual(self._classes(), {**CLASSES, "Beech": "II"})
        self.assertFalse(trial.exists())

    def test_throw_away(self):
        """T24: thrown away, nothing is left."""
        before = self._real()
        trial = self._try(I=50)
        trial.action_discard()
        self.assertFalse(trial.exists())
        self.assertEqual(self._real(), before)

    def test_impossible_limits(self):
        """T24: limits that do not rise are refused, and nothing is left behind."""
        trial = self._try()
        with self.assertRaises(UserError):
            trial.tier_ids[0].limit = 95
            trial.action_compute()
        self.assertEqual(self.scheme.tier_ids.mapped("limit"), [70, 90, 100])

    def test_manual_scheme(self):
        """T24: there is nothing to try where classes are set by hand."""
        self.scheme.method = "manual"
        with self.assertRaises(UserError):
            self._as(self.scheme.sudo(False), self.manager).action_open_trial()

    def test_only_managers(self):
        """T24: nobody else tries, looks at or applies a trial (attack 5)."""
        trial = self._try(I=50)
        tier = self.tiers["I"].id
        for user in (self.user_own, self.user_all, self.officer, self.internal_user):
            mine = self._as(trial, user)
            scheme = self._as(self.scheme.sudo(False), user)
            for attack in (
                lambda s=scheme: s.action_open_trial(),
                lambda m=mine: m.read(["matrix"]),
                lambda m=mine: m.action_compute(),
                lambda m=mine: m.action_apply(),
                lambda m=mine: m.action_discard(),
                lambda m=mine: m.action_open_cell(tier, tier),
            ):
                with self.assertRaises(AccessError):
                    attack()

    def test_other_managers_and_companies(self):
        """T24: a trial is its maker's; another company's scheme cannot be tried."""
        trial = self._try()
        other = self._create_user("manager2", "followup_crm.group_manager")
        with self.assertRaises(AccessError):
            self._as(trial, other).read(["matrix"])
        foreign = self._create_user(
            "manager_b", "followup_crm.group_manager", self.company_b
        )
        with self.assertRaises(AccessError):
            self._as(trial.browse(), foreign).create({"scheme_id": self.scheme.id})

    def test_tier_of_another_scheme(self):
        """T24: a trial cannot smuggle in another scheme's tier (attack 7)."""
        trial = self._try()
        foreign = (
            self._get_scheme("lifecycle").tier_ids or self._get_scheme("rank").tier_ids
        )
        if not foreign:
            foreign = self.env["followup.tier"].create(
                {
                    "scheme_id": self.schemes.create(
                        {
                            "name": "Other",
                            "code": "other",
                            "method": "manual",
                            "company_id": self.company_a.id,
                        }
                    ).id,
                    "name": "X",
                    "code": "X",
                }
            )
        with self.assertRaises(UserError):
            trial.tier_ids = [Command.create({"tier_id": foreign[0].id, "limit": 5})]

    def test_number_of_queries(self):
        """T24: as many queries for six customers as for thirty."""
        trial = self._try(I=50)
        self.env.flush_all()
        trial.action_compute()
        self.env.invalidate_all()
        with self.assertQueryCount(200):
            start = self.cr.sql_log_count
            trial.action_compute()
            self.env.flush_all()
            few = self.cr.sql_log_count - start
        for number in range(24):
            self._create_customer(f"Small {number}")
        self._compute()
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            trial.action_compute()
            self.env.flush_all()
