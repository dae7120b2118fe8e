from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.misc import mute_logger

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountRecognise(KeyAccountCase):
    """Who is a key account, by class or by hand (A1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.big = cls._create_customer("Big")
        cls.middle = cls._create_customer("Middle", user=cls.user_own_2)
        cls.small = cls._create_customer("Small")
        cls._orders(
            (cls.big, 900, "2026-03-10"),
            (cls.middle, 90, "2026-03-10"),
            (cls.small, 10, "2026-03-10"),
        )
        cls.files = cls.big | cls.middle | cls.small

    def _current(self):
        """Names of the current accounts of these customers."""
        found = self.accounts.search(
            [("customer_id", "in", self.files.ids), ("state", "=", "current")]
        )
        return sorted(found.customer_id.mapped("name"))

    def _of(self, customer):
        return self.accounts.search([("customer_id", "=", customer.id)])

    def test_first_class_of_the_policy_scheme(self):
        """A1: after classifying, the first class are key accounts of their owners."""
        self._compute(self.scheme)
        self.assertEqual(self._current(), ["Big"])
        account = self._of(self.big)
        self.assertEqual(account.manager_id, self.user_own)
        self.assertEqual(self._kinds(account), ["recognised"])
        self.assertTrue(self.big.is_key_account)
        self.assertFalse(self.small.is_key_account)
        found = self.env["followup.customer"].search(
            [("is_key_account", "=", True), ("id", "in", self.files.ids)]
        )
        self.assertEqual(found, self.big)

    def test_classes_of_another_scheme(self):
        """A1: the company says which classes of which scheme make a key account."""
        tiers = self.scheme.tier_ids.sorted("sequence")
        self.company_a.sudo().fcrm_account_tier_ids = tiers[:2]
        self._compute(self.scheme)
        classes = self._classes(self.scheme)
        wanted = sorted(
            name for name in classes
            if classes[name] in tiers[:2].mapped("code")
            and name in self.files.mapped("name")
        )  # fmt: skip
        self.assertEqual(self._current(), wanted)
        self.assertIn("Big", wanted)
        self.company_a.sudo().fcrm_account_auto = False
        self.accounts._recognise(self.company_a)
        self.assertEqual(self._current(), [])

    def test_a_second_run_writes_nothing(self):
        """A1: history and rows stay as they are when nothing changed."""
        self._compute(self.scheme)
        before = self.env["followup.account.event"].sudo().search_count([])
        begun, ended = self.accounts._recognise(self.company_a)
        self.assertFalse(begun | ended)
        after = self.env["followup.account.event"].sudo().search_count([])
        self.assertEqual(after, before)

    def test_an_archived_file_is_none(self):
        """A1: it leaves its class, and so the key accounts, though nobody moved."""
        second = self._create_customer("Second")
        self._orders((second, 890, "2026-03-10"))
        self._compute(self.scheme)
        self.assertEqual(self._of(second).state, "current")
        second.sudo().active = False
        run = self._compute(self.scheme)
        self.assertFalse(run.moved_count)
        self.assertEqual(self._of(second).state, "former")

    def test_only_moves_are_looked_at(self):
        """A1: no move, no look at all files; a setting counts the night after."""
        self._compute(self.scheme)
        self.company_a.sudo().fcrm_account_auto = False
        self._compute(self.scheme)
        self.assertEqual(self._current(), ["Big"])
        self.env["followup.tier.engine"]._compute_company(self.company_a.id)
        self.assertEqual(self._current(), [])

    def test_leaving_and_coming_back(self):
        """A1: who leaves the class is a former one; the check is dropped; and back."""
        self._compute(self.scheme)
        account = self._of(self.big)
        account._make_checks()
        self._orders((self.middle, 90000, "2026-03-11"))
        self._compute(self.scheme)
        self.assertEqual(self._current(), ["Middle"])
        self.assertEqual(account.state, "former")
        self.assertTrue(account.date_to)
        self.assertEqual(account.check_ids.mapped("state"), ["dropped"])
        self._orders((self.big, 9000000, "2026-03-12"))
        self._compute(self.scheme)
        self.assertEqual(self._of(self.big), account)
        self.assertFalse(account.date_to)
        kinds = self._kinds(account)
        self.assertEqual(kinds, ["recognised", "ended", "recognised"])

    def test_by_hand(self):
        """A1: included and excluded with a reason; left to the class again."""
        self._compute(self.scheme)
        wizard = self._as(self.env["followup.account.decide"], self.manager)
        for customer, decision in ((self.small, "include"), (self.big, "exclude")):
            dialog = wizard.create(
                {"customer_ids": customer.ids, "decision": decision, "reason": "Group"}
            )
            dialog.action_apply()
        self.assertEqual(self._current(), ["Small"])
        account = self._of(self.small)
        self.assertEqual(self._kinds(account), ["included", "recognised"])
        self.assertEqual(account.decision_user_id, self.manager)
        self.assertIn("Group", account._get_status_text())
        self._compute(self.scheme)
        self.assertEqual(self._current(), ["Small"])
        wizard.create(
            {"customer_ids": (self.small | self.big).ids, "decision": "none"}
        ).action_apply()
        self.assertEqual(self._current(), ["Big"])

    def test_by_hand_needs_a_reason(self):
        """A1: no decision by hand without a reason."""
        wizard = self._as(self.env["followup.account.decide"], self.manager)
        dialog = wizard.create({"customer_ids": self.small.ids, "decision": "include"})
        with self.assertRaisesRegex(UserError, "Say why"):
            dialog.action_apply()

    def test_only_managers_decide(self):
        """Attack 5: users and officers neither decide nor assign."""
        self._compute(self.scheme)
        account = self._of(self.big).sudo(False)
        for user in (self.user_own, self.user_all, self.officer, self.internal_user):
            with self.assertRaises(AccessError):
                self._as(account, user)._decide(self._as(self.small, user), "include")
            with self.assertRaises(AccessError):
                self._as(account, user).manager_id = self.user_own_2
            with self.assertRaises(AccessError):
                self._as(self.big, user).action_decide_key_account()

    def test_assigning_a_manager(self):
        """A1: the new manager sees the file, is told, and takes the open check."""
        self._compute(self.scheme)
        account = self._of(self.big).sudo(False)
        check = account.sudo()._make_checks()
        with Form(self._as(account, self.manager)) as form:
            form.manager_id = self.user_own_2
        self.assertIn(self.user_own_2, self.big.sudo().team_user_ids)
        self.assertEqual(check.sudo().user_id, self.user_own_2)
        self.assertEqual(check.sudo().activity_ids.user_id, self.user_own_2)
        self.assertIn("manager", self._kinds(account))
        told = (
            self.env["mail.message"]
            .sudo()
            .search([("partner_ids", "in", self.user_own_2.partner_id.ids)], limit=1)
        )
        self.assertIn("Big", told.body)
        self._as(account, self.user_own_2).check_access("read")

    def test_nobody_writes_the_state(self):
        """Attack 6: state, dates and decisions by methods only; accounts are kept."""
        self._compute(self.scheme)
        account = self._of(self.big).sudo(False)
        for vals in (
            {"state": "former"},
            {"decision": "exclude"},
            {"last_check_date": "2026-01-01"},
            {"watched": {}},
        ):
            for user in (self.user_own, self.manager):
                with self.assertRaises(AccessError, msg=str(vals)):
                    self._as(account, user).write(vals)
        with self.assertRaises(AccessError):
            self._as(account, self.manager).unlink()
        with self.assertRaises(AccessError), mute_logger("odoo.sql_db"):
            self._as(self.accounts.sudo(False), self.manager).create(
                {"customer_id": self.small.id}
            )

    def test_query_count(self):
        """A1: as many statements for 40 customers as for 4."""
        counts = []
        for number in (4, 40):
            for index in range(number):
                self._create_customer(f"{number} {index}")
            self.accounts._recognise(self.company_a)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.accounts._recognise(self.company_a)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_combining_files(self):
        """A1: of two accounts one remains with the history of both."""
        one, two = self._account(self.big), self._account(self.small)
        one.sudo()._note_event("terms", "30", "60")
        two.sudo()._note_event("limit", "", "5,000 EUR")
        for account in (one, two):
            account.sudo()._make_checks()
            self.env["followup.account.plan"].sudo().create(
                {"account_id": account.id, "year": 2026, "user_id": self.manager.id}
            )
        self.small.sudo()._combine_into(self.big.sudo())
        self.assertFalse(two.exists())
        kinds = self._kinds(one)
        self.assertLessEqual({"terms", "limit", "combined"}, set(kinds))
        states = one.sudo().check_ids.mapped("state")
        self.assertEqual(sorted(states), ["dropped", "open"])
        plans = one.sudo().with_context(active_test=False).plan_ids
        self.assertEqual(plans.sorted("id").mapped("active"), [True, False])
        self.assertEqual(plans.customer_id, self.big)
