from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "integration")
class TestResPartner(FollowupCase):
    """What the address book shows and does for customers with a file (P1, R1, R7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Visible")
        cls.partner = cls.customer.partner_id

    def test_button_opens_or_makes_the_file(self):
        """P1: from a partner, and from a contact of it."""
        partner = self.env["res.partner"].create({"name": "New", "is_company": True})
        contact = self.env["res.partner"].create(
            {"name": "Child", "parent_id": partner.id}
        )
        action = self._as(contact, self.user_own).action_fcrm_open_customer()
        made = self.env["followup.customer"].browse(action["res_id"])
        self.assertEqual(made.partner_id, partner)
        self.assertEqual(made.user_id, self.user_own)
        again = self._as(partner, self.user_own).action_fcrm_open_customer()
        self.assertEqual(again["res_id"], made.id)
        with self.assertRaisesRegex(UserError, "is followed by"):
            self._as(partner, self.user_own_2).action_fcrm_open_customer()

    def test_summary_shows_the_current_companys_file(self):
        """P1: code, owner and standing on the contact."""
        partner = self._as(self.partner, self.user_own)
        self.assertEqual(partner.fcrm_customer_id, self.customer)
        self.assertEqual(partner.fcrm_code, self.customer.code)
        other = self._as(self.partner, self.user_own_2)
        self.assertFalse(other.fcrm_customer_id)
        self.assertFalse(other.fcrm_code)

    def test_our_fields_are_closed_to_others(self):
        """R1, attack 3: portal users and employees without a role."""
        self.portal_user.partner_id.parent_id = self.partner
        for user in (self.portal_user, self.internal_user):
            partner = self._as(self.partner, user)
            for name in ("fcrm_code", "fcrm_customer_id", "fcrm_customer_ids"):
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    partner.read([name])
            with self.assertRaises(AccessError):
                partner.search([("fcrm_customer_ids.strengths", "ilike", "a")])

    def test_archiving_takes_the_file_along(self):
        """R7: archived partner, archived file; and back."""
        self.partner.active = False
        self.assertFalse(self.customer.active)
        self.partner.active = True
        self.assertTrue(self.customer.active)

    def test_deleting_is_refused_with_a_clear_error(self):
        """R7: a partner with a file is not deleted by accident."""
        with self.assertRaisesRegex(UserError, self.customer.code):
            self.partner.unlink()

    def test_partner_cannot_be_reserved_for_another_company(self):
        """R1: while another company has a file."""
        with self.assertRaisesRegex(ValidationError, "another company"):
            self.partner.company_id = self.company_b
        self.partner.company_id = self.company_a
        with self.assertRaises(UserError):
            self._as(self.env["followup.customer"], self.user_b).create(
                {"partner_id": self.partner.id}
            )

    def test_orders_and_leads_take_the_files_owner(self):
        """P1: not the salesperson of the address book, which is another company's."""
        self.partner.user_id = self.user_own_2
        order = (
            self.env["sale.order"]
            .sudo()
            .with_company(self.company_a)
            .create({"partner_id": self.partner.id, "company_id": self.company_a.id})
        )
        self.assertEqual(order.user_id, self.user_own)
        lead = (
            self.env["crm.lead"]
            .sudo()
            .create(
                {
                    "name": "Lead",
                    "partner_id": self.partner.id,
                    "company_id": self.company_a.id,
                    "user_id": False,
                }
            )
        )
        self.assertIn(lead.user_id, (self.user_own, self.env["res.users"]))

    def test_owner_is_not_copied_back(self):
        """P1: the partner's salesperson stays what Odoo says."""
        self.assertFalse(self.partner.user_id)
        self._as(self.customer, self.manager)._assign(self.user_own_2)
        self.assertFalse(self.partner.user_id)
