import io
from datetime import date

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...models.customer.customer_import import IMPORT_COLUMNS
from ...report.xlsx import customer_template
from ..common import FollowupCase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEMPLATE_URL = "/followup/import/customer_template.xlsx"


class ImportCase(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.files = cls._as(cls, cls.env["followup.customer"], cls.user_own)

    def _load(self, fields, *rows, user=None):
        files = self._as(self.files, user or self.user_own)
        return files.with_context(import_file=True).load(
            fields, [list(r) for r in rows]
        )

    def _assert_refused(self, result, *expected):
        """All errors of a load: (row, words of the message); nothing was imported."""
        self.assertFalse(result["ids"])
        errors = [m for m in result["messages"] if m["type"] == "error"]
        found = [(m["record"], m["message"]) for m in errors]
        self.assertEqual(
            [row for row, _m in found], [row for row, _w in expected], found
        )
        for (_row, message), (_expected, words) in zip(found, expected, strict=True):
            self.assertIn(words, message)

    def _count(self):
        return (
            self.env["followup.customer"].sudo().search_count([]),
            self.env["res.partner"].sudo().search_count([]),
        )


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerImport(ImportCase):
    def test_one_row_makes_partner_and_file(self):
        """P12: partner, file, code, owner and person in charge out of one row."""
        result = self._load(
            ["name", "country_id", "person_in_charge_name", "bank_ids/acc_number"],
            ["Nordlicht GmbH", "Germany", "Anna Berg", "DE 01"],
        )
        self.assertFalse(result["messages"])
        customer = self.files.browse(result["ids"])
        self.assertEqual(customer.partner_id.country_id, self.germany)
        self.assertTrue(customer.is_company)
        self.assertTrue(customer.code.startswith("EU-"))
        self.assertEqual(customer.user_id, self.user_own)
        self.assertEqual(customer.person_in_charge_id.name, "Anna Berg")
        self.assertEqual(customer.bank_ids.acc_number, "DE 01")
        self.assertEqual(customer.name_key, "nordlicht")

    def test_existing_customers_are_row_errors(self):
        """P12: same name, tax number, registration number: says which; none is made."""
        existing = self._create_customer(
            "Nordlicht GmbH",
            user=self.user_own_2,
            vat="DE 123",
            company_registry="HRB1",
        )
        before = self._count()
        result = self._load(
            ["name", "vat", "company_registry"],
            ["Fresh", "", ""],
            ["NORDLICHT Co., Ltd.", "", ""],
            ["Other", "de-123", ""],
            ["Another", "", "hrb 1"],
            ["Fresh too", "DE999", ""],
        )
        name = f"{existing.code} Nordlicht GmbH (owner {self.user_own_2.name})"
        self._assert_refused(
            result,
            (1, f"(same name): {name}"),
            (2, f"(same tax number): {name}"),
            (3, f"(same registration number): {name}"),
        )
        self.assertEqual(self._count(), before)

    def test_archived_customer_counts(self):
        """P12: a customer whose file is in the archive is not made a second time."""
        self._create_customer("Nordlicht GmbH").sudo().active = False
        self._assert_refused(self._load(["name"], ["Nordlicht"]), (0, "exists already"))

    def test_partner_without_file(self):
        """P12: a contact with the same number gets its file from there."""
        self.env["res.partner"].create(
            [
                {"name": "Silent Ltd", "vat": "GB 77", "is_company": True},
                {"name": "Theirs", "vat": "GB88", "company_id": self.company_b.id},
            ]
        )
        result = self._load(["name", "vat"], ["Loud", "GB77"], ["Ours", "GB88"])
        self._assert_refused(result, (0, "same tax number exists already: Silent Ltd"))

    def test_other_company(self):
        """P12: another company's file is no duplicate, and is not named."""
        self._create_customer("Nordlicht", user=self.user_b, company=self.company_b)
        result = self._load(["name"], ["Nordlicht GmbH"])
        self.assertFalse(result["messages"])

    def test_twice_in_the_sheet(self):
        """P12: the second row with the same customer is an error."""
        result = self._load(
            ["name", "vat"],
            ["Nordlicht GmbH", ""],
            ["Nordlicht Ltd", ""],
            ["A", "X1"],
            ["B", "x-1"],
        )
        self._assert_refused(
            result,
            (1, "twice (same name as Nordlicht GmbH)"),
            (3, "twice (same tax number as A)"),
        )

    def test_no_number_is_no_duplicate(self):
        """P12: '/' and empty numbers are shared by many."""
        self._create_customer("One", vat="/")
        result = self._load(["name", "vat"], ["Two", "/"], ["Three", ""], ["Four", "/"])
        self.assertFalse(result["messages"])

    def test_existing_code(self):
        """P12: a row with the code of a file names that customer."""
        existing = self._create_customer("Nordlicht GmbH")
        result = self._load(["name", "code"], ["Other", existing.code])
        self._assert_refused(
            result,
            (0, f"(same customer code): {existing.code} Nordlicht GmbH"),
            (0, "cannot be imported"),
        )

    def test_protected_columns(self):
        """25: owner, code, standing and figures are row errors, nothing half-done."""
        before = self._count()
        for field, value in (
            ("user_id", self.user_own_2.name),
            ("code", "EU-99999"),
            ("standing", "blacklisted"),
            ("completeness", "100"),
            ("order_count", "5"),
            ("name_key", "x"),
        ):
            with self.subTest(field=field):
                result = self._load(
                    ["name", field], ["Plain", ""], ["Sly", value], user=self.manager
                )
                self._assert_refused(result, (1, "cannot be imported"))
                self.assertEqual(result["messages"][0]["field"], field)
        self.assertEqual(self._count(), before)

    def test_empty_protected_column(self):
        """P12: a protected column without values does no harm."""
        result = self._load(["name", "code", "user_id"], ["Plain", "", ""])
        self.assertFalse(result["messages"])

    def test_other_errors_undo_everything(self):
        """P12: one bad row, and no row is imported."""
        before = self._count()
        with mute_logger("odoo.sql_db"):
            result = self._load(
                ["name", "settlement_day"], ["Good", "5"], ["Bad", "45"]
            )
        self.assertFalse(result["ids"])
        self.assertEqual(self._count(), before)

    def test_update_by_id(self):
        """P12: a row with the id of a file changes it and is no duplicate of it."""
        customer = self._create_customer("Nordlicht GmbH")
        result = self._load(
            [".id", "name", "trade_area"], [str(customer.id), "Nordlicht GmbH", "North"]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(customer.trade_area, "North")

    def test_update_by_external_id(self):
        """P12: so does a row with its external id."""
        first = self._load(["id", "name"], ["nord", "Nordlicht GmbH"])
        self.assertFalse(first["messages"])
        result = self._load(
            ["id", "name", "trade_area"], ["nord", "Nordlicht GmbH", "North"]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(result["ids"], first["ids"])

    def test_queries_do_not_grow(self):
        """P12: looking for duplicates takes as many queries for 200 rows as for 2."""
        self._create_customer("Nordlicht 1", vat="N1")

        def count(number):
            vals_list = [
                {"name": f"Nordlicht {n}", "vat": f"N{n}", "company_registry": f"R{n}"}
                for n in range(number)
            ]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.files._find_duplicates(vals_list)
            return self.env.cr.sql_log_count - before

        count(2)
        self.assertEqual(count(200), count(2))

    def test_no_check_outside_of_imports(self):
        """P12: forms and the API only hint."""
        self._create_customer("Nordlicht GmbH")
        self.assertTrue(self.files.create({"name": "Nordlicht GmbH"}))


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestDuplicateNote(ImportCase):
    def test_similar_customers(self):
        """P12: same name, number or phone is hinted at, with code, name and owner."""
        existing = self._create_customer(
            "Nordlicht GmbH",
            user=self.user_own_2,
            vat="DE123",
            company_registry="HRB1",
            phone="+49 40 (555) 0199",
        )
        expected = f"{existing.code} Nordlicht GmbH (owner {self.user_own_2.name})"
        for vals in (
            {"name": "Nordlicht Ltd"},
            {"name": "A", "vat": "DE123"},
            {"name": "B", "company_registry": "HRB1"},
            {"name": "C", "phone": "+49 40 5550199"},
        ):
            with self.subTest(vals=vals):
                draft = self.files.new(vals)
                self.assertIn(expected, draft.duplicate_note or "")
        self.assertFalse(self.files.new({"name": "Nordwind"}).duplicate_note)

    def test_not_similar_to_itself(self):
        """P12: neither itself nor another company's file is a duplicate."""
        customer = self._create_customer("Nordlicht GmbH", vat="DE123")
        self._create_customer("Nordlicht", user=self.user_b, company=self.company_b)
        self.assertFalse(self._as(customer, self.user_own).duplicate_note)

    def test_many_at_once(self):
        """P12: the hint takes as many queries for ten files as for two."""
        customers = self.files.sudo().union(
            *(self._create_customer(f"Nordlicht {n}", vat=f"X{n}") for n in range(10))
        )

        def count(records):
            records.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("duplicate_note")
            return self.env.cr.sql_log_count - before

        count(customers)
        self.assertEqual(count(customers[:2]), count(customers))

    def test_key_follows_the_name(self):
        """P12: renaming the partner renews the key."""
        customer = self._create_customer("Nordlicht GmbH")
        customer.partner_id.name = "Südlicht AG"
        self.assertEqual(customer.name_key, "südlicht")


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestImportTemplate(ImportCase, HttpCase):
    def _download(self, lang):
        self.user_own.lang = lang
        self.authenticate(self.user_own.login, self.user_own.login)
        response = self.url_open(TEMPLATE_URL)
        self.assertEqual(response.status_code, 200)
        return response.content

    def _import(self, content, lang):
        """Run Odoo's import as its own screen does, without touching the mapping."""
        wizard = self.env["base_import.import"].with_user(self.user_own)
        wizard = wizard.with_context(
            lang=lang, allowed_company_ids=self.company_a.ids
        ).create(
            {
                "res_model": "followup.customer",
                "file": content,
                "file_name": "customers.xlsx",
                "file_type": XLSX,
            }
        )
        options = {"has_headers": True, "quoting": '"', "separator": ","}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        matched = [
            "/".join(preview["matches"].get(number) or [])
            for number in range(len(preview["headers"]))
        ]
        result = wizard.execute_import(
            matched, preview["headers"], preview["options"], dryrun=False
        )
        return matched, result

    def _check_template(self, lang):
        content = self._download(lang)
        matched, result = self._import(content, lang)
        self.assertEqual(matched, list(IMPORT_COLUMNS))
        self.assertFalse(result["messages"])
        customer = self.files.browse(result["ids"])
        self.assertEqual(len(customer), 1)
        self.assertEqual(customer.country_id, self.germany)
        self.assertEqual(customer.zip, "20095")
        self.assertEqual(customer.founding_date, date(2012, 5, 31))
        self.assertEqual(customer.registered_capital, 250000)
        self.assertEqual(customer.sales_floor_area, 450.5)
        self.assertEqual(
            customer.ownership_type_id.name, customer.ownership_type_id.name
        )
        self.assertTrue(customer.ownership_type_id)
        self.assertEqual(len(customer.business_scope_ids), 2)
        self.assertEqual(customer.person_in_charge_id.name, "Anna Berg")
        return openpyxl.load_workbook(io.BytesIO(content))

    def test_template_in_english(self):
        """P12: the downloaded template goes through Odoo's import as it is."""
        book = self._check_template("en_US")
        self.assertEqual(book.sheetnames, ["Customers", "How to fill in", "Lists"])
        self.assertEqual(book["Customers"]["A1"].value, "Name")
        self.assertIn(
            "Name of the person in charge",
            [cell.value for cell in book["Customers"][1]],
        )
        self.assertTrue(book["Customers"].data_validations.dataValidation)

    def test_template_in_chinese(self):
        """P12: so does the Chinese one."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(
            ["base", "followup_crm"], ["zh_CN"]
        )
        book = self._check_template("zh_CN")
        headings = [cell.value for cell in book.worksheets[0][1]]
        self.assertNotIn("Name", headings)
        self.assertIn("国家/地区", headings)

    def test_columns_are_explained(self):
        """P12: each column stands on the second sheet, and each list on the third."""
        columns = self.files._get_import_columns()
        labels = self.files._get_import_labels()
        content = customer_template.render(columns, labels)
        book = openpyxl.load_workbook(io.BytesIO(content))
        explained = [row[0].value for row in book["How to fill in"].iter_rows(7)]
        self.assertEqual(explained, [column.heading for column in columns])
        lists = [cell.value for cell in book["Lists"][1]]
        self.assertEqual(lists, [c.heading for c in columns if c.choices])
        self.assertEqual(len(set(explained)), len(explained))

    def test_offered_by_the_import(self):
        """P12: Odoo's import screen offers the template."""
        self.assertEqual(self.files.get_import_templates()[0]["template"], TEMPLATE_URL)

    def test_only_for_those_who_may_import(self):
        """5: others get neither template nor lists."""
        self.authenticate(self.portal_user.login, self.portal_user.login)
        self.assertEqual(self.url_open(TEMPLATE_URL).status_code, 403)
        with self.assertRaises(AccessError):
            self.files.with_user(self.officer).with_context(import_file=True).create(
                {"name": "X", "child_ids": [Command.create({"name": "Y"})]}
            )
