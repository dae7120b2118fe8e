"""What a printed sheet is made of, whether it becomes a PDF or a workbook."""

from dataclasses import dataclass, field
from datetime import date

from .workbook import text_width

# Characters that fit into one half of an A4 line beside a label.
HALF_LINE = 42
# The same for a whole line of a table, and what one of its columns needs at most.
LINE = 105
LONGEST_WORD = 18
LONGEST_TEXT = 60


@dataclass(frozen=True)
class Cell:
    """One value, written for paper (``text``) and for a workbook (``value``).

    ``number_format`` is a spreadsheet's own, for example ``#,##0.00 "EUR"``.
    """

    text: str = ""
    value: str | int | float | date | None = None
    number_format: str = ""

    def __bool__(self):
        return bool(self.text)


@dataclass(frozen=True)
class Pairs:
    """A section of labels with one value each."""

    title: str
    rows: tuple[tuple[str, Cell], ...]

    def __bool__(self):
        return bool(self.rows)


@dataclass(frozen=True)
class Table:
    """A section of rows with common headings."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __bool__(self):
        return bool(self.rows)

    @property
    def widths(self):
        """Share of each column in percent: no word broken, long texts the rest."""
        floors, needs = [], []
        for texts in zip(
            self.headings,
            *([cell.text for cell in row] for row in self.rows),
            strict=True,
        ):
            words = [word for text in texts for word in text.split() or [""]]
            floors.append(min(LONGEST_WORD, max(map(text_width, words)) + 2))
            longest = max(map(text_width, texts)) + 2
            needs.append(max(floors[-1], min(LONGEST_TEXT, longest)))
        if sum(needs) > LINE:
            spare = max(LINE - sum(floors), 0)
            share = spare / (sum(needs) - sum(floors) or 1)
            needs = [
                floor + share * (need - floor)
                for floor, need in zip(floors, needs, strict=True)
            ]
        return [round(100 * need / sum(needs), 1) for need in needs]


@dataclass(frozen=True)
class Sheet:
    """All that is printed about one record."""

    code: str
    name: str
    sections: tuple[Pairs | Table, ...]
    register: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Report:
    """Several sheets with what stands above them: title, and who printed what when."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    register_headings: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """A list with one row a record, and what stands above it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_table(self):
        """The same without empty columns, as a section of paper."""
        return table("", self.headings, self.rows)


def text_cell(text):
    """A cell that shows the same text everywhere."""
    text = (text or "").strip()
    return Cell(text, text)


def table(title, headings, rows):
    """A table without its empty rows and columns."""
    rows = [row for row in rows if any(row)]
    kept = [
        index for index in range(len(headings)) if any(bool(row[index]) for row in rows)
    ]
    return Table(
        title,
        tuple(headings[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in rows),
    )


def pairs(title, rows):
    """Labels and values without those that are empty."""
    return Pairs(title, tuple((label, cell) for label, cell in rows if cell))


def pack(rows, half=HALF_LINE):
    """Lay out pairs on lines: two short ones beside each other, a long one alone.

    :param rows: (label, cell) in order
    :return: lists of one or two pairs; a pair alone has the whole line
    """
    lines, waiting = [], None
    for pair in rows:
        is_short = text_width(pair[1].text) <= half and "\n" not in pair[1].text
        if not is_short:
            if waiting:
                lines.append([waiting])
                waiting = None
            lines.append([pair])
        elif waiting:
            lines.append([waiting, pair])
            waiting = None
        else:
            waiting = pair
    if waiting:
        lines.append([waiting])
    return lines
