"""Any report of the reports page as a workbook: a sheet per table, charts beside."""

from itertools import islice

from ...tools.document import Sums
from ...tools.workbook import MAX_ROWS, Workbook, fit


def render(document):
    """Write a report; its rows are taken one by one and never kept.

    :param document: ``tools.document.Document``
    :return: the workbook in bytes
    """
    workbook = Workbook(
        document.title, author=document.author, company=document.company
    )
    for listing in document.listings:
        _write_listing(workbook, document, listing)
    for listing in document.listings:
        if listing.chart and listing.chart.categories:
            _write_chart(workbook, document, listing)
    return workbook.close()


def _write_listing(workbook, document, listing):
    columns = listing.columns
    widths = [_get_width(column) for column in columns]
    # The first column holds the labels of the title block, too.
    labels = [label for label, _value in document.facts]
    widths[0] = max(widths[0], fit(labels, largest=24))
    sheet = workbook.sheet(listing.title or document.title, widths)
    sheet.title_block(document.title, _get_facts(document, listing))
    sheet.header([one.heading for one in columns], frozen_columns=listing.frozen)
    formats = [one.number_format for one in columns]
    sums = Sums(listing)
    room = MAX_ROWS - sheet.row_number - len(listing.foot) - 2
    rows = iter(sums.watch(listing.rows))
    sheet.stream(islice(rows, room), formats)
    sheet.finish()
    if next(rows, None) is not None:
        sheet.row([document.labels["more"]], "strong")
    for row in sums.foot():
        sheet.row(row, "strong", number_formats=formats)


def _get_width(column):
    """Wide enough for its values, and for a heading of two lines."""
    words = max((fit([word], 0) for word in column.heading.split()), default=0)
    return max(column.weight, min(words, 24), fit([column.heading], 0, 60) // 2)


def _get_facts(document, listing):
    facts = list(document.facts)
    if listing.note:
        facts.append((document.labels["note"], listing.note))
    return facts


def _write_chart(workbook, document, listing):
    title = f"{document.labels['chart']} {listing.title}"
    widths = (28, *[16] * max(len(listing.chart.series), 6))
    sheet = workbook.sheet(title, widths)
    sheet.title_block(listing.chart.title, document.facts)
    sheet.chart(listing.chart, document.labels)
