"""The customer information sheet (table 13-1) as a workbook.

The first sheet is a register, one row per customer, for sorting and filtering. The
second holds all sections of all customers one below the other; code and section stand
in each row, so that filtering by them leaves whole parts.
"""

from ...tools.sheet import Pairs
from ...tools.workbook import Workbook, fit

# Code and section, then a table's own columns: the second one holds the long texts.
BEGIN_WIDTHS = (12, 22)
OWN_WIDTHS = (26, 46)
OTHER_WIDTH = 17


def render(report):
    """Write a report of customer sheets.

    :param report: ``tools.sheet.Report``
    :return: the workbook in bytes
    """
    facts = dict(report.facts)
    workbook = Workbook(
        report.title,
        author=facts.get(report.labels["user"], ""),
        company=facts.get(report.labels["company"], ""),
    )
    _write_register(workbook, report)
    _write_details(workbook, report)
    return workbook.close()


def _write_register(workbook, report):
    columns = list(zip(*(sheet.register for sheet in report.sheets), strict=True))
    widths = [
        fit([heading[:20], *(cell.text for cell in cells)], largest=36)
        for heading, cells in zip(report.register_headings, columns, strict=True)
    ]
    # The first columns hold the facts of the title block, too.
    widths[0] = max(widths[0], fit([label for label, _value in report.facts]))
    sheet = workbook.sheet(report.labels["register"], widths)
    sheet.title_block(report.title, report.facts)
    sheet.header(report.register_headings, frozen_columns=2)
    for customer in report.sheets:
        sheet.row(
            [cell.value for cell in customer.register],
            number_formats=[cell.number_format for cell in customer.register],
            styles={1: "key"},
        )
    sheet.finish()


def _write_details(workbook, report):
    labels = report.labels
    others = _count_columns(report) - len(OWN_WIDTHS)
    widths = (*BEGIN_WIDTHS, *OWN_WIDTHS, *[OTHER_WIDTH] * others)
    sheet = workbook.sheet(labels["details"], widths)
    sheet.title_block(report.title, report.facts)
    headings = (labels["code"], labels["section"], labels["item"], labels["value"])
    sheet.header([*headings, *[""] * others])
    breaks = []
    for customer in report.sheets:
        breaks.append(sheet.row_number)
        sheet.row([customer.code, "", customer.name, *[""] * (others + 1)], "strong")
        for section in customer.sections:
            _write_section(sheet, customer.code, section)
    sheet.page_breaks(breaks[1:])
    sheet.finish()


def _count_columns(report):
    """Columns of the widest table."""
    widest = len(OWN_WIDTHS)
    for customer in report.sheets:
        for section in customer.sections:
            if not isinstance(section, Pairs):
                widest = max(widest, len(section.headings))
    return widest


def _write_section(sheet, code, section):
    begin = [code, section.title]
    styles = {0: "faint", 1: "faint"}
    if isinstance(section, Pairs):
        for label, cell in section.rows:
            sheet.row(
                [*begin, label, cell.value],
                number_formats=["", "", "", cell.number_format],
                styles={**styles, len(begin): "heading"},
            )
        return
    sheet.row([*begin, *section.headings], "heading", styles=styles)
    for row in section.rows:
        sheet.row(
            [*begin, *(cell.value for cell in row)],
            number_formats=["", "", *(cell.number_format for cell in row)],
            styles=styles,
        )
