from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .shipment_common import ShipmentCase

PDF = b"JVBERi0xLjQK"


@tagged("post_install", "-at_install", "followup_crm", "shipment")
@freeze_time("2026-03-16 08:00:00")
class TestShipmentDocument(ShipmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipment = cls._start(etd="2026-03-20")
        cls.invoice = cls._document("shipment_document_type_commercial_invoice")
        cls.declaration = cls._document("shipment_document_type_export_declaration")

    @classmethod
    def _document(cls, xmlid):
        kind = cls.env.ref(f"followup_crm.{xmlid}")
        return cls.shipment.document_ids.filtered(lambda d: d.type_id == kind)

    def test_due_dates_follow_the_departure(self):
        """K2: wanted so many days after the departure, expected or actual."""
        self.assertEqual(self.invoice.date_due, date(2026, 3, 22))
        self.shipment.write({"etd": "2026-03-18", "atd": "2026-03-16"})
        self.assertEqual(self.invoice.date_due, date(2026, 3, 18))

    def test_who_sent_what_to_whom_and_who_received_it(self):
        """K2: 单据签收: sender, addressee, way, day; then name and day of receipt."""
        self.assertEqual(self.invoice.state, "wanted")
        self.invoice.file = PDF
        self.assertEqual(self.invoice.state, "ready")
        action = self.invoice.action_send()
        dialogs = self.env[action["res_model"]].with_env(self.shipment.env)
        dialogs = dialogs.with_context(**action["context"])
        dialogs.create(
            {
                "partner_id": self.customer.partner_id.id,
                "method": "courier",
                "reference": "DHL 123",
            }
        ).action_apply()
        self.assertEqual(self.invoice.state, "sent")
        self.assertEqual(self.invoice.sent_by_id, self.user_own)
        self.assertEqual(self.invoice.sent_to_id, self.customer.partner_id)
        self.assertEqual(self.invoice.sent_reference, "DHL 123")
        self.assertEqual(self.invoice.sent_on, date(2026, 3, 16))
        with self.assertRaisesRegex(UserError, "before they were sent"):
            self.invoice._receive("Anna Berg", date(2026, 3, 15))
        dialog = dialogs.create({"step": "receive", "received_by": "Anna Berg"})
        dialog.action_apply()
        self.assertEqual(self.invoice.state, "received")
        self.assertEqual(self.invoice.received_by, "Anna Berg")

    def test_dialog_asks_for_what_is_needed(self):
        """K2: no sending without addressee, no receipt without a name."""
        dialogs = self.env["followup.shipment.dispatch"].with_env(self.shipment.env)
        vals = {
            "shipment_id": self.shipment.id,
            "document_ids": [(6, 0, self.invoice.ids)],
        }
        with self.assertRaisesRegex(UserError, "to whom"):
            dialogs.create({**vals, "step": "send"}).action_apply()
        with self.assertRaisesRegex(UserError, "who received"):
            dialogs.create({**vals, "step": "receive"}).action_apply()
        with self.assertRaisesRegex(UserError, "future"):
            late = dialogs.create({**vals, "step": "receive", "date": "2026-03-17"})
            late.action_apply()

    def test_what_customers_may_see(self):
        """K6: released only with a file, and only what is for customers."""
        with self.assertRaisesRegex(UserError, "Add the file"):
            self.invoice.action_release()
        self.declaration.file = PDF
        with self.assertRaisesRegex(UserError, "for us only"):
            self.declaration.action_release()
        self.invoice.file = PDF
        self.invoice.action_release()
        self.assertTrue(self.invoice.is_released)
        self.assertEqual(self.invoice.released_by_id, self.user_own)
        with self.assertRaisesRegex(UserError, "off the portal"):
            self.invoice.file = False
        self.invoice.action_withdraw()
        self.assertFalse(self.invoice.is_released)

    def test_sent_documents_stay(self):
        """K2: who has a document must be known later, too."""
        self.invoice._send(self.customer.partner_id, "hand", date(2026, 3, 16))
        with self.assertRaises(UserError):
            self.invoice.unlink()
        self.declaration.unlink()

    def test_steps_back_and_not_needed(self):
        """K2: not needed, and back to missing."""
        self.invoice.action_not_needed()
        with self.assertRaises(UserError):
            self.invoice._send(self.customer.partner_id, "hand", date(2026, 3, 16))
        self.invoice.action_wanted()
        self.assertEqual(self.invoice.state, "wanted")

    def test_set_is_completed_without_doubles(self):
        """K2: the set adds what is missing only."""
        count = len(self.shipment.document_ids)
        self.shipment.action_apply_template()
        self.assertEqual(len(self.shipment.document_ids), count)
        self.declaration.unlink()
        self.shipment.action_apply_template()
        self.assertEqual(len(self.shipment.document_ids), count)
