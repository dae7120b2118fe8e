from odoo.tests import BaseCase, tagged

from ...tools.sheet import Cell, pack, pairs, table, text_cell


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestSheet(BaseCase):
    def test_empty_parts_are_left_out(self):
        """S1: no empty labels, columns, rows or sections."""
        empty, full = Cell(), text_cell("x")
        self.assertEqual(pairs("T", [("a", empty), ("b", full)]).rows, (("b", full),))
        self.assertFalse(pairs("T", [("a", empty)]))
        found = table("T", ("a", "b", "c"), [(full, empty, full), (empty,) * 3])
        self.assertEqual(found.headings, ("a", "c"))
        self.assertEqual(found.rows, ((full, full),))
        self.assertFalse(table("T", ("a",), [(empty,)]))

    def test_pack(self):
        """S1: two short values share a line, a long one has its own."""
        short, long = text_cell("short"), text_cell("long " * 20)
        rows = [("1", short), ("2", long), ("3", short), ("4", short), ("5", short)]
        lines = [[label for label, _cell in line] for line in pack(rows)]
        self.assertEqual(lines, [["1"], ["2"], ["3", "4"], ["5"]])
        self.assertEqual(pack([]), [])
        lines = pack([("1", text_cell("a\nb")), ("2", short)])
        self.assertEqual(len(lines), 2)

    def test_pack_counts_wide_characters(self):
        """S1: thirty Chinese characters are too wide for half a line."""
        rows = [("1", text_cell("宁" * 30)), ("2", text_cell("x"))]
        self.assertEqual(len(pack(rows)), 2)

    def test_widths(self):
        """S1: the columns of a table share the whole width."""
        found = table("T", ("a", "b"), [(text_cell("x" * 100), text_cell("y"))])
        self.assertAlmostEqual(sum(found.widths), 100, delta=0.2)
        self.assertGreater(found.widths[0], found.widths[1])
