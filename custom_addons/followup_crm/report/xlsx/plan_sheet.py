"""The monthly contact plan (table 13-6) as a workbook.

A sheet per plan: a row per customer, a column per day. The last sheet lists all
contacts, one a row, for sorting and filtering.
"""

from ...tools.workbook import Workbook, fit

DAY_WIDTH = 3.4
SUM_WIDTH = 9
CONTACT_WIDTHS = (18, 12, 12, 28, 10, 14, 36, 12, 36)


def render(sheets, labels, facts):
    """Write the plans.

    :param sheets: list of ``PlanSheet``
    :param labels: the words on the sheets, see ``_get_sheet_labels``
    :param facts: who printed it when, as (label, value)
    :return: the workbook in bytes
    """
    workbook = Workbook(
        labels["title"],
        author=facts[0][1],
        company=sheets[0].company.name if sheets else "",
    )
    for sheet in sheets:
        _write_grid(workbook, sheet, labels, facts)
    _write_contacts(workbook, sheets, labels, facts)
    return workbook.close()


def _write_grid(workbook, plan, labels, facts):
    names = fit([labels["customer"], *(row.name for row in plan.rows)], largest=34)
    widths = [14, names, 8, *[DAY_WIDTH] * len(plan.days), *[SUM_WIDTH] * 3]
    sheet = workbook.sheet(f"{plan.user} {plan.title}", widths)
    sheet.title_block(labels["title"], _get_facts(plan, labels, facts))
    headings = [labels["code"], labels["customer"], labels["tier"]]
    sums = [labels["planned"], labels["done"], labels["extra"]]
    sheet.header([*headings, *(day.day for day in plan.days), *sums], frozen_columns=2)
    styles = {
        column: "rest" if day in plan.rest else "mark"
        for column, day in enumerate(plan.days, len(headings))
    }
    for row in plan.rows:
        sheet.row(
            [
                row.code,
                row.name,
                row.tier,
                *row.cells,
                row.planned,
                row.done,
                row.extra,
            ],
            styles={**styles, 1: "key"},
        )
    sheet.row(
        ["", labels["total"], "", *(number or "" for number in plan.sums)]
        + [plan.planned, plan.done, plan.extra],
        "strong",
    )


def _get_facts(plan, labels, facts):
    """What stands above the grid of a plan."""
    return [
        (labels["company"], plan.company.name),
        (labels["user"], plan.user),
        (labels["month"], plan.title),
        (labels["summary"], plan.summary),
        *facts,
        ("", labels["legend"]),
    ]


def _write_contacts(workbook, sheets, labels, facts):
    sheet = workbook.sheet(labels["contacts"], CONTACT_WIDTHS)
    sheet.title_block(labels["title"], facts)
    columns = ("user", "date", "done_date", "customer", "tier", "method", "purpose")
    sheet.header([labels[name] for name in (*columns, "outcome", "result")])
    for plan in sheets:
        for row, contact, tier in plan.contacts:
            sheet.row(
                [
                    plan.user,
                    row.date,
                    contact.done_date or None,
                    row.customer_id.display_name,
                    tier,
                    _choice(row, "method"),
                    contact.purpose,
                    _choice(row, "outcome"),
                    contact.result or "",
                ]
            )
    sheet.finish()


def _choice(record, name):
    """The label of a selection."""
    return record._fields[name].convert_to_export(record[name], record)
