from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerStanding(FollowupCase):
    """Normal, risky, blacklisted: asked for, approved, obeyed (P17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Doubtful Trading")

    def _ask(self, standing="blacklisted", reason="Two cheques bounced"):
        self._as(self.customer, self.user_own)._request_standing(standing, reason)

    def test_request_needs_a_reason_and_a_manager(self):
        """P17: nothing changes before a manager approves."""
        with self.assertRaisesRegex(UserError, "Say why"):
            self._ask(reason=" ")
        self._ask()
        self.assertEqual(self.customer.standing, "normal")
        self.assertEqual(len(self.customer.sudo().activity_ids), 1)
        with self.assertRaises(AccessError):
            self._as(self.customer, self.user_own).action_approve_standing()
        self._as(self.customer, self.manager).action_approve_standing()
        self.assertEqual(self.customer.standing, "blacklisted")
        self.assertEqual(self.customer.standing_user_id, self.manager)
        self.assertEqual(self.customer.standing_reason, "Two cheques bounced")
        self.assertFalse(self.customer.sudo().activity_ids)

    def test_request_can_be_turned_down(self):
        """P17: the standing stays and the log says who refused."""
        self._ask()
        self._as(self.customer, self.manager).action_reject_standing()
        self.assertEqual(self.customer.standing, "normal")
        self.assertFalse(self.customer.standing_requested)
        with self.assertRaisesRegex(UserError, "Nobody has asked"):
            self._as(self.customer, self.manager).action_approve_standing()

    def test_managers_request_takes_effect_at_once(self):
        """P17: the dialog of a manager."""
        wizard = self._as(self.env["followup.customer.standing"], self.manager).create(
            {
                "customer_id": self.customer.id,
                "standing": "risky",
                "reason": "Late payer",
            }
        )
        wizard.action_apply()
        self.assertEqual(self.customer.standing, "risky")

    def test_blacklisted_customer_gets_no_quotation(self):
        """P17: refused with the reason, for its contacts too, in its company only."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.partner_id.id}
        )
        draft = self._create_order(contact, self.company_a)
        self._ask()
        self._as(self.customer, self.manager).action_approve_standing()
        with self.assertRaisesRegex(UserError, "Two cheques bounced"):
            self._create_order(contact, self.company_a)
        with self.assertRaisesRegex(UserError, "Two cheques bounced"):
            draft.action_confirm()
        self._create_order(contact, self.company_b)
        self._as(self.customer, self.manager)._request_standing("normal", "")
        self._create_order(contact, self.company_a)

    def _create_order(self, partner, company):
        return (
            self.env["sale.order"]
            .sudo()
            .with_company(company)
            .create({"partner_id": partner.id, "company_id": company.id})
        )
