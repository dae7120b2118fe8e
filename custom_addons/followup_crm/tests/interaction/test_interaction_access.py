from odoo.exceptions import AccessError
from odoo.tests import tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
class TestInteractionAccess(InteractionCase):
    """Who may do what with contacts, by role and company (F2)."""

    def test_own_and_foreign(self):
        """F2, attack 1: a user works with contacts of his or her customers only."""
        mine = self._plan()
        foreign = self._plan(self.foreign, self.user_own_2)
        seen = self._as(self.env["followup.interaction"], self.user_own).search([])
        self.assertIn(mine, seen)
        self.assertNotIn(foreign, seen)
        with self.assertRaises(AccessError):
            self._as(foreign, self.user_own).read(["purpose"])
        with self.assertRaises(AccessError):
            self._plan(self.foreign, self.user_own)
        with self.assertRaises(AccessError):
            mine.customer_id = self.foreign
        with self.assertRaises(AccessError):
            mine.unlink()

    def test_all_and_manager(self):
        """F2: all customers for those who see all; managers delete."""
        contact = self._plan(self.foreign, self.user_own_2)
        self._as(contact, self.user_all).purpose = "Another purpose"
        with self.assertRaises(AccessError):
            self._as(contact, self.user_all).unlink()
        self._as(contact, self.manager).unlink()

    def test_nothing_for_others(self):
        """F2: officers, other employees and portal users have no contacts."""
        contact = self._plan()
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(contact, user).read(["purpose"])
            with self.assertRaises(AccessError):
                self._as(contact, user).action_confirm()

    def test_companies(self):
        """R1: another company's contacts do not exist."""
        contact = self._plan()
        model = self._as(self.env["followup.interaction"], self.user_b)
        self.assertNotIn(contact, model.search([]))
        with self.assertRaises(AccessError):
            self._as(contact, self.user_b).action_confirm()

    def test_personal_dates_are_for_the_team(self):
        """F5: who sees all customers still does not see personal dates."""
        contact = self._plan()
        contact.sudo().is_personal = True
        for user in (self.user_all, self.manager):
            with self.assertRaises(AccessError):
                self._as(contact, user).read(["purpose"])
        self.customer.sudo().deputy_user_id = self.user_all
        self.assertTrue(self._as(contact, self.user_all).read(["purpose"]))

    def test_public_methods_refuse_foreign_contacts(self):
        """Attack 5: every button of a contact, with somebody else's id."""
        contact = self._plan(self.foreign, self.user_own_2)
        names = [
            name
            for name in dir(type(contact))
            if name.startswith("action_")
            and "followup_crm" in getattr(type(contact), name).__module__
        ]
        self.assertGreaterEqual(len(names), 7)
        for name in names:
            for user in (self.user_own, self.internal_user, self.portal_user):
                with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                    getattr(self._as(contact, user), name)()

    def test_former_owner_loses_contacts(self):
        """Attack 8: after a handover the former owner sees the contacts no more."""
        contact = self._plan()
        self._as(self.customer, self.manager)._assign(self.user_own_2)
        with self.assertRaises(AccessError):
            self._as(contact, self.user_own).read(["purpose"])
        self.assertTrue(self._as(contact, self.user_own_2).read(["purpose"]))

    def test_checks_follow_their_contact(self):
        """F2: preparations of foreign contacts are neither read nor written."""
        contact = self._plan(self.foreign, self.user_own_2)
        checks = self._as(self.env["followup.interaction.check"], self.user_own)
        with self.assertRaises(AccessError):
            checks.create({"interaction_id": contact.id, "name": "x"})
        check = self._as(checks, self.user_own_2).create(
            {"interaction_id": contact.id, "name": "Bring swatches"}
        )
        with self.assertRaises(AccessError):
            self._as(check, self.user_own).read(["name"])
        mine = self._plan()
        with self.assertRaises(AccessError):
            self._as(check, self.user_own_2).interaction_id = mine
