"""Workbooks: one look for all of them, and values that can do no harm.

What users typed is text, whatever it begins with: no formula, no link. Rows are
written from top to bottom and leave the memory at once.
"""

import io
import re
import unicodedata
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

# What a cell of Excel holds at most.
MAX_TEXT = 32_767
MAX_SHEET_NAME = 31
# Rows that a sheet of Excel has.
MAX_ROWS = 1_048_576
# Characters that fit across an A4 page; below this scale nobody can read it.
PAGE_WIDTH = {True: 140, False: 95}
SMALLEST_SCALE = 60
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT = "@"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ACCENT = "#1F4E5F"
CHART_COLORS = (ACCENT, "#D98E04", "#7FA7B3", "#8A5A83")
# Rows that a chart covers.
CHART_ROWS = 22
STYLES = {
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "label": {"font_color": "#666666"},
    "fact": {"bold": True},
    "header": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "border": 1,
        "border_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "plain": {},
    "required": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#B5482F",
        "border": 1,
        "border_color": "#FFFFFF",
        "text_wrap": True,
        "valign": "vcenter",
    },
    "text": {
        "text_wrap": True,
        "valign": "top",
        "bottom": 1,
        "bottom_color": "#D9D9D9",
    },
    "key": {"bold": True, "valign": "top", "bottom": 1, "bottom_color": "#D9D9D9"},
    "faint": {
        "font_color": "#808080",
        "valign": "top",
        "bottom": 1,
        "bottom_color": "#D9D9D9",
    },
    "mark": {"align": "center", "bottom": 1, "bottom_color": "#D9D9D9"},
    "rest": {
        "align": "center",
        "bg_color": "#E6E6E6",
        "bottom": 1,
        "bottom_color": "#D9D9D9",
    },
    "strong": {"bold": True, "font_size": 12, "bg_color": "#DCE8EC", "valign": "top"},
    "heading": {
        "bold": True,
        "bg_color": "#F2F2F2",
        "text_wrap": True,
        "valign": "top",
        "bottom": 1,
        "bottom_color": "#D9D9D9",
    },
}


