"""What a report consists of, before it becomes a PDF or a workbook.

Rows are taken one by one, once: they may come from a generator, so that a register of a
hundred thousand rows is never in memory as a whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

# Kinds whose cells are numbers, and what a spreadsheet shows them as.
NUMBER_FORMATS = {
    "integer": "#,##0",
    "number": "#,##0.##",
    "money": "#,##0.00",
    "percent": "0.0 %",
}
WIDTHS = {
    "text": 22,
    "date": 12,
    "integer": 10,
    "number": 12,
    "money": 15,
    "percent": 10,
}


@dataclass(frozen=True)
class Column:
    """One column: percentages are fractions of 1, dates are dates, the rest is text.

    ``summed`` columns are added up below the rows; ``weight`` is the part of a page's
    width compared with others.
    """

    heading: str
    kind: str = "text"
    decimals: int = 2
    summed: bool = False
    width: int = 0

    @property
    def number_format(self):
        if self.kind == "money":
            return "#,##0" + ("." + "0" * self.decimals if self.decimals else "")
        return NUMBER_FORMATS.get(self.kind, "")

    @property
    def weight(self):
        return self.width or WIDTHS[self.kind]


@dataclass(frozen=True)
class Series:
    """A row of numbers drawn as bars or as a line; in percent on the second axis."""

    name: str
    values: tuple[float, ...]
    is_line: bool = False
    is_percent: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars and lines over the same categories."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass
class Listing:
    """A table with a name, as a sheet of a workbook or a part of a PDF.

    :param foot: rows below the table, for example sums that are no plain addition;
        without any, ``summed`` columns are added up under the word ``total``
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple]
    total: str = ""
    foot: tuple[tuple, ...] = ()
    chart: Chart | None = None
    note: str = ""
    frozen: int = 1


@dataclass
class Document:
    """A report: what stands above every table, and the tables."""

    title: str
    facts: tuple[tuple[str, str], ...]
    listings: tuple[Listing, ...]
    author: str = ""
    company: str = ""
    labels: dict[str, str] = field(default_factory=dict)


class Sums:
    """Adds up the summed columns while the rows pass by."""

    def __init__(self, listing):
        self._columns = [
            number for number, one in enumerate(listing.columns) if one.summed
        ]
        self._listing = listing
        self._sums = [0] * len(listing.columns)
        self.count = 0

    def watch(self, rows):
        """Yield the rows as they are."""
        columns, sums = self._columns, self._sums
        for row in rows:
            self.count += 1
            for column in columns:
                sums[column] += row[column] or 0
            yield row

    def foot(self):
        """The rows below the table; none below an empty one."""
        listing = self._listing
        if listing.foot or not self._columns or not self.count:
            return listing.foot
        row = [
            self._sums[number] if column.summed else None
            for number, column in enumerate(listing.columns)
        ]
        if not listing.columns[0].summed:
            row[0] = listing.total
        return (tuple(row),)


def take(rows, most):
    """The first rows, and how many there are beyond: they are counted, not kept."""
    first, beyond = [], 0
    for row in rows:
        if len(first) < most:
            first.append(row)
        else:
            beyond += 1
    return first, beyond
