from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .prospect_common import ProspectCase


@tagged("post_install", "-at_install", "followup_crm", "prospect")
class TestCrmLeadProspect(ProspectCase):
    """The channel stays with the customer (N3)."""

    def _told(self, customer):
        """(content's lead, channel, method) of what a file learnt from leads."""
        found = self.env["followup.information"].sudo()
        return [
            (one.lead_id.name, one.channel_id, one.method_id)
            for one in found.search(
                [("customer_id", "=", customer.id), ("lead_id", "!=", False)]
            )
        ]

    def _file(self, partner, company=None):
        files = self.env["followup.customer"].sudo()
        return files._for_partner(partner, company or self.company_a)

    def test_file_from_the_lead(self):
        """N3: the button makes contact and file; both keep what the lead told."""
        lead = self._as(
            self._lead(
                "Canton Fair",
                partner_name="Hansen AS",
                fcrm_channel_id=self.fair.id,
                fcrm_method_id=self.meeting.id,
                fcrm_size_category="medium",
            ).sudo(False),
            self.seller,
        )
        action = lead.action_fcrm_customer_file()
        customer = lead.fcrm_customer_id
        self.assertEqual(action["res_id"], customer.id)
        self.assertEqual(customer.name, "Hansen AS")
        self.assertEqual(customer.user_id, self.seller)
        self.assertEqual(customer.source_channel_id, self.fair)
        self.assertEqual(customer.size_category, "medium")
        told = self._told(customer)
        self.assertEqual(told, [("Canton Fair", self.fair, self.meeting)])
        self.assertEqual(lead.action_fcrm_customer_file()["res_id"], customer.id)
        self.assertEqual(len(self._told(customer)), 1)

    def test_nameless_lead(self):
        """N3: without a name there is no file, and it is said what to do."""
        lead = self._lead("Fair").sudo(False)
        with self.assertRaises(UserError):
            self._as(lead, self.seller).action_fcrm_customer_file()

    def test_file_of_a_colleague(self):
        """N3: a colleague's file is neither opened nor made twice."""
        customer = self._create_customer("Hansen", user=self.seller_2)
        lead = self._lead("Fair", partner_id=customer.partner_id.id).sudo(False)
        mine = self._as(lead, self.seller)
        self.assertFalse(mine.fcrm_customer_id)
        with self.assertRaises(AccessError):
            mine.action_fcrm_customer_file()
        with self.assertRaises(AccessError):
            self._as(lead, self.seller_2).action_fcrm_customer_file()

    def test_first_order_makes_the_file(self):
        """N3: the file that an order makes by itself keeps the channel, too."""
        partner = self._partner("Hansen")
        self._lead("Fair", partner_id=partner.id, fcrm_channel_id=self.fair.id)
        product = self.env["product.product"].sudo().create({"name": "Coat"})
        orders = self.env["sale.order"].with_user(self.seller)
        orders = orders.with_context(allowed_company_ids=self.company_a.ids)
        order = orders.create(
            {
                "partner_id": partner.id,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        order.action_confirm()
        self.env.invalidate_all()
        customer = self._file(partner)
        self.assertEqual(customer.source_channel_id, self.fair)
        self.assertEqual(len(self._told(customer)), 1)

    def test_won_lead_of_a_contact(self):
        """N3: winning tells the file there is, by a contact of the customer."""
        customer = self._create_customer("Hansen", user=self.seller_2)
        contact = self._partner("Ms Hansen", parent_id=customer.partner_id.id)
        contact.is_company = False
        lead = self._lead("Fair", partner_id=contact.id, fcrm_method_id=self.meeting.id)
        lead.fcrm_channel_id = self.fair
        self.assertFalse(customer.source_channel_id)
        self._as(lead.sudo(False), self.seller).action_set_won()
        self.assertEqual(lead.won_status, "won")
        self.assertEqual(customer.source_channel_id, self.fair)
        self.assertEqual(self._told(customer), [("Fair", self.fair, self.meeting)])

    def test_what_is_known_stays(self):
        """N3: a channel on the file stays; the later lead is noted beside it."""
        customer = self._create_customer("Hansen", source_channel_id=self.guide.id)
        lead = self._lead(
            "Fair", partner_id=customer.partner_id.id, fcrm_channel_id=self.fair.id
        )
        lead.action_set_won()
        lead.write({"stage_id": self.stages["near"].id})
        lead.action_set_won()
        self.assertEqual(customer.source_channel_id, self.guide)
        self.assertEqual(len(self._told(customer)), 1)

    def test_other_company(self):
        """N3: a lead of another company tells this company's file nothing."""
        customer = self._create_customer("Hansen")
        self._lead(
            "Fair",
            company=self.company_b,
            user=self.user_b,
            partner_id=customer.partner_id.id,
            fcrm_channel_id=self.fair.id,
        ).action_set_won()
        self.assertFalse(customer.source_channel_id)
        self.assertEqual(self._told(customer), [])

    def test_merging_leads(self):
        """N1, N3: of merged leads what any of them tells is kept."""
        one = self._lead("One", fcrm_money="large")
        two = self._lead("Two", fcrm_need="small", fcrm_channel_id=self.fair.id)
        merged = (one | two).merge_opportunity()
        self.assertEqual(merged.fcrm_money, "large")
        self.assertEqual(merged.fcrm_need, "small")
        self.assertEqual(merged.fcrm_channel_id, self.fair)

    def test_salesperson_without_our_groups(self):
        """N3: who only sells chooses a channel, and sees no file."""
        lead = self._lead("Fair", user=self.sales_only).sudo(False)
        mine = self._as(lead, self.sales_only)
        mine.fcrm_channel_id = self.fair
        self.assertEqual(mine.fcrm_channel_id.name, self.fair.name)
        with self.assertRaises(AccessError):
            mine.read(["fcrm_customer_id"])
