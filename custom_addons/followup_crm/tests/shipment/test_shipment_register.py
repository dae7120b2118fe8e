import io

import openpyxl
from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .shipment_common import ShipmentCase

REPORT = "followup_crm.shipment_register_report"
URL = "/followup/report/register/shipment.xlsx?ids="


@tagged("post_install", "-at_install", "followup_crm", "shipment")
class TestShipmentRegister(HttpCase, ShipmentCase):
    @classmethod
    @freeze_time("2026-03-16 08:00:00")
    def setUpClass(cls):
        super().setUpClass()
        cls.user_own.group_ids |= cls.env.ref("base.group_allow_export")
        cls.shipment = cls._start(
            order_ids=cls.order.ids,
            container_numbers="CSQU3054383",
            vessel="=1+1",
            etd="2026-03-20",
        )
        cls.other = cls._start(cls.foreign)
        cls.env.flush_all()

    def test_workbook(self):
        """S1: table 13-8 as a workbook: one row a shipment, dates as dates."""
        action = self._as(self.shipment, self.user_own).action_print_register_xlsx()
        self.authenticate(self.user_own.login, self.user_own.login)
        answer = self.url_open(action["url"])
        self.assertEqual(answer.status_code, 200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
        cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
        for words in (self.shipment.name, "Nordkai", "PO-77", "CSQU3054383"):
            self.assertIn(words, cells)
        self.assertEqual(cells["=1+1"].data_type, "s")
        dates = [str(v)[:10] for v in cells if hasattr(v, "year")]
        self.assertIn("2026-03-20", dates)

    def test_pdf(self):
        """S1: table 13-8 on paper, with who printed it."""
        reports = self._as(self.env["ir.actions.report"], self.user_own)
        content, _kind = reports.with_context(
            force_report_rendering=True
        )._render_qweb_pdf(REPORT, self.shipment.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join("".join(page.extract_text() for page in pages).split())
        for words in (
            "Shipment tracking",
            "Nordkai",
            "CSQU3054383",
            self.user_own.name,
        ):
            self.assertIn(words, text)

    def test_who_may(self):
        """S1, R1: own shipments only, with the right to export."""
        self.authenticate(self.user_own.login, self.user_own.login)
        for ids in (self.other.id, "x", f"{self.shipment.id},{self.other.id}"):
            self.assertEqual(self.url_open(f"{URL}{ids}").status_code, 404, ids)
        answer = self.url_open("/followup/report/register/res_users.xlsx?ids=1")
        self.assertEqual(answer.status_code, 404)
        with self.assertRaises(AccessError):
            self._as(self.shipment, self.user_all).action_print_register_xlsx()
        with self.assertRaises(AccessError):
            self._as(self.other, self.user_own)._get_register()
