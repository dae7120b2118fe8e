from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .pool_common import PoolCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestPoolAppeal(PoolCase):
    """An owner asks to keep a customer, a manager decides (F6)."""

    def _appeal(self, customer, user, **vals):
        appeals = self._as(self.env["followup.pool.appeal"], user)
        return appeals.create({"customer_id": customer.id, "reason": "Fair", **vals})

    def test_approved(self):
        """F6: it stays while it waits, and then for 60 days; asked for once."""
        with self._at(58):
            appeal = self._appeal(self.prospect, self.user_own)
            activity = self._activities(self.prospect, "pool_appeal")
            self.assertEqual(activity.user_id, self.manager)
        self.assertEqual(self._forecast(self.prospect, 70)[1], "appeal")
        with self._at(70):
            self._as(appeal, self.manager).action_approve()
            self.assertFalse(self._activities(self.prospect, "pool_appeal"))
        self.assertEqual(appeal.keep_until, self._day(130))
        for number in (71, 124, 130):
            self._run(number)
        self.assertTrue(self.prospect.user_id)
        with self._at(130), self.assertRaises(UserError):
            self._appeal(self.prospect, self.user_own)
        self._run(131)
        self.assertFalse(self.prospect.user_id)

    def test_refused(self):
        """F6: the rules go on."""
        with self._at(58):
            appeal = self._appeal(self.prospect, self.user_own)
            self._as(appeal, self.manager).action_refuse()
        self._run(58)
        self._run(65)
        self.assertFalse(self.prospect.user_id)

    def test_withdrawn_when_the_owner_changes(self):
        """F6: a new owner begins anew, and may appeal himself."""
        with self._at(10):
            appeal = self._appeal(self.prospect, self.user_own)
            self._as(self.prospect, self.manager)._assign(self.user_own_2)
            self.assertEqual(appeal.sudo().state, "withdrawn")
            self._appeal(self.prospect, self.user_own_2)

    def test_who_may(self):
        """R1, attacks 5, 6, 7: only the owner asks, only a manager decides."""
        self.prospect.sudo().team_user_ids = self.user_own_2
        with self.assertRaises(AccessError):
            self._appeal(self.prospect, self.user_own_2)
        appeal = self._appeal(
            self.prospect, self.user_own, state="approved", keep_until="2030-01-01"
        )
        self.assertEqual((appeal.state, appeal.keep_until), ("requested", False))
        with self.assertRaises(AccessError):
            appeal.write({"state": "approved"})
        with self.assertRaises(AccessError):
            appeal.write({"keep_until": "2030-01-01"})
        for user in (self.user_own, self.user_all):
            with self.assertRaises(AccessError):
                self._as(appeal, user).action_approve()
        foreign = self._owned("Foreign", user=self.user_own_2)
        theirs = self._appeal(foreign, self.user_own_2)
        with self.assertRaises(AccessError):
            self._as(theirs, self.user_own).read(["reason"])
        for user in (self.user_b, self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(appeal, user).read(["reason"])
        appeal.action_withdraw()
        self.assertEqual(appeal.state, "withdrawn")
