"""The visit history card (A3) as a workbook: a row per contact, to sort and filter."""

from ...tools.sheet import Cell, Pairs, text_cell
from ...tools.workbook import Workbook, fit


def render(report):
    """Write the contacts of all customers below each other.

    :param report: ``tools.sheet.Report``; the last section of a sheet is its contacts
    :return: the workbook in bytes
    """
    facts = dict(report.facts)
    workbook = Workbook(
        report.title,
        author=facts.get(report.labels["user"], ""),
        company=facts.get(report.labels["company"], ""),
    )
    tables = [
        (sheet, section)
        for sheet in report.sheets
        for section in sheet.sections
        if not isinstance(section, Pairs)
    ]
    headings = list(
        dict.fromkeys(name for _sheet, table in tables for name in table.headings)
    )
    columns = [report.labels["code"], report.labels["customer"], *headings]
    rows = list(_rows(tables, headings))
    widths = [
        fit([heading, *(row[number].text for row in rows)], largest=48)
        for number, heading in enumerate(columns)
    ]
    # The first columns hold the facts of the title block, too.
    widths[0] = max(widths[0], fit([label for label, _value in report.facts]))
    sheet = workbook.sheet(report.title, widths)
    sheet.title_block(report.title, report.facts)
    sheet.header(columns, frozen_columns=2)
    for row in rows:
        sheet.row(
            [cell.value for cell in row],
            number_formats=[cell.number_format for cell in row],
            styles={1: "key"},
        )
    sheet.finish()
    return workbook.close()


def _rows(tables, headings):
    """Cells of each contact, by the headings of all tables together."""
    for sheet, table in tables:
        for row in table.rows:
            cells = dict(zip(table.headings, row, strict=True))
            yield [
                text_cell(sheet.code),
                text_cell(sheet.name),
                *(cells.get(heading, Cell()) for heading in headings),
            ]
