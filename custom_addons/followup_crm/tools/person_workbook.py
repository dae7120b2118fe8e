"""The workbook that hands a person what is held on him or her."""

import io

import xlsxwriter

COLUMN_WIDTH = 28


def build_workbook(sections):
    """Build a workbook with one sheet per section.

    All cells are text, so that nothing in them can act as a formula or a link.

    :param sections: list of ``(title, header, rows)``; ``header`` may be ``None``, then
        the first column holds the labels
    :return: the bytes of the ``.xlsx`` file
    """
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for title, header, rows in sections:
        worksheet = workbook.add_worksheet(_sheet_name(title))
        worksheet.set_column(0, 50, COLUMN_WIDTH)
        lines = [header, *rows] if header else rows
        for row_index, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                is_label = row_index == 0 if header else column == 0
                style = bold if is_label else wrapped
                worksheet.write_string(row_index, column, str(cell), style)
    workbook.close()
    return stream.getvalue()


def _sheet_name(title):
    """A title without what Excel forbids in the name of a sheet."""
    return "".join(char for char in title if char not in "[]:*?/\\'")[:31]
