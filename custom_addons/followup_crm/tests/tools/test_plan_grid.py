from datetime import date

from odoo.tests import BaseCase, tagged

from ...tools.plan_grid import Line, day_sums, make_grid


def day(number, month=3):
    return date(2026, month, number)


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestPlanGrid(BaseCase):
    def _cells(self, *lines):
        return [(row.customer, row.cells) for row in make_grid(lines, day(1))]

    def test_marks(self):
        """S1, F1: planned, done, missed, extra; visits have their own."""
        self.assertEqual(
            self._cells(
                Line(1, day(3), None, "open"),
                Line(1, day(10), None, "open", is_visit=True),
                Line(1, day(12), day(12), "done"),
                Line(1, day(13), day(13), "done", is_visit=True),
                Line(2, day(5), None, "missed"),
                Line(2, None, day(9), "extra"),
            ),
            [(1, {3: "○", 10: "△", 12: "●", 13: "▲"}), (2, {5: "×", 9: "◆"})],
        )

    def test_done_on_another_day(self):
        self.assertEqual(
            self._cells(Line(1, day(3), day(5), "done")), [(1, {3: "○", 5: "●"})]
        )

    def test_two_on_a_day(self):
        lines = (Line(1, day(3), day(3), "done"), Line(1, None, day(3), "extra"))
        self.assertEqual(self._cells(*lines), [(1, {3: "●◆"})])

    def test_days_of_other_months_count_and_do_not_show(self):
        (row,) = make_grid([Line(1, day(31), day(2, 4), "done")], day(1))
        self.assertEqual((row.cells, row.planned, row.done), ({31: "○"}, 1, 1))

    def test_sums(self):
        rows = make_grid(
            [
                Line(1, day(3), day(3), "done"),
                Line(2, day(3), None, "missed"),
                Line(2, None, day(4), "extra"),
            ],
            day(1),
        )
        self.assertEqual(
            [(row.planned, row.done, row.extra) for row in rows], [(1, 1, 0), (1, 0, 1)]
        )
        self.assertEqual(day_sums(rows, [3, 4, 5]), [2, 1, 0])
