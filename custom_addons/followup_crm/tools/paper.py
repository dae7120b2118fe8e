"""Long tables on paper, divided into pages here.

Builds of wkhtmltopdf without a patched Qt, as distributions ship them, cut rows in two
at the end of a page and do not repeat headings. So each page gets a table of its own,
with as many rows as surely fit. All lengths are pixels of the page that the HTML is
laid out on.
"""

from dataclasses import dataclass
from math import ceil

from .workbook import text_width

LINE = 13.6
PADDING = 7.5
LETTER = 5.6
BOLD_LETTER = 6.2
CELL_MARGIN = 9
# Words do not fill a line to its end.
WRAPPING = 1.12
TITLE = 92
FACT = 20
HEADING = 32
NOTE = 34
# Height of a chart, as a part of the page's width.
CHART = 0.3
SPACE = 30
# A table does not begin at the end of a page for fewer rows.
FEWEST = 3


@dataclass(frozen=True)
class Page:
    """The room of an A4 page on its side within its margins."""

    width: int
    height: int


# Without a patched Qt more pixels fit on the page than with it.
WIDE = Page(1290, 868)
NARROW = Page(1040, 690)


def row_height(texts, widths, letter=LETTER):
    """Height of a row whose texts wrap within columns of these widths."""
    most = 1
    for text, width in zip(texts, widths, strict=True):
        room, lines = max(width - CELL_MARGIN, 10), 0
        for part in str(text).split("\n"):
            needed = text_width(part) * letter / room
            lines += ceil(needed * WRAPPING) if needed > 1 else 1
        most = max(most, lines)
    return most * LINE + PADDING


def title_height(facts):
    """What stands above the first table."""
    return TITLE + FACT * facts + SPACE


def divide(page, weights, headings, rows, foot, above):
    """Rows by page.

    :param weights: shares of the columns in the width
    :param foot: rows that stay below the last one
    :param above: height that is taken on the first page
    :return: list of (rows, foot, whether a new page begins), at least one
    """
    whole = sum(weights)
    widths = [page.width * weight / whole for weight in weights]
    head = row_height(headings, widths, BOLD_LETTER)
    room = page.height - above - head
    fewest = sum(row_height(row, widths) for row in rows[:FEWEST])
    breaks = above > 0 and room < fewest
    if breaks:
        room = page.height - head
    pieces, piece = [], []
    for row in rows:
        height = row_height(row, widths)
        if piece and height > room:
            pieces.append((piece, [], breaks))
            piece, breaks, room = [], True, page.height - head
        piece.append(row)
        room -= height
    end = sum(row_height(row, widths, BOLD_LETTER) for row in foot)
    if end > room and len(piece) > 1:
        pieces.append((piece[:-1], [], breaks))
        piece, breaks = piece[-1:], True
    return [*pieces, (piece, foot, breaks)]


def divide_register(page, register, section):
    """The rows of a register, as texts, by page.

    :param register: ``tools.sheet.Register``
    :param section: its ``tools.sheet.Table``
    """
    rows = [[cell.text for cell in row] for row in section.rows]
    above = title_height(len(register.facts) - 1)
    return divide(page, section.widths, section.headings, rows, [], above)
