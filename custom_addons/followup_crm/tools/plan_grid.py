"""The grid of a month's contacts: a row per customer, a column per day."""

from dataclasses import dataclass, field
from datetime import date

# What stands in a cell: planned and not done yet, done, missed, extra; visits apart.
MARKS = {
    ("planned", False): "○",
    ("planned", True): "△",
    ("done", False): "●",
    ("done", True): "▲",
    ("missed", False): "×",
    ("missed", True): "×",
    ("extra", False): "◆",
    ("extra", True): "◆",
}


@dataclass(frozen=True)
class Line:
    """One contact: whose, planned for which day, done on which, and what became of it.

    ``outcome`` is ``done``, ``missed``, ``extra`` or ``open``.
    """

    customer: int
    planned: date | None
    done: date | None
    outcome: str
    is_visit: bool = False


@dataclass
class Row:
    """The month of one customer."""

    customer: int
    cells: dict[int, str] = field(default_factory=dict)
    planned: int = 0
    done: int = 0
    extra: int = 0

    def add(self, day, kind, is_visit):
        """Put a mark on a day; several stand beside each other."""
        self.cells[day] = self.cells.get(day, "") + MARKS[kind, is_visit]


def make_grid(lines, month):
    """Rows of the customers, in the order in which they first appear.

    A contact that was done on another day than planned shows both days. Days of other
    months are left out; the sums count them.

    :param lines: list of ``Line``
    :param month: any day of the month
    :return: list of ``Row``
    """
    rows = {}
    for line in lines:
        row = rows.setdefault(line.customer, Row(line.customer))
        for day, kind in _marks(line):
            if (day.year, day.month) == (month.year, month.month):
                row.add(day.day, kind, line.is_visit)
        row.planned += line.outcome != "extra"
        row.done += line.outcome == "done"
        row.extra += line.outcome == "extra"
    return list(rows.values())


def _marks(line):
    """(day, kind of mark) of a contact."""
    if line.outcome == "extra":
        return [(line.done, "extra")]
    if line.outcome == "missed":
        return [(line.planned, "missed")]
    if line.outcome == "done":
        moved = line.planned and line.planned != line.done
        return [(line.planned, "planned")] * bool(moved) + [(line.done, "done")]
    return [(line.planned, "planned")]


def day_sums(rows, days):
    """How many marks of planned or done contacts stand on each day."""
    return [sum(len(row.cells.get(day, "")) for row in rows) for day in days]
