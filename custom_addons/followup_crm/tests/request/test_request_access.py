from odoo.exceptions import AccessError
from odoo.tests import tagged

from .request_common import RequestCase

LISTS = ("followup.request.rule", "followup.request.target")


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestRequestAccess(RequestCase):
    """Who may do what with requests, per role and company (attacks 1, 5, 7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.request = cls._ask()
        cls.foreign = (
            cls.env["followup.request"]
            .with_user(cls.user_b)
            .with_context(allowed_company_ids=cls.company_b.ids)
            .create({"subject": "Of company B"})
        )

    def _sees(self, user, record):
        return self._as(record, user).search([("id", "in", record.ids)]) == record

    def test_reading(self):
        """Q1: Owner, all-users, officers and managers see it; others do not."""
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            self.assertTrue(self._sees(user, self.request), user.login)
            self.assertFalse(self._sees(user, self.foreign), user.login)
        for user in (self.user_own_2, self.user_b):
            self.assertFalse(self._sees(user, self.request), user.login)
        for user in (
            self.user_own_2,
            self.user_b,
            self.internal_user,
            self.portal_user,
        ):
            with self.assertRaises(AccessError):
                self._as(self.request, user).read(["subject"])

    def test_writing(self):
        """Q1: Those who see it may work on it; nobody else."""
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            self._as(self.request, user).write({"description": user.login})
        for user in (self.user_own_2, self.user_b, self.internal_user):
            with self.assertRaises(AccessError):
                self._as(self.request, user).write({"description": "x"})

    def test_foreign_customer(self):
        """Attack 7: Nobody hangs a request on a customer that he may not see."""
        other = self._create_customer("Other", user=self.user_own_2)
        with self.assertRaises(AccessError):
            self._ask(customer_id=other.id)
        with self.assertRaises(AccessError):
            self.request.customer_id = other

    def test_public_methods(self):
        """Attack 5: Steps of a foreign request are refused."""
        for name in (
            "action_start", "action_answer", "action_ask", "action_match",
            "action_confirm_sender", "action_make_complaint",
        ):  # fmt: skip
            for user in (self.user_own_2, self.user_b):
                with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                    getattr(self._as(self.request, user), name)()
        for user in (self.user_own_2, self.user_b):
            with self.assertRaises(AccessError):
                self._step(self._as(self.request, user), "drop")

    def test_lists_are_the_managers(self):
        """Q1: Everybody reads rules and promises, managers keep them."""
        for model in LISTS:
            vals = {"amount": 1, "kind": "other", "company_id": self.company_a.id}
            if model.endswith("rule"):
                vals = {"name": "R"}
            for user in (self.user_own, self.officer):
                here = self._as(self.env[model], user)
                self.assertTrue(here.search([]))
                with self.assertRaises(AccessError):
                    here.create(vals)
            made = self._as(self.env[model], self.manager).create(vals)
            made.unlink()

    def test_address_is_the_managers(self):
        """Q1: Only managers see and set the address, of their companies only."""
        channels = self.env["followup.request.channel"]
        own = channels._of_company(self.company_a).sudo(False)
        self._as(own, self.manager).is_receipt_sent = False
        foreign = channels._of_company(self.company_b).sudo(False)
        self.assertFalse(self._sees(self.manager, foreign))
        for user in (self.user_all, self.officer):
            with self.assertRaises(AccessError):
                self._as(own, user).read(["is_receipt_sent"])
