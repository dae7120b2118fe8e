import io
from urllib.parse import urlsplit

import openpyxl
from pypdf import PdfReader

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...models.customer import customer_sheet
from ...report.xlsx import customer_sheet as xlsx_sheet
from ...tools.sheet import Cell
from ..common import FollowupCase
from .person_common import SECRETS, PersonCase

REPORT = "followup_crm.customer_sheet_report"
URL = "/followup/report/customer_sheet.xlsx?ids="


class SheetCase(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.export = cls.env.ref("base.group_allow_export")
        cls.user_own.group_ids |= cls.export
        cls.customer = cls._create_full_customer("宁波港湾服饰有限公司")

    @classmethod
    def _create_full_customer(cls, name, **vals):
        customer = cls._create_customer(
            name,
            country_id=cls.germany.id,
            city="Hamburg",
            street="Hafenweg 8",
            phone="+49 40 5550 199",
            trade_area="=1+1",
            strengths="Pays early\nOrders each season",
            registered_capital=250000,
            registered_currency_id=cls.env.ref("base.EUR").id,
            founding_date="2012-05-31",
            sales_staff_count=12,
            **vals,
        )
        customer.partner_id.write(
            {
                "child_ids": [
                    Command.create({"name": "Anna Berg", "function": "Buyer"}),
                    Command.create(
                        {"name": "Warehouse", "type": "delivery", "city": "Kiel"}
                    ),
                ],
                "bank_ids": [Command.create({"acc_number": f"DE {name} 01"})],
            }
        )
        cls._create_details(customer)
        return customer

    @classmethod
    def _create_details(cls, customer):
        env = customer.env
        values = {"customer_id": customer.id}
        env["followup.competing.product"].create({**values, "name": "Rival shirt"})
        env["followup.purchase.plan"].create(
            {**values, "name": "Autumn collection", "date_from": "2026-03-01"}
        )
        env["followup.customer.relation"].create(
            [
                {**values, "kind": "competitor", "name": "Westwind AG"},
                {**values, "kind": "former_supplier", "name": "Old Mill"},
            ]
        )
        env["followup.customer.finance"].create(
            [
                {**values, "date": "2024-12-31", "source": "Report", "sales": 1000},
                {**values, "date": "2023-12-31", "source": "Report", "sales": 900},
            ]
        )
        env["followup.information"].create({**values, "content": "Opens a shop"})
        env["followup.need"].create(
            [
                {**values, "name": "Organic cotton"},
                {**values, "name": "Settled wish", "state": "fulfilled"},
            ]
        )

    def _get_sections(self, customer=None):
        customer = self._as(customer or self.customer, self.user_own)
        return customer._get_sheet_sections()[customer]


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerSheet(SheetCase):
    def test_sections(self):
        """S1, P1–P3, P6, P13, P14, P18: every data group that holds something."""
        text = repr(self._get_sections())
        for words in (
            "Hafenweg 8",
            "Anna Berg",
            "Warehouse",
            "DE 宁波港湾服饰有限公司 01",
            "250,000.00 EUR",
            "05/31/2012",
            "Rival shirt",
            "Autumn collection",
            "Westwind AG",
            "Old Mill",
            "Pays early",
            "12/31/2023",
            "Opens a shop",
            "Organic cotton",
        ):
            self.assertIn(words, text)
        self.assertNotIn("Settled wish", text)

    def test_no_empty_sections(self):
        """S1: an empty file has the sections only that hold something."""
        customer = self._create_customer("Bare")
        sections = self._get_sections(customer)
        self.assertTrue(sections)
        for section in sections:
            self.assertTrue(section.rows)
        self.assertNotIn("Contacts", [section.title for section in sections])

    def test_neither_standing_nor_tier(self):
        """P11, P17: what we think of a customer is not on paper that it may see."""
        self.customer.sudo().write({"standing": "risky", "standing_reason": "Slow"})
        report = self._as(self.customer, self.user_own)._get_sheet_report()
        text = repr(report)
        self.assertNotIn("Risky", text)
        self.assertNotIn("Slow", text)
        fields = {
            name
            for names in vars(customer_sheet).items()
            if names[0].endswith("_FIELDS")
            for name in names[1]
        }
        self.assertFalse({n for n in fields if "tier" in n or "standing" in n})

    def test_queries_do_not_grow(self):
        """S1: ten sheets take as many queries as two."""
        more = self.env["followup.customer"].browse(
            self._create_full_customer(f"Customer {number}").id for number in range(9)
        )

        def count(customers):
            customers = self._as(customers, self.user_own)
            customers._get_sheet_report()
            customers.env.invalidate_all()
            before = customers.env.cr.sql_log_count
            customers._get_sheet_report()
            return customers.env.cr.sql_log_count - before

        count(self.customer + more)
        few = count(self.customer + more[:1])
        self.assertEqual(count(self.customer + more), few)

    def test_foreign_file(self):
        """1: another's file is not printed."""
        with self.assertRaises(AccessError):
            self._as(self.customer, self.user_own_2)._get_sheet_report()
        with self.assertRaises(AccessError):
            self._as(self.customer, self.user_own_2).action_print_sheet_xlsx()

    def test_too_many(self):
        """S1: a link holds a limited number of customers, and says so."""
        self.patch(customer_sheet, "MAX_SHEETS", 1)
        customers = self.customer + self._create_customer("Second")
        with self.assertRaisesRegex(UserError, "At most 1"):
            self._as(customers, self.user_own).action_print_sheet_xlsx()

    def test_export_right(self):
        """25: the workbook needs Odoo's export right."""
        self.user_own.group_ids -= self.export
        with self.assertRaisesRegex(AccessError, "export"):
            self._as(self.customer, self.user_own).action_print_sheet_xlsx()

    def test_workbook(self):
        """S1, 25: register and details, with title block, nothing executable."""
        customers = self.customer + self._create_full_customer("=HYPERLINK(1)")
        report = self._as(customers, self.user_own)._get_sheet_report()
        book = openpyxl.load_workbook(io.BytesIO(xlsx_sheet.render(report)))
        self.assertEqual(book.sheetnames, ["Customers", "Details"])
        for sheet in book:
            facts = dict(sheet.iter_rows(2, 5, max_col=2, values_only=True))
            self.assertEqual(facts["Company"], "Aster Garments")
            self.assertEqual(facts["Printed by"], self.user_own.name)
            self.assertEqual(facts["Number of customers"], "2")
            self.assertTrue(facts["Printed on"])
            for row in sheet.iter_rows():
                self.assertNotIn("f", [cell.data_type for cell in row])
                self.assertFalse([cell for cell in row if cell.hyperlink])
        register = list(book["Customers"].iter_rows(min_row=7, values_only=True))
        self.assertEqual(register[0][:2], ("Customer code", "Customer"))
        names = [row[1] for row in register[1:]]
        self.assertEqual(names, ["宁波港湾服饰有限公司", "=HYPERLINK(1)"])
        details = list(book["Details"].iter_rows(min_row=8, values_only=True))
        self.assertEqual({row[0] for row in details}, set(customers.mapped("code")))
        self.assertIn("Opens a shop", {row[3] for row in details})
        self.assertIn(250000, {row[3] for row in details})
        self.assertEqual(len(book["Details"].row_breaks.brk), 1)

    def test_language(self):
        """S1: the sheet speaks the user's language; dates and country follow it."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.germany.with_context(lang="fr_FR").name = "Allemagne"
        self.assertIn("Germany", self.customer.sheet_address)
        customer = self._as(self.customer, self.user_own).with_context(lang="fr_FR")
        text = repr(customer._get_sheet_report().sheets)
        self.assertIn("31/05/2012", text)
        self.assertIn("Hamburg, Allemagne", text)
        self.assertNotIn("Germany", text)

    def test_pdf(self):
        """S1: title block, page data and Chinese on the PDF, a page per customer."""
        second = self._create_customer("Nordlicht GmbH", city="Kiel", phone="0431")
        text, pages = self._print(self.customer + second)
        for words in (
            "Customer information sheet",
            "Aster Garments",
            "宁波港湾服饰有限公司",
            "Nordlicht GmbH",
            "Hafenweg 8",
            "Organic cotton",
            "Printed by",
            self.user_own.name,
            "1 / 2",
        ):
            self.assertIn(words, text)
        first_of_second = [page for page in pages if "Nordlicht" in page]
        self.assertEqual(len(first_of_second), 1)
        self.assertNotIn("Hafenweg", first_of_second[0])

    def test_pdf_markup_is_text(self):
        """17: markup in a value is text on the PDF."""
        customer = self._create_customer("<script>alert(1)</script>", city="{{7*7}}")
        text, _pages = self._print(customer)
        self.assertIn("<script>alert(1)</script>", text)
        self.assertIn("{{7*7}}", text)

    def _print(self, customers):
        self.assertNotEqual(
            self.env["ir.actions.report"].get_wkhtmltopdf_state(),
            "install",
            "wkhtmltopdf is missing: scripts/test installs it.",
        )
        report = self.env["ir.actions.report"].with_user(self.user_own)
        content, kind = report.with_context(
            allowed_company_ids=self.company_a.ids, force_report_rendering=True
        )._render_qweb_pdf(REPORT, customers.ids)
        self.assertEqual(kind, "pdf")
        pages = [
            " ".join(page.extract_text().split())
            for page in PdfReader(io.BytesIO(content)).pages
        ]
        return "\n".join(pages), pages


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerSheetSecrets(PersonCase):
    def test_no_personal_data(self):
        """P5: what is held on persons is on no sheet, even for those who may see it."""
        customer = self._as(self.customer, self.user_personal)
        report = customer._get_sheet_report()
        self.assertIn(self.contact.name, repr(report))
        values = {
            cell.text
            for sheet in report.sheets
            for section in sheet.sections
            for row in section.rows
            for cell in row
            if isinstance(cell, Cell)
        }
        for secret in (*SECRETS.values(), self.hobby.name, self.personality.name):
            self.assertFalse([text for text in values if secret in text], secret)


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerSheetDownload(SheetCase, HttpCase):
    def test_download(self):
        """S1: the button's link gives a workbook; a GET that changes nothing."""
        self.authenticate(self.user_own.login, self.user_own.login)
        action = self._as(self.customer, self.user_own).action_print_sheet_xlsx()
        self.assertFalse(urlsplit(action["url"]).netloc)
        response = self.url_open(action["url"])
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        self.assertEqual(book["Customers"]["B8"].value, self.customer.name)

    def test_foreign_is_as_missing(self):
        """1: another's file, no such file, and nonsense get the same answer."""
        foreign = self._create_customer("Foreign", user=self.user_own_2)
        self.authenticate(self.user_own.login, self.user_own.login)
        missing = max(self.env["followup.customer"].search([]).ids) + 1000
        answers = [
            self.url_open(URL + ids)
            for ids in (
                str(foreign.id),
                f"{self.customer.id},{foreign.id}",
                str(missing),
                f"{self.customer.id},{missing}",
                "nonsense",
                "",
            )
        ]
        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({answer.text for answer in answers[:4]}), 1)
        unknown = self.url_open(f"/followup/report/payroll.xlsx?ids={self.customer.id}")
        self.assertEqual(unknown.status_code, 404)

    def test_without_export_right(self):
        """25: refused without Odoo's export right, and to those outside."""
        self.user_own.group_ids -= self.export
        self.authenticate(self.user_own.login, self.user_own.login)
        self.assertEqual(self.url_open(URL + str(self.customer.id)).status_code, 403)
        for user in (self.portal_user, self.internal_user):
            user.group_ids |= (
                self.export if user == self.internal_user else user.group_ids
            )
            self.authenticate(user.login, user.login)
            status = self.url_open(URL + str(self.customer.id)).status_code
            self.assertIn(status, (403, 404))

    def test_not_logged_in(self):
        """5: the public is sent to the login page."""
        self.authenticate(None, None)
        response = self.url_open(URL + str(self.customer.id), allow_redirects=False)
        self.assertIn(response.status_code, (302, 303))
