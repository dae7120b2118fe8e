from odoo.tests import tagged

from .channel_common import ChannelCase


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintSender(ChannelCase):
    def _match(self, address, company=None):
        return self.complaints._match_sender(address, company or self.company_a)

    def test_match(self):
        """C10: The customer is who has exactly the address."""
        self.assertEqual(self._match("buyer@brook.example"), self.buyer)
        self.assertEqual(self._match("Brook <BUYER@Brook.example>"), self.buyer)
        self.assertEqual(self._match("hq@brook.example"), self.customer.partner_id)
        for stranger in (
            "other@brook.example",
            "buyer@brook.example.evil",
            "xbuyer@brook.example",
            "buyer%@brook.example",
            "",
            None,
            "nonsense",
        ):
            self.assertFalse(self._match(stranger), stranger)

    def test_shared_address(self):
        """C10: An address that two customers share is nobody's."""
        other = self._create_customer("Other Outfitters")
        self.env["res.partner"].create(
            {
                "name": "Agent",
                "parent_id": other.partner_id.id,
                "email": "buyer@brook.example",
            }
        )
        self.assertFalse(self._match("buyer@brook.example"))
        complaint = self._deliver()
        self.assertFalse(complaint.customer_id)
        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.complainant_name, "Brook Buyer")

    def test_colleague(self):
        """C10: A colleague who passes a mail on is not the customer."""
        partner = self.user_own.partner_id
        partner.write({"email": "own@aster.example"})
        self.assertFalse(self._match("own@aster.example"))
        self.company_a.partner_id.email = "info@aster.example"
        self.assertFalse(self._match("info@aster.example"))

    def test_other_company(self):
        """C10, R1: What another company alone knows is not matched here."""
        customer = self._create_customer(
            "Birch only", user=self.user_b, company=self.company_b
        )
        customer.partner_id.write(
            {"email": "x@birch.example", "company_id": self.company_b.id}
        )
        self.assertFalse(self._match("x@birch.example"))
        found = self._match("x@birch.example", self.company_b)
        self.assertEqual(found, customer.partner_id)

    def test_unverified(self):
        """22: A sender for whom no server vouches is marked; a person may confirm."""
        complaint = self._deliver()
        self.assertFalse(complaint.is_sender_verified)
        self.assertEqual(complaint.create_uid, self.env.ref("base.user_root"))
        self._as(complaint, self.user_own).action_confirm_sender()
        self.assertTrue(complaint.is_sender_verified)

    def test_verified(self):
        """22: Our own mail server's word counts."""
        self.channel.mail_server_name = "mx.aster.example"
        complaint = self._deliver(
            Authentication_Results="mx.aster.example; dmarc=pass"
            " header.from=brook.example"
        )
        self.assertTrue(complaint.is_sender_verified)
        self.assertTrue(self._entry("<mail-1@brook.example>").is_sender_verified)

    def test_forged_colleague(self):
        """22: In a colleague's name a mail gains no rights."""
        self.manager.partner_id.email = "manager@aster.example"
        complaint = self._deliver(sender="manager@aster.example")
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.create_uid, self.env.ref("base.user_root"))
        self.assertNotIn(self.manager.partner_id, complaint.message_ids.author_id)
        self.assertFalse(complaint.customer_id)
