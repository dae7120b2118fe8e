from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .shipment_common import ShipmentCase

TODAY = date(2026, 3, 16)


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipmentTracking(ShipmentCase):
    """A shipment moves the milestones of the orders that it carries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracking = cls.env["followup.order.tracking"].search(
            [("order_id", "=", cls.order.id)]
        )
        cls.lot = cls.tracking.lot_ids
        kind = cls.env["followup.milestone.type"].create({"name": "On board"})
        cls.milestones = {
            completes: cls.env["followup.order.milestone"].create(
                {
                    "lot_id": cls.lot.id,
                    "type_id": kind.id,
                    "completes": completes,
                    "sequence": 900,
                }
            )
            for completes in ("departure", "arrival", "document")
        }

    def _dates(self):
        return [milestone.actual_date for milestone in self.milestones.values()]

    def test_whole_order(self):
        """K1, K2: departure, arrival and documents complete their milestones."""
        shipment = self._start(order_ids=self.order.ids)
        self.assertEqual(self._dates(), [False, False, False])
        shipment.atd = "2026-03-12"
        shipment.action_depart()
        self.assertEqual(self._dates(), [date(2026, 3, 12), False, False])
        shipment.action_arrive()
        self.assertEqual(self._dates()[1], TODAY)
        first, *others = shipment.document_ids
        for document in others:
            document.action_not_needed()
        self.assertFalse(self._dates()[2])
        first._send(self.customer.partner_id, "courier", TODAY)
        self.assertEqual(self._dates()[2], TODAY)

    def test_part_of_an_order(self):
        """K1, K2: of an order in parts, the chosen lots only."""
        second = self.env["followup.order.lot"].create(
            {
                "tracking_id": self.tracking.id,
                "name": "Second",
                "delivery_date": "2026-05-01",
            }
        )
        shipment = self._start(order_ids=self.order.ids)
        self.assertTrue(shipment.has_lots)
        shipment.action_depart()
        self.assertFalse(self._dates()[0])
        other = self._start(order_ids=self.order.ids)
        other.sudo().lot_ids = second
        other.action_depart()
        self.assertFalse(self._dates()[0])
        third = self._start(order_ids=self.order.ids)
        third.sudo().lot_ids = self.lot
        third.action_depart()
        self.assertEqual(self._dates()[0], TODAY)

    def test_lots_of_other_orders(self):
        """K2, attack 7: a lot belongs to an order of the shipment."""
        shipment = self._start()
        with self.assertRaises(ValidationError):
            shipment.sudo().lot_ids = self.lot

    def test_from_the_tracking(self):
        """K1, K2: the tracking counts its shipments and passes its credit on."""
        self.tracking.write({"lc_number": "LC-9", "lc_latest_shipment": "2026-04-01"})
        shipment = self._start(order_ids=self.order.ids)
        self.assertEqual(shipment.lc_number, "LC-9")
        self.assertEqual(shipment.lc_latest_shipment, date(2026, 4, 1))
        tracking = self._as(self.tracking, self.user_own)
        self.assertEqual(tracking.shipment_count, 1)
        action = tracking.action_open_shipments()
        self.assertEqual(shipment.search(action["domain"]), shipment)
