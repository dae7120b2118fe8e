from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .shipment_common import ShipmentCase


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipmentAlert(ShipmentCase):
    def _kinds(self, shipment):
        return [(w.kind, w.is_late) for w in shipment._get_warnings()]

    def _without_documents(self, **vals):
        shipment = self._start(**vals)
        shipment.document_ids.action_not_needed()
        return shipment

    def test_transport(self):
        """K1, K2: late from the day after, on track until then."""
        shipment = self._without_documents(etd="2026-03-16")
        self.assertEqual(shipment.warning_level, "none")
        shipment.etd = "2026-03-15"
        self.assertEqual(self._kinds(shipment), [("departure", True)])
        shipment.action_depart()
        self.assertEqual(self._kinds(shipment), [])
        shipment.write({"etd": "2026-03-01", "atd": "2026-03-01", "eta": "2026-03-15"})
        self.assertEqual(self._kinds(shipment), [("arrival", True)])
        shipment.action_arrive()
        self.assertEqual(shipment.warning_level, "none")

    def test_letter_of_credit(self):
        """K1, K2: latest shipment, presentation and expiry, warned before and after."""
        shipment = self._without_documents(
            lc_number="LC-1",
            etd="2026-03-20",
            lc_latest_shipment="2026-03-24",
            lc_expiry="2026-05-31",
        )
        self.assertEqual(self._kinds(shipment), [])
        shipment.lc_latest_shipment = "2026-03-23"
        self.assertEqual(self._kinds(shipment), [("lc_shipment", False)])
        shipment.lc_latest_shipment = "2026-03-19"
        self.assertEqual(self._kinds(shipment), [("lc_shipment", True)])
        # 21 days after the departure, or the expiry if that comes first.
        self.assertEqual(shipment.lc_presentation_date, date(2026, 4, 10))
        shipment.lc_expiry = "2026-04-01"
        self.assertEqual(shipment.lc_presentation_date, date(2026, 4, 1))
        shipment.write({"lc_latest_shipment": "2026-03-10", "atd": "2026-03-11"})
        shipment.action_depart()
        self.assertEqual(self._kinds(shipment), [("lc_shipped_late", True)])
        shipment.write({"lc_latest_shipment": False, "lc_presentation_days": 10})
        self.assertEqual(self._kinds(shipment), [("lc_presentation", False)])
        shipment.lc_presentation_days = 4
        self.assertEqual(self._kinds(shipment), [("lc_presentation", True)])
        shipment.action_presented()
        self.assertEqual(self._kinds(shipment), [])
        self.assertEqual(shipment.lc_presented_on, date(2026, 3, 16))

    def test_documents(self):
        """K2: documents that should be there are named."""
        shipment = self._start(etd="2026-03-20")
        self.assertEqual(self._kinds(shipment), [])
        shipment.atd = "2026-03-10"
        self.assertIn(("documents", True), self._kinds(shipment))
        self.assertIn("Commercial invoice", shipment.warning)

    def test_search_by_risk(self):
        """K1: the lists late and at risk hold what the badge says."""
        late = self._without_documents(etd="2026-03-01")
        soon = self._without_documents(
            lc_number="L", etd="2026-03-17", lc_latest_shipment="2026-03-18"
        )
        fine = self._without_documents(etd="2026-04-01")
        gone = self._without_documents(etd="2026-03-01")
        gone.action_cancel()
        every = late | soon | fine | gone
        shipments = self._as(self.env["followup.shipment"], self.user_own)
        for level, wanted in (("late", late), ("soon", soon), ("none", fine | gone)):
            found = shipments.search(
                [("warning_level", "=", level), ("id", "in", every.ids)]
            )
            self.assertEqual(set(found.ids), set(wanted.ids), level)

    def test_each_event_once(self):
        """K2, K5: merchandiser and owner get one activity; another for a new date."""
        shipment = self._without_documents(etd="2026-03-15")
        shipment.user_id = self.user_all
        self._run_cron("followup_crm.shipment_cron_alert")
        self._run_cron("followup_crm.shipment_cron_alert")
        activities = shipment.sudo().activity_ids
        self.assertEqual(set(activities.user_id), {self.user_all, self.user_own})
        self.assertEqual(len(activities), 2)
        self.assertIn("Should have left", activities[0].summary)
        shipment.sudo().etd = "2026-03-14"
        self._run_cron("followup_crm.shipment_cron_alert")
        self.assertEqual(len(shipment.sudo().activity_ids), 4)

    def test_nobody_is_warned_of_what_is_closed_to_him(self):
        """R1: a merchandiser who may not see the customer gets no activity."""
        shipment = self._without_documents(etd="2026-03-15")
        shipment.sudo().user_id = self.user_own_2
        shipment.sudo()._alert()
        self.assertEqual(shipment.sudo().activity_ids.user_id, self.user_own)

    def test_warnings_of_many(self):
        """K2: ten shipments take as many queries as two."""
        shipments = self.env["followup.shipment"].browse(
            self._start(etd="2026-03-01").id for _number in range(10)
        )

        def count(records):
            records = self._as(records, self.user_own)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("warning")
            return self.env.cr.sql_log_count - before

        count(shipments)
        self.assertEqual(count(shipments), count(shipments[:2]))
