import io
from datetime import date

import openpyxl
from freezegun import freeze_time

from odoo.tests import tagged

from ...report.xlsx import customer_sheet
from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderStatus(TrackingCase):
    """K8: all open orders of a customer, in its language, by mail, PDF and Excel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.customer.partner_id.write({"email": "a@nordwind.example"})
        cls.tracking = cls._track(client_order_ref="PO-77")
        cls.foreign = cls._track(cls.other, client_order_ref="PO-88")

    def test_one_click(self):
        customer = self._as(self.customer, self.user_own)
        context = customer.action_send_status()["context"]
        self.assertEqual(context["default_partner_ids"], self.customer.partner_id.ids)
        self.assertIn("PO-77", context["default_body"])
        self.assertNotIn("PO-88", context["default_body"])
        self.assertTrue(context["default_attachment_ids"])

    def test_language_of_the_customer(self):
        self.customer.partner_id.lang = "zh_CN"
        customer = self._as(self.customer, self.user_own)
        context = customer.action_send_status()["context"]
        self.assertEqual(context["lang"], "zh_CN")
        self.assertIn("订单", context["default_subject"])

    def test_nothing_internal(self):
        """K6: no cause, no colleague, no stage of our own."""
        materials = self._milestone(self.tracking, "materials")
        materials.write({"expected_date": "2026-03-20", "delay_cause": "secret"})
        materials.type_id.is_shown = False
        text = str(self.tracking._get_progress())
        for word in ("secret", self.user_own.name, materials.type_id.name):
            self.assertNotIn(word, text)
        self.assertIn("2026, 4, 6", text)

    def test_weekly(self):
        self.customer.status_weekly = True
        self._run_cron("followup_crm.order_status_cron_send")
        sent = self.customer.message_ids.filtered(lambda m: "PO-77" in (m.body or ""))
        self.assertEqual(sent.partner_ids, self.customer.partner_id)
        self.assertEqual(self.customer.status_sent_date, date(2026, 3, 2))
        self._run_cron("followup_crm.order_status_cron_send")
        again = self.customer.message_ids.filtered(lambda m: "PO-77" in (m.body or ""))
        self.assertEqual(again, sent)

    def test_register(self):
        """K1: table 13-7 as workbook and PDF."""
        report = self._as(self.tracking, self.user_own)._get_sheet_report()
        book = openpyxl.load_workbook(io.BytesIO(customer_sheet.render(report)))
        cells = {cell for sheet in book for row in sheet.values for cell in row}
        self.assertIn("PO-77", cells)
        self.assertIn("Final inspection", cells)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "followup_crm.order_tracking_report", self.tracking.ids
        )
        self.assertIn(b"PO-77", html)
