from odoo.tests import TransactionCase, tagged

from ...tools import paper

WEIGHTS, HEADINGS = (1, 3), ("No.", "Name")


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestPaper(TransactionCase):
    def _divide(self, rows, foot=(), above=0):
        return paper.divide(paper.WIDE, WEIGHTS, HEADINGS, rows, list(foot), above)

    def test_rows_by_page(self):
        """S1: no page is overfull, no row is lost, sums stay with a row."""
        for count in (1, 38, 39, 40, 41, 200):
            rows = [(str(number), "Nordwind") for number in range(count)]
            pieces = self._divide(rows, [("Total", "")], above=300)
            self.assertEqual([row for piece in pieces for row in piece[0]], rows)
            self.assertTrue(all(piece[2] for piece in pieces[1:]))
            self.assertEqual(pieces[-1][1], [("Total", "")])
            self.assertTrue(pieces[-1][0])
            for number, piece in enumerate(pieces):
                height = 300 if number == 0 else 0
                height += (len(piece[0]) + len(piece[1]) + 1) * (
                    paper.LINE + paper.PADDING
                )
                self.assertLessEqual(height, paper.WIDE.height)

    def test_long_texts(self):
        """S1: long texts take more room, Chinese twice as much."""
        one = paper.row_height(("x", "short"), (100, 200))
        self.assertEqual(paper.row_height(("x", "服饰"), (100, 200)), one)
        self.assertGreater(paper.row_height(("x", "服" * 30), (100, 200)), one)
        self.assertGreater(paper.row_height(("a\nb", ""), (100, 200)), one)

    def test_little_room(self):
        """S1: a table does not begin at the very end of a page."""
        rows = [("1", "a")] * 5
        pieces = self._divide(rows, above=820)
        self.assertEqual([(len(piece[0]), piece[2]) for piece in pieces], [(5, True)])
        self.assertEqual(self._divide([]), [([], [], False)])
