from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .tier_common import TODAY, TierCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
@freeze_time("2026-07-01 10:00:00")
class TestOverride(TierCase):
    """A class given by hand: reason, expiry, approval (T23)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls._scheme("amount")
        cls.first = cls._create_customer("First")
        cls.last = cls._create_customer("Last")
        cls._orders((cls.first, 900, "2026-01-01"), (cls.last, 1, "2026-01-01"))
        cls.engine._compute_schemes(cls.scheme, notify=False, today=TODAY)

    def _ask(self, user, code="I", customer=None, scheme=None, **vals):
        scheme = scheme or self.scheme
        overrides = self._as(self.env["followup.tier.override"], user)
        return overrides.create(
            {
                "customer_id": (customer or self.last).id,
                "scheme_id": scheme.id,
                "tier_id": self._tier(scheme, code).id,
                "reason": "The only customer of the region",
                **vals,
            }
        )

    def _class(self, customer=None):
        return self._assignment(customer or self.last, self.scheme).tier_id.code

    def test_user_asks_manager_approves(self):
        """T23: nothing happens before the approval; afterwards it holds."""
        override = self._ask(self.user_own)
        self.assertEqual(override.state, "requested")
        self._compute(self.scheme)
        self.assertEqual(self._class(), "III")
        todo = self.last.sudo().activity_ids
        self.assertIn("Amount I/II/III I", todo.summary)
        with self.assertRaises(AccessError):
            override.action_approve()
        self._as(override, self.manager).action_approve()
        self.assertFalse(self.last.sudo().activity_ids)
        self.assertEqual(override.approved_by_id, self.manager)
        row = self._assignment(self.last, self.scheme)
        self.assertEqual((row.tier_id.code, row.computed_tier_id.code), ("I", "III"))
        self.assertIn("The only customer of the region", row.explanation)
        self.assertEqual(self.last.tier_id.code, "I")
        self.assertEqual(self._log(self.scheme, self.last)[-1], ("III", "I", "up"))
        version = self._versions()
        self._compute(self.scheme)
        self.assertEqual(self._versions(), version)

    def test_manager_sees_what_would_change(self):
        """T23: beside the request stands the class now, and why."""
        override = self._ask(self.user_own)
        shown = self._as(override, self.manager).current_class
        self.assertTrue(shown.startswith("III: "), shown)
        self.assertIn("place 2 of 2", shown)

    def test_dialog(self):
        """T23: it begins with the policy scheme; who may not decide, asks."""
        dialogs = self.env["followup.tier.set"]
        manual = self._scheme("relation")
        manual.active = True
        for user, asks in ((self.user_own, True), (self.manager, False)):
            mine = self._as(dialogs, user).with_context(
                default_customer_ids=self.last.ids
            )
            dialog = mine.new(mine.default_get(["customer_ids"]))
            self.assertEqual(dialog.scheme_id._origin, self.scheme)
            self.assertEqual(dialog.needs_approval, asks)
            dialog.scheme_id = manual.with_env(dialog.env)
            self.assertFalse(dialog.needs_approval)
        values = {
            "customer_ids": self.last.ids,
            "tier_id": self._tier(self.scheme, "I").id,
            "reason": "The only customer of the region",
        }
        answer = self._as(dialogs, self.user_own).create(values).action_apply()
        self.assertEqual(answer["tag"], "display_notification")
        self.assertEqual(self._class(), "III")

    def test_end_returns_to_the_figures_at_once(self):
        """T23: no demotion buffer for a class that came by hand."""
        self.assertEqual(self.scheme.hysteresis_periods, 2)
        override = self._ask(self.manager)
        self.assertEqual(self._class(), "I")
        with self.assertRaises(AccessError):
            self._as(override, self.user_own).action_end()
        override.action_end()
        self.assertEqual(self._class(), "III")
        self._compute(self.scheme)
        self.assertEqual(self._class(), "III")

    def test_expiry(self):
        """T23: the last day still counts, the next one does not."""
        override = self._ask(self.manager, date_to="2026-07-10")
        self._compute(self.scheme, today=date(2026, 7, 10))
        self.assertEqual(self._class(), "I")
        self._compute(self.scheme, today=date(2026, 7, 11))
        self.assertEqual(self._class(), "III")
        with freeze_time("2026-07-11 10:00:00"):
            self._run_cron("followup_crm.tier_cron_compute")
        self.assertEqual(override.state, "ended")

    def test_future_override(self):
        """T23: a later one takes over on its day; the present one ends before."""
        present = self._ask(self.manager, "I")
        later = self._ask(self.manager, "II", date_from="2026-08-01")
        self.assertEqual(self._class(), "I")
        self.assertEqual(present.date_to, date(2026, 7, 31))
        self._compute(self.scheme, today=date(2026, 7, 31))
        self.assertEqual(self._class(), "I")
        self._compute(self.scheme, today=date(2026, 8, 1))
        self.assertEqual(self._class(), "II")
        self.assertEqual(later.state, "approved")

    def test_new_one_ends_the_former(self):
        """T23: one is in force."""
        former = self._ask(self.manager, "I")
        self._ask(self.manager, "II")
        self.assertEqual(former.state, "ended")
        self.assertEqual(self._class(), "II")

    def test_what_was_approved_is_fixed(self):
        """T23, attack 6: approval cannot be got for one class and used for another."""
        override = self._as(self._ask(self.manager, "II"), self.user_own)
        value = self._scheme("value")
        first = self._tier(self.scheme, "I").id
        for vals in (
            {"tier_id": first},
            {"date_to": "2030-01-01"},
            {"scheme_id": value.id},
            {"customer_id": self.first.id},
            {"state": "requested"},
            {"approved_by_id": self.user_own.id},
            {"company_id": self.company_b.id},
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                override.write(vals)
        managed = self._as(override, self.manager)
        with self.assertRaises(AccessError):
            managed.tier_id = first
        managed.date_to = "2026-07-01"
        self._compute(self.scheme, today=date(2026, 7, 2))
        self.assertEqual(self._class(), "III")

    def test_approval_cannot_be_smuggled_in(self):
        """Attack 7: by value or by default in the context."""
        with self.assertRaises(AccessError):
            self._ask(self.user_own, state="approved")
        overrides = self._as(self.env["followup.tier.override"], self.user_own)
        override = overrides.with_context(
            default_state="approved", default_approved_by_id=self.manager.id
        ).create(
            {
                "customer_id": self.last.id,
                "scheme_id": self.scheme.id,
                "tier_id": self._tier(self.scheme, "I").id,
                "reason": "x",
            }
        )
        self.assertEqual(override.state, "requested")
        self.assertFalse(override.approved_by_id)

    def test_request_can_be_changed_and_withdrawn(self):
        """T23: as long as nobody decided."""
        override = self._ask(self.user_own)
        override.tier_id = self._tier(self.scheme, "II")
        override.action_end()
        self.assertEqual(override.state, "ended")
        with self.assertRaises(UserError):
            self._as(override, self.manager).action_approve()

    def test_bad_input(self):
        """T23: reason, period, tier and company must fit."""
        with self.assertRaises(ValidationError):
            self._ask(self.manager, reason="  ")
        with self.assertRaises(ValidationError):
            self._ask(self.manager, date_from="2026-07-02", date_to="2026-07-01")
        with self.assertRaises(ValidationError):
            self._ask(self.manager, tier_id=self._scheme("abc").tier_ids[0].id)
        foreign = self._scheme("amount", self.company_b)
        with self.assertRaises(UserError):
            self._ask(self.manager, scheme=foreign)

    def test_manual_scheme_in_bulk(self):
        """T12, T19, T23: set by hand by users, at once, without approval."""
        scheme = self._scheme("behaviour")
        scheme.active = True
        vals = [
            {
                "customer_id": customer.id,
                "scheme_id": scheme.id,
                "tier_id": self._tier(scheme, "rational").id,
                "reason": "Asked for test reports",
            }
            for customer in (self.first, self.last)
        ]
        overrides = self._as(self.env["followup.tier.override"], self.user_own)
        made = overrides.create(vals)
        self.assertEqual(set(made.mapped("state")), {"approved"})
        self.assertEqual(
            self._classes(scheme), {"First": "rational", "Last": "rational"}
        )
        made[0].action_end()
        self.assertEqual(self._classes(scheme), {"First": None, "Last": "rational"})
        self._compute(scheme)
        self.assertEqual(self._classes(scheme), {"First": None, "Last": "rational"})

    def test_bulk_needs_as_many_queries_per_customer(self):
        """T23: fifty at once compute nothing again for all."""
        scheme = self._scheme("behaviour")
        scheme.active = True
        customers = [self._create_customer(f"C{n}") for n in range(20)]
        runs = self.env["followup.tier.run"].sudo()
        before = runs.search_count([])
        tier = self._tier(scheme, "rational")
        overrides = self._as(self.env["followup.tier.override"], self.user_own)

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            overrides.create(
                [
                    {
                        "customer_id": customer.id,
                        "scheme_id": scheme.id,
                        "tier_id": tier.id,
                        "reason": "x",
                    }
                    for customer in some
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        count(customers[:1])
        few = count(customers[1:4])
        self.assertLessEqual(count(customers[4:]), few + 2)
        self.assertEqual(runs.search_count([]), before)

    def test_combined_files_keep_one_override(self):
        """T23: the remaining file's own override holds."""
        self._ask(self.manager, "II", customer=self.first)
        other = self._ask(self.manager, "I", customer=self.last)
        self.last.sudo()._combine_into(self.first.sudo())
        self.assertEqual(other.state, "ended")
        self._compute(self.scheme)
        self.assertEqual(self._class(self.first), "II")
