"""The template for importing customer files (P12).

The first sheet is what Odoo's import reads: headings and one invented row. The others
explain the columns and list the values that they take.
"""

from ...tools.workbook import DATE_FORMAT, TEXT_FORMAT, Workbook, fit

# Excel turns 01067 into 1067 unless the column is text.
COLUMN_FORMATS = {"char": TEXT_FORMAT, "text": TEXT_FORMAT, "date": DATE_FORMAT}
LAST_ROW = 5000
SHOWN_CHOICES = 12


def render(columns, labels):
    """Write the template.

    :param columns: list of ``tools.template.Column``
    :param labels: the words on the sheets, see ``_get_import_labels``
    :return: the workbook in bytes
    """
    workbook = Workbook(labels["title"])
    lists = [column for column in columns if column.choices]
    _write_customers(workbook, columns, labels, lists)
    _write_help(workbook, columns, labels)
    _write_lists(workbook, lists, labels)
    return workbook.close()


def _write_customers(workbook, columns, labels, lists):
    widths = [fit([column.heading, str(column.example or "")]) for column in columns]
    formats = [COLUMN_FORMATS.get(column.kind, "") for column in columns]
    sheet = workbook.sheet(labels["customers"], widths, column_formats=formats)
    sheet.header(
        [column.heading for column in columns],
        frozen_columns=1,
        styles={
            number: "required"
            for number, column in enumerate(columns)
            if column.is_required
        },
    )
    sheet.row([column.example for column in columns])
    for number, column in enumerate(columns):
        # A cell that takes several values cannot be chosen from a list.
        if column.choices and column.kind != "many2many":
            place = lists.index(column)
            sheet.choices(number, labels["lists"], place, len(column.choices), LAST_ROW)


def _write_help(workbook, columns, labels):
    sheet = workbook.sheet(labels["help"], (34, 12, 70, 60))
    sheet.title_block(labels["title"], labels["rules"])
    sheet.header(
        (labels["column"], labels["required"], labels["hint"], labels["values"])
    )
    for column in columns:
        shown = ", ".join(column.choices[:SHOWN_CHOICES])
        if len(column.choices) > SHOWN_CHOICES:
            shown = f"{shown}… ({labels['lists']})"
        required = labels["yes"] if column.is_required else ""
        sheet.row((column.heading, required, column.hint, shown), styles={0: "key"})


def _write_lists(workbook, lists, labels):
    widths = [fit([column.heading, *column.choices]) for column in lists]
    sheet = workbook.sheet(labels["lists"], widths)
    sheet.header([column.heading for column in lists])
    for number in range(max((len(column.choices) for column in lists), default=0)):
        sheet.row(
            [
                column.choices[number] if number < len(column.choices) else None
                for column in lists
            ]
        )
