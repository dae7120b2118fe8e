import io

import openpyxl
from freezegun import freeze_time
from pypdf import PdfReader

from ..facts.facts_common import FactsCase

TODAY = "2026-03-16 08:00:00"
# Customer → (day, amount): the orders that all figures are computed from by hand.
ORDERS = {
    "Alpha": (
        ("2026-01-10", 1000.0),
        ("2026-01-20", 500.0),
        ("2026-03-05", 250.5),
        ("2025-02-02", 800.0),
    ),
    "Beta": (("2026-02-14", 3000.0), ("2025-12-31", 1200.0)),
    "Gamma": (("2025-06-15", 700.0),),
    "Delta": (("2026-03-01", 40.0),),
}
# Of the second user: nobody who sees only own customers may count it.
FOREIGN = (("2026-01-05", 9999.0), ("2025-05-05", 5000.0))


class ReportCase(FactsCase):
    """Orders made by hand, and what a user prints of them."""

    @classmethod
    def setUpClass(cls):
        frozen = freeze_time(TODAY)
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        super().setUpClass()
        cls.export = cls.env.ref("base.group_allow_export")
        for user in (cls.user_own, cls.user_own_2, cls.user_all, cls.manager):
            user.group_ids |= cls.export
        cls.customers = {
            name: cls._create_customer(f"{name} GmbH", country_id=cls.germany.id)
            for name in ORDERS
        }
        cls.foreign = cls._create_customer("Omega Inc.", user=cls.user_own_2)
        case = cls("setUp")
        for name, customer in cls.customers.items():
            for day, amount in ORDERS[name]:
                case._order(customer.partner_id, amount, day=day)
        for day, amount in FOREIGN:
            case._order(cls.foreign.partner_id, amount, day=day)
        cls.env.flush_all()

    def _options(self, code, user=None, **values):
        """A report that a user is about to print."""
        user = user or self.user_own
        prints = self._as(self.env["followup.report.print"], user)
        return prints.create({"report_id": self._report(code).id, **values})

    def _report(self, code):
        return self.env["followup.report"].search([("code", "=", code)])

    def _year(self, code, year=2026, user=None, **values):
        return self._options(
            code,
            user,
            period="own",
            date_from=f"{year}-01-01",
            date_to=f"{year}-12-31",
            **values,
        )

    def _book(self, options):
        content = options._render_xlsx()
        return openpyxl.load_workbook(io.BytesIO(content))

    def _table(self, sheet):
        """Headings and rows below the title block, which ends in an empty row."""
        rows = list(sheet.iter_rows(values_only=True))
        begin = next(number for number, row in enumerate(rows) if not any(row)) + 1
        return rows[begin], rows[begin + 1 :]

    def _pdf_text(self, options):
        content = options.with_context(force_report_rendering=True)._render_pdf()
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
