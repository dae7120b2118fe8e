import io
from datetime import date

import openpyxl

from odoo.tests import BaseCase, tagged

from ...tools.workbook import (
    MAX_TEXT,
    Workbook,
    fit,
    money_format,
    safe_text,
    sheet_name,
    text_width,
)

HARMFUL = (
    "=1+1",
    "+49 40 5550",
    "-2",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://evil.example","x")',
    "=cmd|' /C calc'!A0",
    "http://evil.example",
    "mailto:a@example.com",
    "internal:Sheet1!A1",
)


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestWorkbook(BaseCase):
    def _open(self, *rows, **options):
        workbook = Workbook("Title", "Ann", "Aster")
        sheet = workbook.sheet("Data", [20] * 4)
        sheet.title_block("Title", [("Company", "Aster")])
        sheet.header(["a", "b", "c", "d"], frozen_columns=1)
        for row in rows:
            sheet.row(row, **options)
        sheet.finish()
        return openpyxl.load_workbook(io.BytesIO(workbook.close()))["Data"]

    def test_what_users_typed_is_text(self):
        """S1, 25: no formula and no link comes out of a value."""
        sheet = self._open(*([value] for value in HARMFUL))
        found = list(sheet.iter_rows(min_row=5, max_col=1))
        for value, (cell,) in zip(HARMFUL, found, strict=True):
            with self.subTest(value=value):
                self.assertEqual(cell.data_type, "s")
                self.assertEqual(cell.value, value.replace("\r", "\n"))
                self.assertIsNone(cell.hyperlink)
                starts = value.startswith(("=", "+", "-", "@", "\t"))
                self.assertEqual(bool(cell.quotePrefix), starts)

    def test_types(self):
        """S1: numbers and dates stay numbers and dates."""
        sheet = self._open(
            [date(2024, 2, 29), 1234.5, 7, None], number_formats=["", "0.00", "0", ""]
        )
        first, second, third, fourth = next(sheet.iter_rows(min_row=5))
        self.assertEqual(first.value.date(), date(2024, 2, 29))
        self.assertEqual(first.number_format, "yyyy-mm-dd")
        self.assertEqual((second.value, second.number_format), (1234.5, "0.00"))
        self.assertEqual(third.value, 7)
        self.assertIsNone(fourth.value)

    def test_bad_text(self):
        """18: control characters, half characters and long texts do no harm."""
        sheet = self._open(
            ["a\x00b\x0bc\ud800d", "x" * 50_000, "😀 宁波", "line\r\nline"]
        )
        values = [cell.value for cell in next(sheet.iter_rows(min_row=5))]
        self.assertEqual(values[0], "abcd")
        self.assertEqual(len(values[1]), MAX_TEXT)
        self.assertTrue(values[1].endswith("…"))
        self.assertEqual(values[2:], ["😀 宁波", "line\nline"])

    def test_print_set_up(self):
        """S1: A4, headings frozen and on each page, filter, title block."""
        sheet = self._open(["x"], ["y"])
        self.assertEqual(sheet["A1"].value, "Title")
        self.assertEqual((sheet["A2"].value, sheet["B2"].value), ("Company", "Aster"))
        self.assertEqual(sheet.page_setup.paperSize, 9)
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(sheet.freeze_panes, "B5")
        self.assertEqual(sheet.print_title_rows, "$4:$4")
        self.assertEqual(sheet.auto_filter.ref, "A4:D6")

    def test_sheet_name(self):
        """S1: a name that Excel refuses is mended, a second one gets a number."""
        self.assertEqual(sheet_name("a/b:c[d]"), "a b c d")
        self.assertEqual(sheet_name("'*'"), "Sheet")
        self.assertEqual(len(sheet_name("x" * 40)), 31)
        self.assertEqual(sheet_name("Data", ["data"]), "Data 2")
        self.assertEqual(len(sheet_name("x" * 40, ["x" * 31])), 31)

    def test_widths(self):
        """S1: Chinese characters need twice the width."""
        self.assertEqual(text_width("abc\nabcd"), 4)
        self.assertEqual(text_width("宁波"), 4)
        self.assertEqual(fit(["x" * 100], largest=40), 40)
        self.assertEqual(fit([], smallest=8), 8)

    def test_money_format(self):
        """S1: an amount names its currency, with its decimals."""
        self.assertEqual(money_format("EUR"), '#,##0.00 "EUR"')
        self.assertEqual(money_format("JPY", 0), '#,##0 "JPY"')
        self.assertEqual(safe_text(12), "12")
