"""Write one workbook and print what it took: run by ``xlsx.py`` in a process each."""

import datetime
import io
import json
import resource
import sys
import time
import types
from pathlib import Path


def rows(count: int, columns: int):
    """Yield rows as registers have them: texts, a date, amounts, a number."""
    day = datetime.date(2026, 1, 1)
    for number in range(count):
        yield (
            f"C-{number:06d}",
            f"Customer {number} GmbH",
            "Germany" if number % 3 else "中国",
            day + datetime.timedelta(days=number % 365),
            number % 17,
            100.5 + number,
            0.25,
            "Sales department",
            "open",
            "=1+1" if number % 100 == 0 else f"Order {number}",
            number * 1.5,
            "A note of some words",
        )[:columns]


def write_bare(count: int, columns: int) -> bytes:
    """Write what anybody would with xlsxwriter: each cell by its kind, no styles."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows(count, columns)):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write_number(number, column, value)
    book.close()
    return stream.getvalue()


def write_ours(count: int, columns: int) -> bytes:
    """Write the same rows as the reports page does."""
    from followup_crm.report.xlsx import document as renderer
    from followup_crm.tools.document import Column, Document, Listing

    kinds = "text text text date integer money percent text text text money text"
    heads = tuple(
        Column(f"Column {number}", kind, summed=kind == "money")
        for number, kind in enumerate(kinds.split()[:columns])
    )
    listing = Listing("Register", heads, rows(count, columns), total="Total")
    labels = {"note": "Note", "chart": "Chart", "name": "Name", "more": "More rows"}
    facts = (("Company", "Aster"), ("Printed by", "Somebody"))
    return renderer.render(Document("Register", facts, (listing,), labels=labels))


def stand_in(addon: Path) -> None:
    """Let the addon's plain parts be imported without Odoo."""
    for name in ("", ".report", ".report.xlsx", ".tools"):
        module = types.ModuleType(f"followup_crm{name}")
        module.__path__ = [str(addon.joinpath(*name.split(".")[1:]))]
        sys.modules[module.__name__] = module


if __name__ == "__main__":
    kind, count, columns, addon = sys.argv[1:]
    stand_in(Path(addon))
    import xlsxwriter  # noqa: F401  # both are measured without importing it

    work = {"bare": write_bare, "ours": write_ours}[kind]
    started = time.perf_counter()
    size = len(work(int(count), int(columns)))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "kilobytes": peak, "size": size}))
