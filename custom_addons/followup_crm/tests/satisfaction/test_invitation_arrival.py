from freezegun import freeze_time

from odoo.tests import tagged

from ..shipment.shipment_common import ShipmentCase


@tagged("post_install", "-at_install", "followup_crm", "satisfaction")
@freeze_time("2026-03-16 08:00:00")
class TestInvitationArrival(ShipmentCase):
    """K7, G5: what has arrived is asked about by a short question, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.fcrm_survey_delivery = True
        cls.customer.partner_id.email = "buyer@brook.example"
        cls.invitations = cls.env["followup.satisfaction.invitation"].sudo()

    def _arrived(self):
        shipment = self._start(order_ids=self.order.ids)
        shipment.action_depart()
        shipment.action_arrive()
        return shipment.sudo().question_ids

    def _asked(self):
        self.invitations._ask_after_arrivals()
        return self.invitations.search([("customer_id", "=", self.customer.id)])

    def test_asked_when_due(self):
        """K7: ten days after the arrival the contact is queued, and not again."""
        question = self._arrived()
        with freeze_time("2026-03-25 20:00:00"):
            self.assertFalse(self._asked())
        with freeze_time("2026-03-26 08:00:00"):
            invitation = self._asked()
            self.assertEqual(invitation.question_id, question)
            self.assertEqual(invitation.partner_id, self.customer.partner_id)
            self.assertEqual(
                (invitation.kind, invitation.state), ("delivery", "queued")
            )
            self.assertEqual(question.state, "asked")
            self.assertEqual(self._asked(), invitation)

    def test_switched_off(self):
        """K7: nobody is asked; what has waited for a month is dropped."""
        self.company_a.fcrm_survey_delivery = False
        question = self._arrived()
        with freeze_time("2026-04-01 08:00:00"):
            self.assertFalse(self._asked())
            self.assertEqual(question.state, "pending")
        self.company_a.fcrm_survey_delivery = True
        with freeze_time("2026-05-01 08:00:00"):
            self.assertFalse(self._asked())
            self.assertEqual(question.state, "dropped")

    def test_shipped_goods_wait_for_their_arrival(self):
        """K7: the transfer of an order that travels in a shipment asks nothing."""
        question = self._arrived()
        order = self.order.sudo()
        pickings = order.picking_ids
        self.assertTrue(pickings)
        self.assertEqual(self.invitations._get_followed(pickings), pickings)
        question.shipment_id.state = "cancelled"
        order._fcrm_get_trackings().milestone_ids.unlink()
        self.assertFalse(self.invitations._get_followed(pickings))
