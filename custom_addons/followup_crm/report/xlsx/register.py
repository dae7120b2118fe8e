"""A register as a workbook: one sheet, one row a record, for sorting and filtering."""

from ...tools.workbook import Workbook, fit


def render(register):
    """Write a register.

    :param register: ``tools.sheet.Register``
    :return: the workbook in bytes
    """
    workbook = Workbook(
        register.title, author=register.facts[1][1], company=register.facts[0][1]
    )
    columns = list(zip(*register.rows, strict=True)) or [()] * len(register.headings)
    widths = [
        fit([heading[:20], *(cell.text for cell in cells)], largest=36)
        for heading, cells in zip(register.headings, columns, strict=True)
    ]
    # The first columns hold the facts of the title block, too.
    widths[0] = max(widths[0], fit([label for label, _value in register.facts]))
    sheet = workbook.sheet(register.title, widths)
    sheet.title_block(register.title, register.facts)
    sheet.header(register.headings, frozen_columns=1)
    for row in register.rows:
        sheet.row(
            [cell.value for cell in row],
            number_formats=[cell.number_format for cell in row],
            styles={0: "key"},
        )
    sheet.finish()
    return workbook.close()
