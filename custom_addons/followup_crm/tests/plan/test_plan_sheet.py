import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import freeze_time

from ...report.xlsx import plan_sheet
from .plan_common import PlanCase, day

URL = "/followup/report/plan_sheet.xlsx?ids="


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanSheet(PlanCase):
    """S1: The monthly contact plan (table 13-6) on paper and in Excel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._customer("=Linden", "II", day(26, 2))
        cls.plan = cls._plan()
        cls.user_own.group_ids += cls.env.ref("base.group_allow_export")

    def _sheets(self, user=None):
        return self._as(self.plan, user or self.user_own)._get_sheets()

    def _workbook(self, user=None):
        plan = self._as(self.plan, user or self.user_own)
        content = plan_sheet.render(
            plan._get_sheets(), plan._get_sheet_labels(), plan._get_sheet_facts()
        )
        return openpyxl.load_workbook(io.BytesIO(content))

    def test_grid(self):
        """S1, F1: Days × customers, planned and done."""
        with freeze_time("2026-03-18 12:00:00"):
            self._do(self.plan.line_ids.filtered(lambda line: line.date == day(12)))
            (sheet,) = self._sheets()
        (row,) = sheet.rows
        self.assertEqual((row.name, row.tier), ("=Linden", "II"))
        self.assertEqual(
            {number: mark for number, mark in enumerate(row.cells, 1) if mark},
            {12: "●", 26: "○"},
        )
        self.assertEqual((row.planned, row.done, row.extra), (2, 1, 0))
        self.assertEqual((sheet.planned, sheet.done), (2, 1))
        self.assertEqual(len(sheet.days), 31)
        self.assertIn(day(1), sheet.rest, "a Sunday")
        self.assertNotIn(day(2), sheet.rest)

    def test_workbook(self):
        book = self._workbook()
        grid, contacts = book.worksheets
        cells = [cell for row in grid.iter_rows() for cell in row if cell.value]
        values = [cell.value for cell in cells]
        self.assertIn("○", values)
        self.assertEqual(values.count("○"), 2)
        name = next(cell for cell in cells if cell.value == "=Linden")
        self.assertEqual(name.data_type, "s", "no formula")
        rows = [row for row in contacts.iter_rows(values_only=True) if "=Linden" in row]
        self.assertEqual(len(rows), 2)

    def test_language(self):
        """S1: In the language of whoever prints."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_own.lang = "zh_CN"
        plan = self._as(self.plan, self.user_own).with_context(lang="zh_CN")
        labels = plan._get_sheet_labels()
        self.assertEqual(labels["title"], "客户联络计划表")
        (sheet,) = plan._get_sheets()
        self.assertEqual(sheet.title, "2026年3月")

    def test_pdf(self):
        html = self.env["ir.actions.report"].with_user(self.user_own)
        html = html.with_context(allowed_company_ids=self.company_a.ids)
        text = html._render_qweb_html("followup_crm.plan_sheet", self.plan.ids)[0]
        text = text.decode()
        self.assertIn("=Linden", text)
        self.assertIn(self.company_a.name, text)
        self.assertEqual(text.count("○"), 2 + 2, "two marks, heading and legend")

    def test_foreign_plan(self):
        """S1: Nobody prints a colleague's plan."""
        with self.assertRaises(AccessError):
            self._sheets(self.user_own_2)
        with self.assertRaises(AccessError):
            self._as(self.plan, self.user_own_2).action_print_sheet_xlsx()

    def test_export_right(self):
        action = self._as(self.plan, self.user_own).action_print_sheet_xlsx()
        self.assertTrue(action["url"].startswith(URL))
        with self.assertRaises(AccessError):
            self._as(self.plan, self.user_all).action_print_sheet_xlsx()

    def test_query_count(self):
        """S1: As many queries for 30 customers as for 3."""
        counts = []
        for number, user in ((3, self.user_all), (30, self.user_own_2)):
            for place in range(number):
                self._customer(f"S{number}/{place}", "II", day(26, 2), user=user)
            plan = self._plan(user)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            plan._get_sheets()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 3, counts)


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanSheetDownload(PlanCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._customer("Linden", "II", day(26, 2))
        cls.plan = cls._plan()
        cls.user_own.group_ids += cls.env.ref("base.group_allow_export")
        cls.user_own_2.group_ids += cls.env.ref("base.group_allow_export")

    def test_download(self):
        """S1: A workbook for its user; for others it does not exist."""
        self.authenticate("followup_own", "followup_own")
        answer = self.url_open(f"{URL}{self.plan.id}")
        self.assertEqual(answer.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.assertEqual(len(book.worksheets), 2)
        self.authenticate("followup_own2", "followup_own2")
        self.assertEqual(self.url_open(f"{URL}{self.plan.id}").status_code, 404)
        self.assertEqual(self.url_open(f"{URL}1x").status_code, 404)
