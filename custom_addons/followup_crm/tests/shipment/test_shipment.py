from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .shipment_common import ShipmentCase

TODAY = date(2026, 3, 16)


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipment(ShipmentCase):
    def test_start(self):
        """K2: three answers start a shipment; number and documents follow."""
        shipment = self._start(
            order_ids=self.order.ids, picking_ids=self.order.picking_ids.ids
        )
        self.assertRegex(shipment.name, r"^SHP/2026/\d{4}$")
        self.assertEqual(shipment.state, "planned")
        self.assertEqual(shipment.user_id, self.user_own)
        self.assertEqual(shipment.company_id, self.company_a)
        self.assertEqual(shipment.client_references, "PO-77")
        self.assertEqual(shipment.move_ids.product_id, self.product)
        names = shipment.document_ids.type_id.mapped("name")
        for name in ("Commercial invoice", "Packing list", "Bill of lading"):
            self.assertIn(name, names)
        self.assertNotIn("Bill of exchange (draft)", names)

    def test_document_set_by_rule(self):
        """K2: air, and a letter of credit, bring other documents."""
        names = self._start(mode="air").document_ids.type_id.mapped("name")
        self.assertIn("Air waybill", names)
        self.assertNotIn("Bill of lading", names)
        credit = self._start(lc_number="LC-1").document_ids.type_id.mapped("name")
        self.assertIn("Bill of exchange (draft)", credit)

    def test_own_document_set_comes_first(self):
        """K2: a company's own set, by country, before the shipped ones."""
        kind = self.env["followup.shipment.document.type"].create({"name": "Visa"})
        self.env["followup.shipment.template"].create(
            {
                "name": "Germany",
                "sequence": 1,
                "company_id": self.company_a.id,
                "country_ids": [(6, 0, self.germany.ids)],
                "line_ids": [(0, 0, {"type_id": kind.id, "days": -2})],
            }
        )
        shipment = self._start(etd="2026-04-01")
        self.assertEqual(shipment.document_ids.type_id, kind)
        self.assertEqual(shipment.document_ids.date_due, date(2026, 3, 30))
        elsewhere = self._start(self.foreign)
        self.assertNotIn(kind, elsewhere.document_ids.type_id)

    def test_orders_of_deliveries(self):
        """K2: a delivery brings its order along; several of both are possible."""
        second = self._create_order(self.customer, 20)
        shipment = self._start(picking_ids=self.order.picking_ids.ids)
        self.assertEqual(shipment.order_ids, self.order)
        shipment.sudo().picking_ids |= second.picking_ids
        self.assertEqual(shipment.order_ids, self.order | second)
        self.assertEqual(self.order.fcrm_shipment_ids, shipment)
        self.assertEqual(self.order.fcrm_shipment_count, 1)

    def test_without_rights_on_orders(self):
        """K2: whoever sees neither orders nor deliveries still works on shipments."""
        shipment = self._start(order_ids=self.order.ids)
        officer = self._as(shipment, self.officer)
        self.assertEqual(officer.client_references, "PO-77")
        names = officer.fields_get()
        self.assertNotIn("order_ids", names)
        officer.web_read({name: {} for name in names})
        self.assertIn("order_ids", self._as(shipment, self.user_own).fields_get())
        found = officer._find_by_order(self.order)
        self.assertEqual(found, shipment)

    def test_only_documents_of_the_customer(self):
        """K2, attack 7: orders and deliveries of others are refused."""
        foreign = self._create_order(self.foreign)
        shipment = self._start()
        with self.assertRaises(UserError):
            shipment.write({"order_ids": [(4, foreign.id)]})
        with self.assertRaises(UserError):
            shipment.write({"picking_ids": [(4, foreign.picking_ids.id)]})
        with self.assertRaises(UserError):
            self._start(order_ids=foreign.ids)

    def test_way(self):
        """K2: each step is allowed from where it makes sense, and is an event."""
        shipment = self._start(etd="2026-03-10", eta="2026-03-15")
        with self.assertRaisesRegex(UserError, "is Planned"):
            shipment.action_arrive()
        shipment.action_book()
        shipment.atd = "2026-03-11"
        shipment.action_depart()
        self.assertEqual(shipment.state, "under_way")
        self.assertEqual(shipment.atd, date(2026, 3, 11))
        with self.assertRaises(UserError):
            shipment.action_cancel()
        shipment.action_arrive()
        self.assertEqual(shipment.ata, TODAY)
        shipment._deliver(TODAY, "H. Brandt")
        self.assertEqual(shipment.delivered_to, "H. Brandt")
        kinds = shipment.event_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["booked", "departed", "arrived", "delivered"])
        self.assertEqual(shipment.event_ids.user_id, self.user_own)
        self.assertEqual(shipment.days_late, 1)

    def test_undo(self):
        """K2: what was pressed by mistake is taken back, with its date."""
        shipment = self._start()
        shipment.action_depart()
        shipment._deliver(TODAY, "H. Brandt")
        self.assertEqual(shipment.question_ids.state, "pending")
        shipment.action_back()
        self.assertEqual(shipment.state, "arrived")
        self.assertFalse(shipment.delivered_on)
        shipment._deliver(TODAY, "H. Brandt")
        self.assertEqual(len(shipment.question_ids), 1)

    def test_delivery_needs_a_name_and_a_possible_day(self):
        """K2: a proof of delivery says who and when."""
        shipment = self._start()
        shipment.atd = "2026-03-12"
        shipment.action_depart()
        with self.assertRaisesRegex(UserError, "who took"):
            shipment._deliver(TODAY, " ")
        with self.assertRaisesRegex(UserError, "in advance"):
            shipment._deliver(TODAY + timedelta(days=1), "H. Brandt")
        with self.assertRaisesRegex(UserError, "before they left"):
            shipment._deliver(date(2026, 3, 11), "H. Brandt")

    def test_delivery_dialog_keeps_the_proof(self):
        """K2: the signed paper joins the documents as received."""
        shipment = self._start()
        shipment.action_depart()
        action = shipment.action_deliver()
        dialog = self.env[action["res_model"]].with_env(shipment.env)
        dialog.create(
            {
                "shipment_id": shipment.id,
                "delivered_to": "H. Brandt",
                "file": b"JVBERg==",
                "file_name": "pod.pdf",
            }
        ).action_apply()
        proof = shipment.document_ids.filtered(lambda d: d.file_name == "pod.pdf")
        self.assertEqual(proof.state, "received")
        self.assertEqual(proof.received_by, "H. Brandt")

    def test_dates_that_cannot_be(self):
        """K2: arrival before departure, and actual dates in the future."""
        for vals in (
            {"etd": "2026-04-02", "eta": "2026-04-01"},
            {"atd": "2026-03-10", "ata": "2026-03-09"},
            {"atd": "2026-03-17"},
            {"ata": "2026-03-17"},
        ):
            with self.assertRaises(ValidationError, msg=vals):
                self._start(**vals)

    def test_new_arrival_date_is_an_event(self):
        """K2: a later arrival is told, and counted against the first one."""
        shipment = self._start(eta="2026-04-01")
        shipment.eta = "2026-04-06"
        self.assertEqual(shipment.eta_first, date(2026, 4, 1))
        self.assertEqual(shipment.event_ids.kind, "delay")
        self.assertTrue(shipment.event_ids.is_public)
        self.assertEqual(shipment.days_late, 5)
        shipment.eta = "2026-04-03"
        self.assertEqual(shipment.event_ids.sorted("id")[-1].kind, "schedule")

    def test_goods_issue_is_an_event(self):
        """K2: a validated delivery shows on its shipment."""
        picking = self.order.picking_ids
        shipment = self._start(picking_ids=picking.ids)
        picking.move_ids.quantity = 500
        picking.move_ids.picked = True
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(shipment.event_ids.kind, "goods_out")
        self.assertEqual(shipment.event_ids.name, picking.name)

    def test_tier_one_first(self):
        """K5: our lists put tier I first, also after a customer changes its tier."""
        second = self._create_customer("Zweiter")
        late = self._start(second, eta="2026-03-20")
        early = self._start(eta="2026-03-18")
        both = early | late
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE followup_customer SET tier_sequence = 10 WHERE id = %s", [second.id]
        )
        engine = self.env["followup.tier.engine"]
        engine._mirror_tier_orders(self.company_a)
        self.env.invalidate_all()
        found = self.env["followup.shipment"].search([("id", "in", both.ids)])
        self.assertEqual(found, late | early)
        self.assertEqual(found.ids, [late.id, early.id])
        self.assertEqual(self._start(second).tier_sequence, 10)

    def test_files_that_become_one(self):
        """K2: shipments move with the file of their customer."""
        shipment = self._start()
        target = self._create_customer("Remains")
        self.customer._combine_into(target)
        self.assertEqual(shipment.customer_id, target)
        self.assertEqual(shipment.document_ids.customer_id, target)

    def test_nothing_is_deleted(self):
        """K2: a shipment is cancelled, never deleted."""
        shipment = self._start()
        with self.assertRaises(ValidationError):
            shipment.sudo().unlink()
        shipment.action_cancel()
        self.assertEqual(shipment.state, "cancelled")


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipmentNumbers(ShipmentCase):
    def test_containers(self):
        """K2: a wrong check digit is refused with the right one."""
        shipment = self._start()
        shipment.container_numbers = "csqu 305438-3; CBHU3202732"
        self.assertEqual(shipment.container_numbers, "CSQU3054383, CBHU3202732")
        with self.assertRaisesRegex(ValidationError, "check digit must be 3"):
            shipment.container_numbers = "CSQU3054389"
        with self.assertRaisesRegex(ValidationError, "four letters"):
            shipment.container_numbers = "CSQU305438"

    def test_waybill(self):
        """K2: an air waybill is written as airlines write it, and checked."""
        shipment = self._start(mode="air", awb_number="02012345675")
        self.assertEqual(shipment.awb_number, "020-12345675")
        with self.assertRaisesRegex(ValidationError, "last digit must be 5"):
            shipment.awb_number = "020-12345670"
        with self.assertRaisesRegex(ValidationError, "is no air waybill"):
            shipment.awb_number = "LH 4711"

    def test_ship_and_places(self):
        """K2: IMO number and UN/LOCODE; a known code brings its name."""
        shipment = self._start(port_loading_code="cn ngb", vessel_imo="IMO 9074729")
        self.assertEqual(shipment.port_loading_code, "CNNGB")
        self.assertEqual(shipment.port_loading, "Ningbo")
        self.assertEqual(shipment.vessel_imo, "9074729")
        with self.assertRaisesRegex(ValidationError, "no UN/LOCODE"):
            shipment.port_discharge_code = "HAMBURG"
        with self.assertRaisesRegex(ValidationError, "no IMO number"):
            shipment.vessel_imo = "9074728"
