from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderTrackingDocuments(TrackingCase):
    """K1: Odoo's own documents complete milestones; K4: and report exceptions."""

    def _deliver(self, picking, quantity):
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        result = picking.button_validate()
        if isinstance(result, dict):
            Form.from_action(self.env, result).save().process()

    def test_delivery_completes(self):
        tracking = self._track()
        shipment = self._milestone(tracking, "shipment")
        self._deliver(tracking.order_id.picking_ids, 10)
        self.assertEqual(shipment.actual_date, date(2026, 3, 2))
        self.assertIn("Shipment", tracking.message_ids[0].body)

    def test_part_and_return_are_exceptions(self):
        """K4: partial deliveries and returns are reported by themselves."""
        tracking = self._track()
        self._deliver(tracking.order_id.picking_ids, 4)
        self.assertFalse(self._milestone(tracking, "shipment").actual_date)
        self.assertEqual(tracking.exception_ids.mapped("kind"), ["partial"])
        self.assertEqual(tracking.risk, "at_risk")
        picking = tracking.order_id.picking_ids.filtered(lambda p: p.state == "done")
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 1
        returned = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        self._deliver(returned, 1)
        self.assertIn("return", tracking.exception_ids.mapped("kind"))

    def test_invoice_and_payment_complete(self):
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=self.company_a, install_demo=False
        )
        tracking = self._track(product=self.service)
        order = tracking.order_id
        order.order_line.qty_delivered = 10
        order.order_line.price_unit = 10
        invoice = order._create_invoices()
        self.assertFalse(self._milestone(tracking, "documents").actual_date)
        invoice.invoice_date = date(2026, 3, 2)
        invoice.action_post()
        self.assertEqual(
            self._milestone(tracking, "documents").actual_date, date(2026, 3, 2)
        )
        self.assertFalse(self._milestone(tracking, "payment").actual_date)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"payment_date": date(2026, 3, 2)}).action_create_payments()
        self.assertTrue(self._milestone(tracking, "deposit").actual_date)
        self.assertTrue(self._milestone(tracking, "payment").actual_date)

    def test_event_completes(self):
        """A shipment that arrives completes what waits for it."""
        self.template.line_ids[5].completes = "arrival"
        tracking = self._track()
        tracking._complete_by_event("arrival", date(2026, 3, 1))
        self.assertEqual(
            self._milestone(tracking, "documents").actual_date, date(2026, 3, 1)
        )

    def test_lots_by_quantity(self):
        """K1: the first lot is shipped when as much as it holds is delivered."""
        tracking = self._as(self._track(), self.user_own)
        self._milestone(tracking, "materials").action_done()
        dialog = self.env["followup.order.split"].with_user(self.user_own)
        dialog = dialog.with_context(default_tracking_id=tracking.id).create({})
        self.assertEqual(dialog.line_ids.available, 10)
        dialog.line_ids.quantity = 6
        dialog.delivery_date = date(2026, 4, 15)
        dialog.action_apply()
        first, second = tracking.lot_ids
        self.assertEqual(first.line_ids.quantity, 4)
        self.assertEqual(second.line_ids.quantity, 6)
        self.assertEqual(len(second.milestone_ids), 7)
        # What was done before was done for both parts.
        done = second.milestone_ids.filtered("actual_date").type_id
        self.assertEqual(done, self.types["contract"] | self.types["materials"])
        self.assertEqual(tracking.delivery_date, date(2026, 4, 15))
        self._deliver(tracking.sudo().order_id.picking_ids, 4)
        shipped = [
            bool(lot.milestone_ids.filtered("type_id.is_delivery").actual_date)
            for lot in (first, second)
        ]
        self.assertEqual(shipped, [True, False])
