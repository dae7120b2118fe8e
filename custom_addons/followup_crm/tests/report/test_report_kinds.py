from odoo.exceptions import UserError
from odoo.tests import tagged

from .report_common import FOREIGN, ORDERS, ReportCase


def total(name, year, month=None):
    """What the orders of a customer come to, in plain Python."""
    return sum(
        amount
        for day, amount in ORDERS[name]
        if day.startswith(f"{year}-" if month is None else f"{year}-{month:02d}-")
    )


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestDealingsByMonth(ReportCase):
    def test_figures(self):
        """S1: table 13-2 has each customer's months, sums and the year before."""
        book = self._book(self._year("dealings_by_month"))
        headings, rows = self._table(book.worksheets[0])
        self.assertEqual(headings[1:3], ("Customer", "Jan"))
        found = {row[1]: row for row in rows if row[1]}
        self.assertEqual(
            set(found), {f"{name} GmbH" for name in ("Alpha", "Beta", "Gamma", "Delta")}
        )
        for name in ORDERS:
            row = found[f"{name} GmbH"]
            months = [total(name, 2026, month) or None for month in range(1, 13)]
            self.assertEqual(list(row[2:14]), months, name)
            self.assertEqual(row[14], total(name, 2026))
            self.assertEqual(row[15], total(name, 2025))
        self.assertAlmostEqual(found["Alpha GmbH"][16], 1750.5 / 800 - 1)
        self.assertIsNone(found["Delta GmbH"][16])
        sums = rows[-1]
        self.assertEqual(sums[0], "Total")
        self.assertEqual(sums[14], sum(total(name, 2026) for name in ORDERS))
        self.assertEqual(sums[15], sum(total(name, 2025) for name in ORDERS))

    def test_order_and_set_up(self):
        """S1: largest first; title block, frozen head, A4, repeated head, a chart."""
        book = self._book(self._year("dealings_by_month"))
        sheet = book.worksheets[0]
        names = [row[1] for row in self._table(sheet)[1]][:4]
        self.assertEqual(names, ["Beta GmbH", "Alpha GmbH", "Delta GmbH", "Gamma GmbH"])
        facts = dict(row[:2] for row in sheet.iter_rows(2, 7, values_only=True))
        self.assertEqual(facts["Company"], "Aster Garments")
        self.assertEqual(facts["Period of time"], "01/01/2026 – 12/31/2026")
        self.assertEqual(facts["Amounts in"], "USD")
        self.assertEqual(facts["Printed by"], self.user_own.name)
        self.assertTrue(sheet.freeze_panes)
        self.assertEqual(sheet.page_setup.paperSize, 9)
        self.assertTrue(sheet.print_title_rows)
        self.assertEqual(sheet.page_setup.orientation, "landscape")
        self.assertEqual(len(book.worksheets), 2)

    def test_rights(self):
        """1: totals are those of what the user may see."""
        own = self._book(self._year("dealings_by_month"))
        everything = self._book(self._year("dealings_by_month", user=self.user_all))
        mine = self._table(own.worksheets[0])[1][-1][14]
        all_of_it = self._table(everything.worksheets[0])[1][-1][14]
        self.assertEqual(all_of_it - mine, FOREIGN[0][1])

    def test_filters(self):
        """S1: filters narrow down, and stand on the sheet."""
        beta = self.customers["Beta"]
        options = self._year("dealings_by_month", customer_ids=beta.ids)
        sheet = self._book(options).worksheets[0]
        facts = dict(row[:2] for row in sheet.iter_rows(2, 7, values_only=True))
        self.assertIn("Beta GmbH", facts["Customers"])
        self.assertEqual([row[1] for row in self._table(sheet)[1]][:-1], ["Beta GmbH"])
        france = self.env.ref("base.fr")
        options = self._year("dealings_by_month", country_ids=france.ids)
        self.assertEqual(self._table(self._book(options).worksheets[0])[1], [])
        self.assertIn("Nothing was found", self._pdf_text(options))

    def test_currency(self):
        """S1: amounts are converted at one rate, which stands on the report."""
        options = self._year(
            "dealings_by_month", currency_id=self.eur.id, rate_date="2026-02-28"
        )
        sheet = self._book(options).worksheets[0]
        sums = self._table(sheet)[1][-1]
        self.assertAlmostEqual(sums[14], 0.8 * sum(total(n, 2026) for n in ORDERS), 2)
        facts = dict(row[:2] for row in sheet.iter_rows(2, 7, values_only=True))
        self.assertEqual(
            facts["Amounts in"], "EUR (1 USD = 0.800000 EUR, rate of 02/28/2026)"
        )

    def test_no_rate(self):
        """S1: a rate that is not there is never taken for 1."""
        options = self._year("dealings_by_month", currency_id=self.gbp.id)
        with self.assertRaisesRegex(UserError, "no exchange rate of GBP"):
            options._render_xlsx()

    def test_paper(self):
        """S1: table 13-2 on paper, with figures and title block."""
        text = self._pdf_text(self._year("dealings_by_month"))
        for words in (
            "Yearly dealings by month",
            "Aster Garments",
            "01/01/2026 – 12/31/2026",
            "Alpha GmbH",
            "1,750.50",
            "Printed by",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Omega", text)


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestStatistics(ReportCase):
    def test_customer_statistics(self):
        """S1: table 13-3: shares, deals, averages and growth of each customer."""
        book = self._book(self._year("customer_statistics"))
        headings, rows = self._table(book.worksheets[0])
        columns = {name.split(" (")[0]: place for place, name in enumerate(headings)}
        found = {row[2]: row for row in rows[:-1]}
        whole = sum(total(name, 2026) for name in ORDERS)
        alpha = found["Alpha GmbH"]
        self.assertEqual(alpha[0], 2)
        self.assertEqual(alpha[columns["Turnover"]], 1750.5)
        self.assertAlmostEqual(alpha[columns["Share"]], 1750.5 / whole)
        self.assertAlmostEqual(
            alpha[columns["Cumulative share"]], (3000 + 1750.5) / whole
        )
        self.assertEqual(alpha[columns["Number of deals"]], 3)
        self.assertAlmostEqual(alpha[columns["Average deal"]], 1750.5 / 3)
        self.assertEqual(alpha[columns["Year before"]], 800)
        self.assertEqual(rows[-1][columns["Turnover"]], whole)
        self.assertEqual(rows[-1][columns["Number of deals"]], 5)
        self.assertEqual(len(book.worksheets[1]._charts), 1)
        text = self._pdf_text(self._year("customer_statistics"))
        self.assertIn("1,750.50", text)

    def test_ranking(self):
        """S1, V10: table 13-4: the first N, the others, the place a year before."""
        options = self._year("ranking", top=2, user=self.user_all)
        headings, rows = self._table(self._book(options).worksheets[0])
        self.assertEqual(headings[1], "Customers")
        names = [row[1] for row in rows]
        self.assertEqual(
            names, ["Omega Inc.", "Beta GmbH", "Places shown", "Others", "Total"]
        )
        whole = 9999 + sum(total(name, 2026) for name in ORDERS)
        self.assertEqual([row[2] for row in rows[:2]], [9999, 3000])
        self.assertAlmostEqual(rows[0][3], 9999 / whole)
        self.assertEqual([row[5] for row in rows[:2]], [1, 2])
        self.assertAlmostEqual(rows[3][2], whole - 12999, 2)
        self.assertAlmostEqual(rows[4][2], whole, 2)

    def test_ranking_by_deals_and_product(self):
        """V10: by number of deals; of products, countries and owners."""
        rows = self._rank(measure="deals")
        self.assertEqual(rows[0][1:3], ("Alpha GmbH", 3))
        rows = self._rank(ranked="product")
        whole = round(sum(total(name, 2026) for name in ORDERS), 2)
        self.assertEqual(rows[0][1:3], (self.product.display_name, whole))
        self.assertEqual(self._rank(ranked="country")[0][1:3], ("Germany", whole))
        self.assertEqual(self._rank(ranked="owner")[0][1], self.user_own.name)
        self.assertEqual(self._rank(ranked="category")[0][2], whole)

    def _rank(self, **values):
        options = self._year("ranking", **values)
        return self._table(self._book(options).worksheets[0])[1]

    def test_limits(self):
        """S1: impossible numbers of places are refused."""
        with self.assertRaisesRegex(UserError, "Choose between"):
            self._year("ranking", top=0)

    def test_period_before(self):
        """S1: whole months stay whole a year earlier, 29 February included."""
        options = self._options(
            "ranking", period="own", date_from="2024-02-01", date_to="2024-02-29"
        )
        before = [str(day) for day in options._get_dates_before()]
        self.assertEqual(before, ["2023-02-01", "2023-02-28"])
        options.write({"date_from": "2025-02-01", "date_to": "2025-02-28"})
        before = [str(day) for day in options._get_dates_before()]
        self.assertEqual(before, ["2024-02-01", "2024-02-29"])


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestCustomerTypes(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        schemes = cls.env["followup.tier.scheme"].with_context(active_test=False)
        cls.schemes = schemes.search(
            [
                ("company_id", "=", cls.company_a.id),
                ("code", "in", ("business", "amount")),
            ]
        )
        cls.schemes.active = True
        cls.env["followup.sales.month"]._refresh()
        cls.env["followup.tier.engine"]._compute_schemes(cls.schemes, notify=False)

    def test_types(self):
        """S1, T4: table 13-5: customers, turnover and growth of each type."""
        options = self._year("customer_types", user=self.user_own)
        book = self._book(options)
        self.assertEqual(book.sheetnames[:2], ["Business angle", "All schemes"])
        _headings, rows = self._table(book["Business angle"])
        expected = {}
        assignments = self.env["followup.tier.assignment"].search(
            [
                ("scheme_id.code", "=", "business"),
                ("customer_id.user_id", "=", self.user_own.id),
            ]
        )
        for name, customer in self.customers.items():
            tier = assignments.filtered(
                lambda one, c=customer: one.customer_id == c
            ).tier_id.name
            found = expected.setdefault(tier, [0, 0.0, 0.0])
            found[0] += 1
            found[1] += total(name, 2026)
            found[2] += total(name, 2025)
        for row in rows[:-1]:
            count, amount, before = expected.get(row[0], (0, 0.0, 0.0))
            self.assertEqual((row[1], row[3], row[7]), (count, amount, before), row[0])
        self.assertEqual(rows[-1][:2], ("Total", 4))
        _headings, overview = self._table(book["All schemes"])
        self.assertEqual(len({row[0] for row in overview}), 2)
        self.assertIn("Business angle", self._pdf_text(options))

    def test_not_computed(self):
        """S1: a scheme that is switched off is told as such, with what to do."""
        self.env["followup.tier.assignment"].search([]).sudo().unlink()
        text = self._pdf_text(self._year("customer_types"))
        self.assertIn("switched off", text)
