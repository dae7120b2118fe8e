from odoo.tests import tagged

from .pool_common import PoolCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestInteractionOwnership(PoolCase):
    """The work list names the customers that are about to leave."""

    def _get_warned(self, user, number):
        with self._at(number):
            contacts = self.env["followup.interaction"].with_user(user)
            data = contacts.with_context(
                allowed_company_ids=user.company_id.ids
            ).get_today()
        return next((s for s in data["sections"] if s["key"] == "warned"), None)

    def test_warned(self):
        """F11: warned for the pool, for the owner only."""
        self.assertFalse(self._get_warned(self.user_own, 10))
        self._run(53)
        section = self._get_warned(self.user_own, 53)
        self.assertEqual(section["count"], 1)
        self.assertEqual(section["rows"][0]["customer"], "Prospect")
        self.assertIn("7", section["rows"][0]["purpose"])
        self.assertFalse(self._get_warned(self.user_own_2, 53))
