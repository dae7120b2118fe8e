import io

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...models.report.kinds import KINDS
from ...models.report.kinds.register import Register
from ...report import report_document
from .report_common import ReportCase


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestReportPrint(ReportCase):
    def test_list_and_kinds(self):
        """S1: each report of the list can be made, and each that can be is listed."""
        codes = self.env["followup.report"].search([]).mapped("code")
        self.assertEqual(sorted(codes), sorted(KINDS))

    def test_every_report_in_both_formats(self):
        """S1: every report as PDF and workbook, or it says that there is nothing."""
        for report in self.env["followup.report"].search([]):
            with self.subTest(report.code):
                options = self._year(report.code, user=self.manager)
                kind = report._get_kind()
                if kind.is_empty(options) and options.is_sheet:
                    with self.assertRaisesRegex(UserError, "Nothing was found"):
                        options.action_pdf()
                    continue
                self.assertEqual(options.action_pdf()["type"], "ir.actions.report")
                self.assertTrue(options._render_xlsx().startswith(b"PK"))
                self.assertTrue(self._pdf_text(options))

    def test_paper_columns_exist(self):
        """S1: what fits across a page are columns of the workbook, too."""
        for code, kind in KINDS.items():
            if isinstance(kind, Register):
                model = self.env[kind.model]
                for name in (*kind.names, *kind.sums):
                    self.assertIn(name, model._fields, code)
                self.assertLessEqual(len(kind.paper_names), 15, code)

    def test_register_rows(self):
        """S1: one row a sale, with the sum below."""
        options = self._year("register_sales")
        headings, rows = self._table(self._book(options).worksheets[0])
        amounts = [1000, 500, 3000, 40, 250.5]
        place = next(n for n, name in enumerate(headings) if "Turnover" in name)
        self.assertEqual([row[place] for row in rows], [*amounts, sum(amounts)])
        self.assertEqual(rows[-1][0], "Total")

    def test_register_in_pieces(self):
        """S1: a register is read piece by piece, and none is left out."""
        from ...models.report.kinds import register

        self.patch(register, "PIECE", 2)
        rows = self._table(self._book(self._year("register_sales")).worksheets[0])[1]
        self.assertEqual(len(rows), 6)

    def test_chosen_rows(self):
        """S1: from a list, the register of what was chosen there, even archived."""
        chosen = self.customers["Alpha"] | self.customers["Beta"]
        chosen[0].sudo().active = False
        prints = self._as(self.env["followup.report.print"], self.user_own)
        options = prints.with_context(
            fcrm_report="register_customer",
            active_model="followup.customer",
            active_ids=chosen.ids,
        ).create({})
        self.assertEqual(options.record_count, 2)
        _headings, rows = self._table(self._book(options).worksheets[0])
        self.assertEqual({row[1] for row in rows[:2]}, {"Alpha GmbH", "Beta GmbH"})

    def test_chosen_foreign_rows(self):
        """5: rows that the user may not see are refused."""
        options = self._options("register_customer", record_ids=self.foreign.ids)
        with self.assertRaises(AccessError):
            options._render_xlsx()
        options = self._options("ranking", record_ids=self.foreign.ids)
        with self.assertRaises(UserError):
            options.action_pdf()

    def test_formulas_are_text(self):
        """25: what begins like a formula is text."""
        for start in ("=", "+", "-", "@", "\t"):
            self._create_customer(f"{start}1+1")
        options = self._options("register_customer")
        for row in self._book(options).worksheets[0].iter_rows():
            for cell in row:
                self.assertNotEqual(cell.data_type, "f")
                self.assertFalse(cell.hyperlink)

    def test_language(self):
        """S1: labels, months and dates in the user's language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        options = self._year("dealings_by_month").with_context(lang="zh_CN")
        headings, _rows = self._table(self._book(options).worksheets[0])
        self.assertEqual(headings[2], "1月")
        self.assertIn("2026/12/31", repr(options._make_document().facts))

    def test_long_paper(self):
        """S1: paper has an end; sums are those of all rows, and it says so."""
        self.patch(report_document, "MOST_ROWS", 2)
        text = self._pdf_text(self._year("register_sales"))
        self.assertIn("The first 2 rows; 3 more are in the workbook", text)
        self.assertIn("4,790.50", text)

    def test_markup_is_text(self):
        """17: markup in names is text on paper."""
        self.customers["Beta"].partner_id.sudo().name = "<script>alert(1)</script>"
        text = self._pdf_text(self._year("dealings_by_month"))
        self.assertIn("<script>alert(1)</script>", text.replace(" ", ""))

    def test_year(self):
        """S1: a year on the page is the whole calendar year."""
        options = self.env["followup.report.print"].new(
            {"report_id": self._report("ranking").id, "period": "running"}
        )
        options.year = 2023
        options._onchange_year()
        self.assertEqual(
            [str(options.date_from), str(options.date_to), options.period],
            ["2023-01-01", "2023-12-31", "own"],
        )

    def test_wrong_period(self):
        """S1: a period that ends before it begins is refused."""
        with self.assertRaisesRegex(UserError, "ends before"):
            self._options(
                "ranking", period="own", date_from="2026-02-01", date_to="2026-01-01"
            )

    def test_queries_do_not_grow(self):
        """S1: a register of many takes as many queries as one of few."""

        def count():
            options = self._year("register_sales")
            options._render_xlsx()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            options._render_xlsx()
            return self.env.cr.sql_log_count - before

        def add(orders):
            partner = self.customers["Alpha"].partner_id
            for number in range(orders):
                self._order(partner, 10 + number, day="2026-01-03")
            self.env.flush_all()

        add(5)
        count()
        few = count()
        add(20)
        self.assertEqual(count(), few)


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestReportAccess(ReportCase):
    def test_who_is_offered_what(self):
        """1: each role is offered what it may read."""
        offered = {
            user: set(
                self._as(self.env["followup.report"], user)
                .search([("is_available", "=", True)])
                .mapped("code")
            )
            for user in (self.user_own, self.user_all, self.manager, self.officer)
        }
        self.assertNotIn("satisfaction_table", offered[self.user_own])
        self.assertIn("satisfaction_table", offered[self.user_all])
        self.assertNotIn("plan_sheet", offered[self.officer])
        self.assertIn("complaint_record", offered[self.officer])
        self.assertEqual(len(offered[self.manager]), len(KINDS))
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(self.env["followup.report"], user).search([])

    def test_not_offered_is_refused(self):
        """5: what is not offered cannot be printed either."""
        options = self._year("satisfaction_table", user=self.user_own)
        for name in ("action_pdf", "action_xlsx", "_render_pdf", "_render_xlsx"):
            with self.assertRaises(AccessError):
                getattr(options, name)()

    def test_export_right(self):
        """25: a workbook needs the right to export, paper does not."""
        self.user_own.group_ids -= self.export
        options = self._year("dealings_by_month")
        for name in ("action_xlsx", "_render_xlsx"):
            with self.assertRaisesRegex(AccessError, "export"):
                getattr(options, name)()
        self.assertTrue(options.action_pdf())

    def test_other_company(self):
        """1: a company for which the user does not work is refused."""
        options = self._year("dealings_by_month", company_id=self.company_b.id)
        with self.assertRaises(AccessError):
            options._render_pdf()

    def test_anothers_choice(self):
        """1: what a user is about to print is nobody else's."""
        options = self._year("dealings_by_month", user=self.user_own_2)
        with self.assertRaises(AccessError):
            self._as(options, self.user_own).read(["date_from"])
        with self.assertRaises(AccessError):
            self._as(options, self.user_own).action_pdf()

    def test_list_is_read_only(self):
        """6: nobody changes what reports there are."""
        report = self._as(self._report("ranking"), self.manager)
        with self.assertRaises(AccessError):
            report.name = "Mine"


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestReportDownload(HttpCase, ReportCase):
    def test_download(self):
        """S1: the button's link gives the workbook, and is logged."""
        options = self._year("dealings_by_month")
        self.env.flush_all()
        self.authenticate(self.user_own.login, self.user_own.login)
        with self.assertLogs("odoo.addons.followup_crm.wizards.report_print") as log:
            answer = self.url_open(options.action_xlsx()["url"])
        self.assertIn("dealings_by_month", log.output[0])
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.assertEqual(book.worksheets[0]["A1"].value, "Yearly dealings by month")

    def test_foreign_is_as_missing(self):
        """9, 10: another's, one that does not exist, and strangers get no workbook."""
        foreign = self._year("dealings_by_month", user=self.user_own_2)
        url = "/followup/report/print/%s.xlsx"
        self.env.flush_all()
        self.authenticate(self.user_own.login, self.user_own.login)
        for number in (foreign.id, foreign.id + 1000):
            self.assertEqual(self.url_open(url % number).status_code, 404)
        for user in (self.internal_user, self.portal_user):
            self.authenticate(user.login, user.login)
            self.assertEqual(self.url_open(url % foreign.id).status_code, 404)
        self.authenticate(None, None)
        answer = self.url_open(url % foreign.id, allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))

    def test_without_export_right(self):
        """25: the link alone is not enough."""
        options = self._year("dealings_by_month")
        url = options.action_xlsx()["url"]
        self.user_own.group_ids -= self.export
        self.env.flush_all()
        self.authenticate(self.user_own.login, self.user_own.login)
        self.assertEqual(self.url_open(url).status_code, 403)