def safe_text(value):
    """A text as a cell can hold it: no control characters, not too long."""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    text = ILLEGAL.sub("", text)
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def sheet_name(name, taken=()):
    """A name that Excel accepts for a sheet and that is not taken yet."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", safe_text(name)).strip(" '") or "Sheet"
    result, number = clean[:MAX_SHEET_NAME], 1
    while result.casefold() in {other.casefold() for other in taken}:
        number += 1
        end = f" {number}"
        result = clean[: MAX_SHEET_NAME - len(end)] + end
    return result


def text_width(text):
    """Width of the longest line in characters; East Asian ones are twice as wide."""
    return max(
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
        for line in str(text).split("\n")
    )


def fit(texts, smallest=8, largest=40):
    """Width of a column that holds these texts, within limits."""
    return min(largest, max([smallest, *(text_width(text) + 2 for text in texts)]))


def money_format(currency, decimals=2):
    """Number format of an amount that names its currency."""
    decimals = "." + "0" * decimals if decimals else ""
    return f'#,##0{decimals} "{currency}"'.replace('""', "")


class Workbook:
    """A workbook in memory; ``close`` returns its content."""

    def __init__(self, title, author="", company=""):
        self._stream = io.BytesIO()
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self.book = xlsxwriter.Workbook(self._stream, options)
        self.book.set_properties(
            {
                "title": safe_text(title),
                "author": safe_text(author),
                "company": safe_text(company),
            }
        )
        self._formats = {}
        self._names = []

    def sheet(self, name, widths, landscape=True, column_formats=()):
        """A new sheet for A4; one is written after the other.

        :param widths: of the columns, in characters
        :param column_formats: number formats of the columns' cells still empty
        """
        name = sheet_name(name, self._names)
        self._names.append(name)
        worksheet = self.book.add_worksheet(name)
        worksheet.set_paper(9)
        worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        # Not "fit to page": Excel ignores page breaks then.
        scale = 100 * PAGE_WIDTH[landscape] // max(sum(widths), 1)
        worksheet.set_print_scale(max(SMALLEST_SCALE, min(100, scale)))
        worksheet.set_footer("&L&8&F – &A&R&8&P / &N")
        worksheet.hide_gridlines(2)
        if landscape:
            worksheet.set_landscape()
        for column, width in enumerate(widths):
            number_format = column_formats[column] if column_formats else ""
            more = {"num_format": number_format} if number_format else {}
            column_format = self.format("plain", **more) if more else None
            worksheet.set_column(column, column, width, column_format)
        return Worksheet(self, worksheet, len(widths))

    def format(self, style, **more):
        """The format of a style, made once per variant."""
        key = (style, *sorted(more.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**STYLES[style], **more})
        return self._formats[key]

    def close(self):
        """Finish the workbook.

        :return: its content in bytes
        """
        self.book.close()
        return self._stream.getvalue()


class Worksheet:
    """A sheet that is written row by row."""

    def __init__(self, workbook, worksheet, columns):
        self._workbook = workbook
        self._worksheet = worksheet
        self._columns = columns
        self._header_row = None
        self.row_number = 0

    def title_block(self, title, facts):
        """Title, and below it what is on the sheet: company, user, date, filters."""
        self.row([title], "title")
        for label, value in facts:
            self._write(self.row_number, 0, label, self._workbook.format("label"))
            self._write(self.row_number, 1, value, self._workbook.format("fact"))
            self.row_number += 1
        self.row_number += 1

    def header(self, labels, frozen_columns=0, styles=None):
        """The headings of the columns: stay on the screen, and head each page."""
        self._header_row = self.row_number
        self._worksheet.set_row(self.row_number, 30)
        self.row(labels, "header", styles=styles)
        self._worksheet.freeze_panes(self.row_number, frozen_columns)
        self._worksheet.repeat_rows(self._header_row)
        if frozen_columns:
            self._worksheet.repeat_columns(0, frozen_columns - 1)

    def row(self, values, style="text", number_formats=(), styles=None):
        """Write one row.

        :param values: text, numbers and dates; None and empty text stay blank
        :param number_formats: by column, for numbers
        :param styles: dict of column: style where it differs from ``style``
        """
        styles = styles or {}
        for column, value in enumerate(values):
            more = {}
            number_format = (
                number_formats[column] if column < len(number_formats) else ""
            )
            if isinstance(value, date):
                more = {"num_format": DATE_FORMAT, "align": "left"}
            elif number_format and isinstance(value, int | float):
                more = {"num_format": number_format, "align": "left"}
            elif isinstance(value, str) and value.startswith(FORMULA_STARTS):
                more = {"quote_prefix": True}
            cell_format = self._workbook.format(styles.get(column, style), **more)
            self._write(self.row_number, column, value, cell_format)
        self.row_number += 1

    def stream(self, rows, number_formats, style="text"):
        """Write many rows of the same kinds, fast: nothing is kept of a row.

        :param rows: iterable of tuples of text, numbers and dates
        :param number_formats: of the columns that hold numbers, else empty
        """
        book, sheet = self._workbook, self._worksheet
        text = book.format(style)
        day = book.format(style, num_format=DATE_FORMAT, align="left")
        quoted = book.format(style, quote_prefix=True)
        numbers = [
            book.format(style, num_format=number_format) if number_format else text
            for number_format in number_formats
        ]
        # What holds for most cells is asked first. The inner methods do without
        # looking whether the cell is given as "A1".
        write_text = getattr(sheet, "_write_string", sheet.write_string)
        write_number = getattr(sheet, "_write_number", sheet.write_number)
        write_day = getattr(sheet, "_write_datetime", sheet.write_datetime)
        number = self.row_number
        for row in rows:
            for column, value in enumerate(row):
                kind = type(value)
                if kind is str and value:
                    if not value.isprintable() or len(value) > MAX_TEXT:
                        value = safe_text(value)
                    plain = value[:1] not in FORMULA_STARTS
                    write_text(number, column, value, text if plain else quoted)
                elif kind is float or kind is int:
                    write_number(number, column, value, numbers[column])
                elif kind is date:
                    write_day(number, column, value, day)
                elif value is None or value is False or value == "":
                    sheet.write_blank(number, column, None, text)
                else:
                    self._write(number, column, value, text)
            number += 1
        self.row_number = number

    def chart(self, chart, labels):
        """A chart on this sheet, and below it the numbers that it is drawn from.

        :param chart: ``tools.document.Chart``
        :param labels: dict with ``name``, the heading of the categories
        """
        first = self.row_number + CHART_ROWS
        self._worksheet.insert_chart(self.row_number, 0, self._make(chart, first))
        self.row_number = first
        self.row([labels["name"], *(one.name for one in chart.series)], "header")
        percent = ["0.0 %" if one.is_percent else "#,##0" for one in chart.series]
        self.stream(
            zip(chart.categories, *(one.values for one in chart.series), strict=True),
            ["", *percent],
        )

    def _make(self, chart, first):
        """The chart over the rows below ``first``: bars combined with lines."""
        book, made = self._workbook.book, {}
        for number, one in enumerate(chart.series):
            kind = "line" if one.is_line else "column"
            if kind not in made:
                made[kind] = book.add_chart({"type": kind})
            color = {"color": CHART_COLORS[number % len(CHART_COLORS)]}
            made[kind].add_series(
                {
                    "name": [self._worksheet.get_name(), first, number + 1],
                    "categories": self._cells(first + 1, 0, len(chart.categories)),
                    "values": self._cells(first + 1, number + 1, len(chart.categories)),
                    "y2_axis": one.is_percent,
                    "line" if one.is_line else "fill": color,
                }
            )
        result = made.get("column") or made["line"]
        if len(made) == 2:
            made["line"].set_y2_axis({"num_format": "0 %", "min": 0, "max": 1})
            result.combine(made["line"])
        result.set_title({"name": safe_text(chart.title), "name_font": {"size": 13}})
        result.set_legend({"position": "bottom"})
        result.set_y_axis({"num_format": "#,##0"})
        result.set_size({"width": 980, "height": 20 * CHART_ROWS - 20})
        return result

    def _cells(self, row, column, count):
        """Cells of this sheet below each other, as a chart names them."""
        return [self._worksheet.get_name(), row, column, row + count - 1, column]

    def page_breaks(self, rows):
        """Begin a new page at each of these rows."""
        self._worksheet.set_h_pagebreaks(rows)

    def choices(self, column, other_sheet, other_column, count, last_row):
        """Offer values in a column below the header; others are asked about.

        :param other_sheet: sheet that lists the values below its header
        :param count: number of the values
        """
        source = xl_range_abs(1, other_column, count, other_column)
        name = sheet_name(other_sheet).replace("'", "''")
        self._worksheet.data_validation(
            self._header_row + 1,
            column,
            last_row,
            column,
            {
                "validate": "list",
                "source": f"='{name}'!{source}",
                "error_type": "warning",
            },
        )

    def finish(self):
        """Let the reader filter by the headings."""
        if self._header_row is not None and self.row_number > self._header_row + 1:
            self._worksheet.autofilter(
                self._header_row, 0, self.row_number - 1, self._columns - 1
            )

    def _write(self, row, column, value, cell_format):
        if value is None or value == "":
            self._worksheet.write_blank(row, column, None, cell_format)
        elif isinstance(value, datetime | date):
            self._worksheet.write_datetime(row, column, value, cell_format)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self._worksheet.write_number(row, column, value, cell_format)
        else:
            self._worksheet.write_string(row, column, safe_text(value), cell_format)
