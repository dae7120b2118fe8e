from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestNeed(FollowupCase):
    """Needs and suggestions: who answers, what came of it (P18)."""

    def test_closing_needs_an_answer(self):
        """P18: nothing is closed in silence."""
        customer = self._create_customer("Needy")
        need = self._as(self.env["followup.need"], self.user_own).create(
            {"customer_id": customer.id, "name": "Lighter cartons"}
        )
        self.assertEqual(need.user_id, self.user_own)
        self.assertEqual(customer.open_need_count, 1)
        with self.assertRaisesRegex(UserError, "Lighter cartons"):
            need.action_fulfilled()
        need.answer = "From June, 15 kg at most"
        need.action_answered()
        self.assertEqual(need.state, "answered")
        need.action_fulfilled()
        self.assertEqual(customer.open_need_count, 0)
        need.action_reopen()
        self.assertEqual(customer.open_need_count, 1)
        need.action_declined()
        self.assertEqual(need.state, "declined")

    @freeze_time("2026-06-10")
    def test_late(self):
        """P18: an open need past its date is late, a closed one is not."""
        customer = self._create_customer("Late")
        need = self.env["followup.need"].create(
            {
                "customer_id": customer.id,
                "name": "Samples",
                "date_deadline": "2026-06-09",
            }
        )
        self.assertTrue(need.is_late)
        need.answer = "Sent"
        need.action_answered()
        self.assertFalse(need.is_late)
