from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestConflict(FollowupCase):
    """Two want one customer, a manager decides (F9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Nordlicht Mode GmbH")
        cls.conflict = cls._ask(cls.user_own_2)

    @classmethod
    def _ask(cls, user):
        context = {"allowed_company_ids": cls.company_a.ids}
        searches = cls.env["followup.clash.search"].with_user(user)
        search = searches.with_context(**context).create({"name": "Nordlicht Mode"})
        search.action_search()
        line = search.line_ids
        line.reason = "Met at the fair"
        action = line.action_send()
        return cls.env["followup.conflict"].browse(action["res_id"])

    def test_claimant_learns_nothing(self):
        """F9, attack 1: his own words instead of the customer's name."""
        mine = self._as(self.conflict, self.user_own_2)
        names = [name for name, field in mine._fields.items() if not field.groups]
        told = str(mine.read(names))
        self.assertNotIn("GmbH", told)
        self.assertNotIn(self.customer.code, told)
        with self.assertRaises(AccessError):
            mine.read(["customer_id"])
        owner = self._as(self.conflict, self.user_own)
        self.assertEqual(owner.customer_label, "Nordlicht Mode GmbH")

    def test_manager_is_asked(self):
        """F9: an activity, which goes when it is decided."""
        activity = self.customer.sudo().activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self._as(self.conflict, self.manager).action_keep()
        self.assertFalse(self.customer.sudo().activity_ids)
        self.assertEqual(self.customer.user_id, self.user_own)
        self.assertEqual(self.conflict.state, "kept")

    def test_given(self):
        """F9: the claimant becomes the owner; the history says why."""
        conflict = self._as(self.conflict, self.manager)
        conflict.decision_note = "He found them"
        conflict.action_give()
        self.assertEqual(self.customer.user_id, self.user_own_2)
        change = self.customer.sudo().owner_change_ids
        self.assertEqual((change.kind, change.reason), ("decided", "He found them"))
        with self.assertRaises(UserError):
            conflict.action_keep()

    def test_shared(self):
        """F9: the owner stays, the claimant joins the team."""
        self._as(self.conflict, self.manager).action_share()
        self.assertEqual(self.customer.user_id, self.user_own)
        self.assertIn(self.user_own_2, self.customer.sudo().team_user_ids)

    def test_who_writes_what(self):
        """R1, attacks 5, 6: reason, reply and decision have their people."""
        claimant = self._as(self.conflict, self.user_own_2)
        owner = self._as(self.conflict, self.user_own)
        claimant.reason = "Met at two fairs"
        owner.reply = "Quotation sent in May"
        for record, vals in (
            (claimant, {"reply": "x"}),
            (claimant, {"decision_note": "x"}),
            (claimant, {"state": "given"}),
            (claimant, {"claimant_id": self.user_own.id}),
            (owner, {"reason": "x"}),
            (owner, {"owner_id": False}),
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                record.write(vals)
        for record in (claimant, owner):
            for name in ("action_give", "action_keep", "action_share"):
                with self.assertRaises(AccessError, msg=name):
                    getattr(record, name)()
            with self.assertRaises(AccessError):
                record.create({"customer_id": self.customer.id, "reason": "x"})
        for user in (self.user_all, self.officer, self.user_b, self.internal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(self.conflict, user).read(["reason"])
        with self.assertRaises(UserError):
            owner.action_withdraw()
        claimant.action_withdraw()
        self.assertEqual(self.conflict.state, "withdrawn")

    def test_asked_once(self):
        """F9: a second request while the first one waits is refused."""
        with self.assertRaisesRegex(UserError, "already"):
            self._ask(self.user_own_2)
