import io

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...report.xlsx import customer_sheet
from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestComplaintRecord(ComplaintCase):
    """C1, C15: Complaint record (13-11) and complaint history card, paper and Excel."""

    def _texts(self, report):
        book = openpyxl.load_workbook(io.BytesIO(customer_sheet.render(report)))
        return [
            str(cell.value)
            for sheet in book
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]

    @freeze_time("2026-03-02 09:00:00")
    def test_record(self):
        """C1: The record holds all from the first word to the result."""
        complaint = self._closed(product_id=self.product.id)
        report = complaint._get_sheet_report()
        texts = self._texts(report)
        for wanted in (
            complaint.name,
            "Panels of two dye lots were mixed.",
            "Replace, or 15 % off; not more.",
            "Replace 120 pieces",
            "120 pieces are replaced by air.",
            "Polo shirt",
        ):
            self.assertIn(wanted, texts)

    def test_record_on_paper(self):
        """C1: The PDF's content, in the user's language; formulas are text."""
        complaint = self._complain(subject="=1+1 <b>off</b>")
        reports = self.env["ir.actions.report"].with_user(self.user_own)
        html, _kind = reports._render_qweb_html(
            "followup_crm.complaint_record", complaint.ids
        )
        self.assertIn("Complaint record", html.decode())
        self.assertIn("=1+1 &lt;b&gt;off&lt;/b&gt;", html.decode())
        stranger = self.env["ir.actions.report"].with_user(self.user_own_2)
        with self.assertRaises(AccessError):
            stranger._render_qweb_html("followup_crm.complaint_record", complaint.ids)

    def test_card(self):
        """C15: The history card lists a customer's complaints and their sums."""
        self._closed()
        self._complain(category_id=self.category.id)
        customer = self._as(self.customer, self.user_own)
        report = customer._get_complaint_card_report()
        sections = {section.title: section for section in report.sheets[0].sections}
        self.assertEqual(len(sections["Complaints"].rows), 2)
        sums = sections["By category"].rows
        self.assertEqual([cell.text for cell in sums[0]][:3], ["Colour", "2", "1"])
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.user_own)
            ._render_qweb_html("followup_crm.complaint_card", customer.ids)
        )
        self.assertIn("Complaint history card", html.decode())
        self.assertIn("Harrow", "".join(self._texts(report)))


@tagged("post_install", "-at_install", "complaint")
class TestComplaintDownload(ComplaintCase, HttpCase):
    """C15: Downloads: only one's own, nothing changes."""

    def test_download(self):
        """C15: Own complaints come as a workbook; foreign ones do not exist."""
        complaint = self._complain()
        self.user_own.group_ids += self.env.ref("base.group_allow_export")
        self.authenticate(self.user_own.login, self.user_own.login)
        address = "/followup/report/complaint_record.xlsx?ids=%s"
        answer = self.url_open(address % complaint.id)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content[:2], b"PK")
        card = self.url_open(
            f"/followup/report/complaint_card.xlsx?ids={self.customer.id}"
        )
        self.assertEqual(card.content[:2], b"PK")
        foreign = self._complain(
            self.user_own_2,
            customer_id=self._create_customer("O", user=self.user_own_2).id,
        )
        for ids in (foreign.id, 999999, "x", f"{complaint.id},{foreign.id}"):
            self.assertEqual(self.url_open(address % ids).status_code, 404, ids)
