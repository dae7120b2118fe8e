import io

import openpyxl

from odoo.tests import TransactionCase, tagged

from ...report.xlsx import document as renderer
from ...tools.chart import nice_step, short, svg
from ...tools.document import Chart, Column, Document, Listing, Series, Sums, take

LABELS = {"note": "Note", "chart": "Chart", "name": "Name", "more": "More rows"}


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestDocument(TransactionCase):
    def _listing(self, rows, **more):
        columns = (
            Column("Customer"),
            Column("Amount", "money", summed=True),
            Column("Share", "percent"),
        )
        return Listing("Register", columns, rows, total="Total", **more)

    def _sheet(self, listing):
        facts = (("Company", "Aster"),)
        content = renderer.render(Document("Report", facts, (listing,), labels=LABELS))
        return openpyxl.load_workbook(io.BytesIO(content)).worksheets

    def test_sums(self):
        """S1: rows pass by once and are added up; a generator is enough."""
        sums = Sums(self._listing(row for row in ()))
        self.assertEqual(
            list(sums.watch(iter([("A", 1.5, 0.1), ("B", None, 0)]))),
            [
                ("A", 1.5, 0.1),
                ("B", None, 0),
            ],
        )
        self.assertEqual(sums.foot(), (("Total", 1.5, None),))
        self.assertEqual(Sums(self._listing(())).foot(), ())

    def test_workbook(self):
        """S1, 25: numbers are numbers, formulas are text, filters and head are set."""
        rows = [("=1+1", 1000.5, 0.25), ("\t2", 3, 0.75)]
        sheet = self._sheet(self._listing(iter(rows)))[0]
        values = list(sheet.iter_rows(min_row=4, values_only=True))
        self.assertEqual(values[0], ("Customer", "Amount", "Share"))
        self.assertEqual(values[1], rows[0])
        self.assertEqual(values[3], ("Total", 1003.5, None))
        self.assertEqual(sheet["A5"].data_type, "s")
        self.assertEqual(sheet["B5"].number_format, "#,##0.00")
        self.assertEqual(sheet["C5"].number_format, "0.0 %")
        self.assertEqual(sheet.auto_filter.ref, "A4:C6")
        self.assertEqual(sheet.print_title_rows, "$4:$4")

    def test_chart(self):
        """S1: a chart has a sheet with the numbers that it is drawn from."""
        chart = Chart(
            "Months",
            ("Jan", "Feb"),
            (Series("2026", (1, 2)), Series("%", (0.3, 1), True, True)),
        )
        sheets = self._sheet(self._listing([("A", 1, 1)], chart=chart))
        self.assertEqual(len(sheets[1]._charts), 1)
        cells = [cell for row in sheets[1].values for cell in row]
        for cell in ("Jan", 2, 0.3):
            self.assertIn(cell, cells)

    def test_svg(self):
        """S1: the same chart as a picture; markup in names is text."""
        chart = Chart("T", ("<b>", "Feb"), (Series("2026", (100, -50)),))
        drawing = svg(chart)
        self.assertIn("&lt;b&gt;", drawing)
        self.assertNotIn("<b>", drawing)
        self.assertEqual(svg(Chart("T", (), ())), "")
        self.assertEqual(svg(Chart("T", ("A",), (Series("S", (0,)),))), "")
        self.assertEqual(nice_step(100), 25)
        self.assertEqual(nice_step(0.004), 0.001)
        self.assertEqual((short(1500000), short(20000), short(5)), ("1.5M", "20k", "5"))

    def test_take(self):
        """S1: paper takes the first rows and counts the others."""
        self.assertEqual(take(iter(range(5)), 2), ([0, 1], 3))
