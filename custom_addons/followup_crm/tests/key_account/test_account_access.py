from odoo.exceptions import AccessError
from odoo.tests import tagged

from .key_account_common import KeyAccountCase

DETAILS = (
    "followup.account.event",
    "followup.account.check",
    "followup.account.review",
    "followup.account.plan",
    "followup.account.plan.line",
    "followup.account.contact",
    "followup.account.intent",
)
WRITTEN = (
    "followup.account.plan",
    "followup.account.contact",
    "followup.account.intent",
)


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountAccess(KeyAccountCase):
    """Who may read and change the key accounts of whose customers (safety's table)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._create_customer("Own")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)
        cls.theirs = cls._create_customer("B", user=cls.user_b, company=cls.company_b)
        cls.files = cls.own | cls.foreign | cls.theirs
        for customer in cls.files:
            account = cls._account(customer).sudo()
            account._note_event("terms", "30", "60")
            account._make_checks()
            cls.env["followup.account.review"]._make_for(account)
            details = cls.env["followup.account.plan"].sudo()
            details.create({"account_id": account.id, "year": 2026})
            cls.env["followup.account.contact"].sudo().create(
                {"account_id": account.id}
            )
            cls.env["followup.account.intent"].sudo().create(
                {"account_id": account.id, "name": "x", "date_to": "2099-01-01"}
            )

    def _records(self, model, customer):
        found = self.env[model].sudo().search([("customer_id", "=", customer.id)])
        return found.sudo(False)

    def test_reading(self):
        """R1, attack 1: own, all, officer, manager; never another company's."""
        both = self.own | self.foreign
        for model in ("followup.account", *DETAILS):
            for user, seen in (
                (self.user_own, self.own),
                (self.user_all, both),
                (self.manager, both),
                (self.officer, both),
                (self.user_b, self.theirs),
            ):
                found = self._as(self.env[model], user).search([]).sudo().customer_id
                self.assertEqual(found & self.files, seen, f"{model} {user.login}")
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError, msg=model):
                    self._as(self.env[model], user).search([])

    def test_writing(self):
        """Attack 1: users their own, officers nothing, managers delete plans."""
        for model in ("followup.account", *DETAILS[1:]):
            own = self._records(model, self.own)
            foreign = self._records(model, self.foreign)
            self._as(own, self.user_own).check_access("write")
            self._as(foreign, self.user_all).check_access("write")
            for record, user, mode in (
                (foreign, self.user_own, "read"),
                (foreign, self.user_own, "write"),
                (own, self.officer, "write"),
                (own, self.user_own, "unlink"),
                (self._records(model, self.theirs), self.manager, "read"),
            ):
                with self.assertRaises(AccessError, msg=f"{model} {mode}"):
                    self._as(record, user).check_access(mode)
        for model in WRITTEN:
            own = self._records(model, self.own)
            self._as(own, self.manager).check_access("unlink")

    def test_what_methods_make(self):
        """Attack 6: accounts, events, checks and analyses are made by methods only."""
        for model in ("followup.account", *DETAILS[:3]):
            for user in (self.user_own, self.user_all, self.manager, self.officer):
                records = self._as(self.env[model], user)
                self.assertFalse(records.has_access("create"), f"{model} {user.login}")
        events = self._as(self.env["followup.account.event"], self.manager)
        self.assertFalse(events.has_access("write"))
        self.assertFalse(events.has_access("unlink"))

    def test_no_entry_for_foreign_accounts(self):
        """Attack 7: a foreign account's id in a new or changed record is refused."""
        account = self._records("followup.account", self.foreign)
        for model, vals in (
            ("followup.account.plan", {"year": 2027}),
            ("followup.account.contact", {}),
            ("followup.account.intent", {"name": "x", "date_to": "2099-01-01"}),
        ):
            records = self._as(self.env[model], self.user_own)
            with self.assertRaises(AccessError, msg=model):
                records.create({"account_id": account.id, **vals})
        for model in ("followup.account.contact", "followup.account.intent"):
            own = self._as(self._records(model, self.own), self.user_own)
            with self.assertRaises(AccessError, msg=model):
                own.write({"account_id": account.id})

    def test_actions_on_foreign_records(self):
        """Attack 5: every public method is refused on another's record."""
        methods = {
            "followup.account": (
                *("action_open_check", "action_introduce", "action_print_card"),
                *("action_print_card_xlsx", "action_open_customer", "action_decide"),
            ),
            "followup.account.check": ("action_done", "action_open_account"),
            "followup.account.review": (
                *("action_close", "action_reopen", "action_refresh"),
            ),
            "followup.account.plan": (
                *("action_spread", "action_agree", "action_close", "action_reopen"),
            ),
            "followup.account.contact": ("action_plan_visit",),
            "followup.account.intent": (
                *("action_send", "action_sign", "action_fulfil", "action_end"),
                *("action_cancel", "action_redraft"),
            ),
        }
        for model, names in methods.items():
            record = self._records(model, self.foreign)
            for user in (self.user_own, self.internal_user, self.portal_user):
                for name in names:
                    with self.assertRaises(AccessError, msg=f"{model}.{name}"):
                        getattr(self._as(record, user), name)()

    def test_leader_reads(self):
        """R1: who leads the owner's sales team reads, and changes nothing."""
        team = (
            self.env["crm.team"]
            .sudo()
            .create(
                {
                    "name": "Team",
                    "company_id": self.company_a.id,
                    "user_id": self.user_own_2.id,
                    "member_ids": [(6, 0, self.user_own.ids)],
                }
            )
        )
        self.assertEqual(self.user_own.sale_team_id, team)
        own = self._records("followup.account", self.own)
        self._as(own, self.user_own_2).check_access("read")
        with self.assertRaises(AccessError):
            self._as(own, self.user_own_2).check_access("write")

    def test_former_owner_loses_the_account(self):
        """Attack 8: account, checks and visits go to the new owner."""
        account = self._records("followup.account", self.own)
        self.env["followup.account.contact"].sudo().search(
            [("account_id", "=", account.id)]
        ).user_id = self.user_own
        self.own.sudo()._change_owner(self.user_own_2, "assigned")
        with self.assertRaises(AccessError):
            self._as(account, self.user_own).check_access("read")
        self.assertEqual(account.sudo().manager_id, self.user_own_2)
        self.assertEqual(account.sudo().check_ids.user_id, self.user_own_2)
        self.assertEqual(account.sudo().check_ids.activity_ids.user_id, self.user_own_2)
        self.assertEqual(account.sudo().contact_ids.user_id, self.user_own_2)
