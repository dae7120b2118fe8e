from odoo.exceptions import UserError
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestCustomerComplaint(ComplaintCase):
    """C1, C9: Complaints on the customer file; combining, merging, archiving."""

    def test_counters(self):
        """C1: The file counts all and open complaints."""
        self._closed()
        self._complain()
        customer = self._as(self.customer, self.user_own)
        self.assertEqual(customer.complaint_count, 2)
        self.assertEqual(customer.open_complaint_count, 1)
        action = customer.action_open_complaints()
        found = self.env["followup.complaint"].search(action["domain"])
        self.assertEqual(len(found), 2)

    def test_response(self):
        """P9: Who mostly complains has complaints as its response."""
        self._complain()
        self.env.flush_all()
        self.customer.sudo()._refresh_order_figures(self.customer.partner_id)
        self.assertEqual(self.customer.response_type, "complaint")

    def test_archive_is_blocked(self):
        """C9: A customer or partner with open complaints is not put away."""
        complaint = self._complain()
        for archive in (
            self._as(self.customer, self.manager).action_archive,
            self.customer.partner_id.action_archive,
        ):
            with self.assertRaises(UserError):
                archive()
        complaint.sudo().write({"state": "closed"})
        self._as(self.customer, self.manager).action_archive()
        self.assertFalse(self.customer.active)

    def test_combining_keeps_complaints(self):
        """C9: Two files become one, and all complaints and actions are there."""
        other = self._create_customer("Harrow and Finch Ltd")
        first, second = self._complain(), self._complain(customer_id=other.id)
        action = self.env["followup.action"].create(
            {
                "name": "x",
                "complaint_id": second.id,
                "company_id": self.company_a.id,
                "user_id": self.user_own.id,
            }
        )
        second.sudo().tier_sequence = 10
        other._combine_into(self.customer)
        self.assertEqual(second.customer_id, self.customer)
        self.assertEqual(action.customer_id, self.customer)
        self.assertEqual(second.tier_sequence, self.customer.tier_sequence)
        self.assertEqual(self.customer.complaint_count, 2)
        self.assertTrue(first.exists())

    def test_partner_merge_keeps_complaints(self):
        """C9: Merging contacts keeps complaints, their files and their people."""
        other = self._create_customer("Harrow and Finch Ltd")
        person = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": other.partner_id.id}
        )
        complaint = self._complain(customer_id=other.id, partner_id=person.id)
        own = self._complain(customer_id=other.id)
        source = other.partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source | self.customer.partner_id).ids, self.customer.partner_id)
        self.env.invalidate_all()
        self.assertFalse(source.exists())
        self.assertEqual((complaint | own).customer_id, self.customer)
        self.assertEqual(complaint.partner_id, person)
        self.assertEqual(own.partner_id, self.customer.partner_id)

    def test_nightly_order(self):
        """C1: Open complaints follow their customer to another tier overnight."""
        complaint = self._complain()
        self.assertEqual(complaint.tier_sequence, 999)
        self.customer.sudo().tier_sequence = 20
        self._run_cron("followup_crm.complaint_cron_refresh")
        self.assertEqual(complaint.tier_sequence, 20)

    def test_first_tier_comes_first(self):
        """C1: The list has tier I first, then what is due soonest."""
        low = self._complain()
        customer = self._create_customer("First")
        customer.sudo().tier_sequence = 10
        top = self._complain(customer_id=customer.id)
        urgent = self._complain(severity="critical")
        found = self._as(self.env["followup.complaint"], self.user_own).search(
            [("id", "in", (low | top | urgent).ids)]
        )
        self.assertEqual(found.ids, [top.id, urgent.id, low.id])
