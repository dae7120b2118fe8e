from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .tier_common import TwoCustomersCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestEngine(TwoCustomersCase):
    """What the engine does for all schemes alike (T20, T22, T25)."""

    def test_second_run_writes_nothing(self):
        """T20: not a row of ours is touched when nothing changed, by all schemes."""
        schemes = (
            self.env["followup.tier.scheme"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_a.id),
                    ("active", "in", (True, False)),
                ]
            )
        )
        self.assertEqual(len(schemes), 20)
        schemes.active = True
        self._compute(schemes)
        before = self._versions()
        runs = self._compute(schemes)
        self.assertEqual(self._versions(), before)
        self.assertEqual(sum(runs.mapped("moved_count")), 0)
        self.assertEqual(len(runs), len(schemes))

    def test_only_changed_rows_are_written(self):
        """T20: a customer whose figures stay is not written."""
        third = self._create_customer("Third")
        self._compute(self.scheme)
        before = {row[1]: row[2:] for row in self._versions() if row[0] == "a"}
        self._orders((third, -5, "2026-06-30"))
        self._compute(self.scheme)
        after = {row[1]: row[2:] for row in self._versions() if row[0] == "a"}
        changed = {key for key in after if after[key] != before[key]}
        self.assertEqual(changed, {self._assignment(third, self.scheme).id})

    def test_run_record(self):
        """T20: when, by whom, over which window, how many moved."""
        run = self._compute(self.scheme.with_user(self.manager).sudo())
        self.assertEqual(
            (run.customer_count, run.ranked_count, run.total_measure), (2, 2, 100)
        )
        self.assertEqual((run.first_count, run.moved_count), (2, 0))
        self.assertEqual(
            (run.window_from, run.window_to), (date(2025, 7, 1), date(2026, 7, 1))
        )
        self.assertIn('"months": 12', run.rule_version)
        self.assertEqual(self.scheme.last_run_id, run)
        self._overtake()
        run = self._compute(self.scheme, today=date(2026, 7, 2))
        self.assertEqual(
            (run.first_count, run.moved_count, run.promoted_count, run.demoted_count),
            (0, 2, 1, 1),
        )

    def test_history_tells_the_class_on_any_day(self):
        """T22: the class at the end of a day, before, between and after the moves."""
        self._compute(self.scheme, today=date(2026, 6, 1))
        self._overtake("2026-06-30")
        self._compute(self.scheme)
        self.assertEqual(
            self._log(self.scheme, self.big),
            [(None, "I", "first"), ("I", "III", "down")],
        )
        for day, expected in (
            (date(2026, 5, 31), None),
            (date(2026, 6, 1), "I"),
            (date(2026, 6, 30), "I"),
            (date(2026, 7, 1), "III"),
        ):
            rows = dict(
                self.env.execute_query(self.changes._class_select(self.scheme, day))
            )
            tier = self.env["followup.tier"].browse(rows.get(self.big.id)).sudo()
            self.assertEqual(tier.code or None, expected, day)

    def test_badge_and_order_mirror_the_policy_scheme(self):
        """T28: the file shows the class of the policy scheme, and sorts by it."""
        self._compute(self.scheme)
        self.assertEqual(self.big.tier_id.code, "I")
        self.assertEqual(self.small.tier_id.code, "III")
        self.assertLess(self.big.tier_sequence, self.small.tier_sequence)
        self.scheme.is_policy = False
        self.assertFalse(self.big.tier_id)
        self.assertEqual(self.big.tier_sequence, 999)
        self.scheme.is_policy = True
        self.assertEqual(self.big.tier_id.code, "I")
        self.scheme.tier_ids[0].sequence = 5
        self.assertEqual(self.big.tier_sequence, 5)

    def test_badge_follows_moves(self):
        """T28: who changes class shows the new one at once, whoever else stays."""
        self._compute(self.scheme)
        self._overtake()
        self._compute(self.scheme, today=date(2026, 7, 2))
        self.assertEqual(self.big.tier_id.code, "III")
        self.assertEqual(self.small.tier_id.code, "I")
        self.assertLess(self.small.tier_sequence, self.big.tier_sequence)

    def test_demotion_buffer(self):
        """T25: demoted after two months below, however often it is computed."""
        self.scheme.hysteresis_periods = 2
        self._compute(self.scheme)
        self._overtake()
        first_below = date(2026, 7, 2)
        for days in (0, 0, 1, 30, 61):
            self._compute(self.scheme, today=first_below + timedelta(days=days))
            row = self._assignment(self.big, self.scheme)
            self.assertEqual(row.tier_id.code, "I", days)
            self.assertEqual(row.computed_tier_id.code, "III")
            self.assertEqual(row.below_since, first_below)
        self.assertIn("below it since 2026-07-02", row.explanation)
        self.assertEqual(self._assignment(self.small, self.scheme).tier_id.code, "I")
        self._compute(self.scheme, today=date(2026, 9, 2))
        row = self._assignment(self.big, self.scheme)
        self.assertEqual((row.tier_id.code, row.below_since), ("III", False))
        self.assertEqual(self._log(self.scheme, self.big)[1:], [("I", "III", "down")])

    def test_demotion_buffer_starts_again(self):
        """T25: whoever recovers in between has the whole time again."""
        self.scheme.hysteresis_periods = 2
        self._compute(self.scheme)
        self._overtake()
        self._compute(self.scheme, today=date(2026, 7, 2))
        self._orders((self.big, 90000, "2026-07-10"))
        self._compute(self.scheme, today=date(2026, 8, 1))
        self.assertFalse(self._assignment(self.big, self.scheme).below_since)
        self._orders((self.small, 9000000, "2026-08-10"))
        self._compute(self.scheme, today=date(2026, 9, 10))
        row = self._assignment(self.big, self.scheme)
        self.assertEqual((row.tier_id.code, row.below_since), ("I", date(2026, 9, 10)))

    def test_archived_file_leaves(self):
        """T22: an archived customer has no class, and does not count."""
        self._compute(self.scheme)
        self.big.sudo().active = False
        run = self._compute(self.scheme)
        self.assertEqual(run.customer_count, 1)
        self.assertEqual(self._classes(self.scheme), {"Small": "I"})
        self.assertEqual(self._log(self.scheme, self.big)[-1], ("I", None, "left"))
        self.assertFalse(self.big.tier_id)
        self.big.sudo().active = True
        self._compute(self.scheme)
        self.assertEqual(self._log(self.scheme, self.big)[-1], (None, "I", "first"))

    def test_owners_are_told_once(self):
        """T25: one message per owner, names escaped, not to whoever computes."""
        self.big.sudo().name = "<b>Big</b>"
        other = self._create_customer("Other", user=self.manager)
        self._orders((other, 5, "2026-01-01"))
        self._compute(self.scheme, notify=True)
        owner = self.user_own.partner_id
        domain = [("partner_ids", "in", owner.ids), ("subject", "ilike", "class")]
        messages = self.env["mail.message"].sudo()
        self.assertFalse(messages.search(domain), "first classes are no news")
        self._overtake()
        self._compute(self.scheme, today=date(2026, 7, 2), notify=True)
        told = messages.search(domain)
        self.assertEqual(len(told), 1)
        self.assertIn("&lt;b&gt;Big", told.body)
        self.assertIn("I → III", told.body)
        self.assertNotIn("Other", told.body)
        self._compute(self.scheme, today=date(2026, 7, 2), notify=True)
        self.assertEqual(len(messages.search(domain)), 1)

    def test_button(self):
        """T20: a manager computes the current company, nobody else's."""
        foreign = self._create_customer(
            "Foreign", user=self.user_b, company=self.company_b
        )
        schemes = self._as(self.env["followup.tier.scheme"], self.manager)
        notification = schemes.action_compute()
        self.assertEqual(notification["type"], "ir.actions.client")
        active = schemes.search([])
        self.assertEqual(
            set(active.mapped("code")), {"amount", "lifecycle", "credit", "region"}
        )
        self.assertEqual(active.last_run_id.mapped("user_id"), self.manager)
        self.assertTrue(self._assignment(self.big, self.scheme))
        self.assertFalse(self.assignments.search([("customer_id", "=", foreign.id)]))

    def test_button_with_progress(self):
        """T20, R2: the screen computes one scheme after the other, policy first."""
        schemes = self._as(self.env["followup.tier.scheme"], self.manager)
        action = schemes.action_compute_stepwise()
        ids = [scheme["id"] for scheme in action["params"]["schemes"]]
        self.assertEqual(set(ids), set(schemes.search([]).ids))
        self.assertEqual(ids[0], self.scheme.id)
        one = self._as(self.scheme, self.manager)
        step = one.compute_step()
        self.assertEqual((step["customers"], step["moved"]), (2, 2))
        self.assertEqual(one.compute_step()["moved"], 0)
        with self.assertRaises(AccessError):
            self._as(self.scheme, self.user_all).compute_step()
        with self.assertRaises(AccessError):
            self._as(self.scheme, self.user_all).action_compute_stepwise()

    def test_combined_files(self):
        """T22: classes of the remaining file hold; both histories are kept."""
        self._compute(self.scheme)
        gone = self.small.id
        self.small.sudo()._combine_into(self.big.sudo())
        self.assertFalse(self.assignments.search([("customer_id", "=", gone)]))
        self.assertEqual(self._classes(self.scheme), {"Big": "I"})
        self.assertEqual(
            self._log(self.scheme, self.big),
            [(None, "I", "first"), (None, "III", "first"), ("I", "I", "combined")],
        )
        rows = dict(
            self.env.execute_query(
                self.changes._class_select(self.scheme, date(2999, 1, 1))
            )
        )
        tier = self.env["followup.tier"].browse(rows[self.big.id]).sudo()
        self.assertEqual(tier.code, "I")
        self._compute(self.scheme)
        self.assertEqual(self._classes(self.scheme), {"Big": "I"})

    def test_explanations_in_constant_queries(self):
        """T21: a page of sentences costs as many queries as three of them."""
        schemes = self.scheme | self._scheme("lifecycle") | self._scheme("rfm")
        for number in range(30):
            customer = self._create_customer(f"More {number}")
            self._orders((customer, 5, "2026-01-10"))
        self._compute(schemes)
        rows = self._as(self.assignments.sudo(False), self.user_own).search([])

        def count(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(some.mapped("explanation")))
            return self.env.cr.sql_log_count - before

        count(rows[:3])
        self.assertEqual(count(rows[3:]), count(rows[:3]))

    def test_number_of_queries(self):
        """T20: as many statements for fifty customers as for two."""
        self._compute(self.scheme)

        def count():
            self._compute(self.scheme)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._compute(self.scheme)
            return self.env.cr.sql_log_count - before

        few = count()
        for number in range(50):
            self._create_customer(f"More {number}")
        self.assertEqual(count(), few)
