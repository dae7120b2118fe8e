from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .shipment_common import ShipmentCase

TODAY = date(2026, 3, 16)


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestDeliveryQuestion(ShipmentCase):
    """K7, G5: what has arrived is marked to be asked about, once."""

    def test_after_the_delivery(self):
        """K7: three days after the delivery, the person in charge."""
        shipment = self._start()
        shipment.action_depart()
        shipment._deliver(TODAY, "H. Brandt")
        questions = self.env["followup.delivery.question"]
        question = shipment.question_ids
        self.assertEqual(question.date_due, date(2026, 3, 19))
        self.assertEqual(question.contact_id, self.customer.partner_id)
        self.assertFalse(questions._get_due(self.company_a))
        due = questions._get_due(self.company_a, date(2026, 3, 19))
        self.assertEqual(due, question)
        due._close("asked")
        self.assertFalse(questions._get_due(self.company_a, date(2026, 3, 19)))
        with self.assertRaises(AccessError):
            self._as(question, self.user_own).write({"state": "pending"})

    def test_after_the_arrival(self):
        """K7: ten days after the arrival where nobody notes the delivery."""
        shipment = self._start()
        shipment.action_depart()
        self.assertFalse(shipment.question_ids)
        shipment.action_arrive()
        self.assertEqual(shipment.question_ids.state, "pending")
        self.assertEqual(shipment.question_ids.date_due, date(2026, 3, 26))
        shipment._deliver(TODAY, "H. Brandt")
        self.assertEqual(shipment.question_ids.date_due, date(2026, 3, 19))
        shipment.action_back()
        self.assertEqual(shipment.question_ids.date_due, date(2026, 3, 26))
        shipment.action_back()
        self.assertEqual(shipment.question_ids.state, "dropped")
        shipment.action_arrive()
        self.assertEqual(shipment.question_ids.state, "pending")

    def test_what_was_asked_is_not_asked_again(self):
        """K7: not even when a step is undone and taken once more."""
        shipment = self._start()
        shipment.action_depart()
        shipment.action_arrive()
        shipment.question_ids._close("asked")
        shipment.action_back()
        self.assertEqual(shipment.question_ids.state, "asked")
        shipment.action_arrive()
        self.assertEqual(shipment.question_ids.state, "asked")
        self.assertEqual(len(shipment.question_ids), 1)

    def test_orders_without_shipments(self):
        """K7: an arrival that is ticked off on the order marks the order."""
        tracking = self.env["followup.order.tracking"].search(
            [("order_id", "=", self.order.id)]
        )
        arrival = tracking._get_arrivals()
        self.assertEqual(len(arrival), 1)
        mine = self._as(arrival, self.user_own)
        mine.actual_date = TODAY
        self.assertEqual(tracking.question_ids.state, "pending")
        self.assertEqual(tracking.question_ids.date_due, date(2026, 3, 19))
        mine.actual_date = False
        self.assertEqual(tracking.question_ids.state, "dropped")

    def test_orders_with_shipments(self):
        """K7: the shipment is asked about, not its order as well."""
        shipment = self._start(order_ids=self.order.ids)
        shipment.action_depart()
        shipment.action_arrive()
        tracking = self.env["followup.order.tracking"].search(
            [("order_id", "=", self.order.id)]
        )
        self.assertTrue(tracking._get_arrivals().actual_date)
        self.assertEqual(shipment.question_ids.state, "pending")
        self.assertFalse(tracking.question_ids)
