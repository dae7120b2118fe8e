import io

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...report.xlsx import customer_sheet
from .key_account_common import KeyAccountCase


class CardCase(KeyAccountCase):
    """A key account on 20 March 2026 whose card was reckoned by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(
            "Key", strengths="Pays at once", risks="=1+1 <b>bold</b>"
        )
        cls.account = cls._account(cls.customer)
        cls._months(
            cls.customer,
            {"2026-01": 120, "2026-02": 50, "2026-03": 30}
            | {"2025-01": 100, "2025-02": 100, "2025-03": 200, "2024-03": 1000},
        )
        cls.env["followup.value"].sudo().search(
            [("customer_id", "=", cls.customer.id)]
        ).unlink()
        cls.env["followup.value"].sudo().create(
            {
                "customer_id": cls.customer.id,
                "company_id": cls.company_a.id,
                "balance": 500,
                "overdue": 80,
                "oldest_due": "2026-02-01",
            }
        )

    def _mine(self):
        return self._as(self.account, self.user_own)


@tagged("post_install", "-at_install", "followup_crm", "key_account")
@freeze_time("2026-03-20 10:00:00")
class TestAccountSheet(CardCase):
    """The key account card on screen, paper and in Excel (A2)."""

    def _workbook(self):
        report = self._mine()._get_card_report()
        return openpyxl.load_workbook(io.BytesIO(customer_sheet.render(report)))

    def test_among_the_reports(self):
        """S1, A2: chosen on the reports page, for current key accounts only."""
        former = self._account(self._create_customer("Former"))
        former.sudo().write({"state": "former"})
        report = self.env.ref("followup_crm.report_account_card")
        self.manager.group_ids |= self.env.ref("base.group_allow_export")
        options = self._as(self.env["followup.report.print"], self.manager).create(
            {"report_id": report.id}
        )
        book = openpyxl.load_workbook(io.BytesIO(options._render_xlsx()))
        text = str([list(sheet.iter_rows(values_only=True)) for sheet in book])
        self.assertIn("Key", text)
        self.assertNotIn("Former", text)

    def _rows(self, sheet, title):
        """Values of a section's rows in the workbook, without code and title."""
        return [
            [value for value in row[2:] if value is not None]
            for row in sheet.iter_rows(values_only=True)
            if row[1] == title
        ]

    def test_changes_in_dealings(self):
        """A2: month by month; full months 170 against 200; twelve months 470, 1200."""
        currency = self.company_a.currency_id.name
        rows = self._rows(
            self._workbook().worksheets[1], f"Changes in dealings ({currency})"
        )
        self.assertEqual(rows[0], ["Month", "2026", "2025", "Change"])
        self.assertEqual(rows[1], ["January", 120, 100, 20])
        self.assertEqual(rows[2], ["February", 50, 100, -50])
        self.assertEqual(rows[3], ["March", 30, 200])
        self.assertEqual(rows[4], ["Full months", 170, 200, -15])
        self.assertEqual(rows[5], ["Whole year", 200, 400])
        # March 2025 to February 2026: 200 + 120 + 50; before: 1000 + 100 + 100.
        self.assertEqual(rows[6], ["Last 12 full months", 370, 1200, -69.2])

    def test_register(self):
        """A2: the first sheet lists the accounts with their main figures."""
        sheet = self._workbook().worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        head = next(row for row in rows if row[0] == "Customer code")
        line = rows[rows.index(head) + 1]
        found = dict(zip(head, line, strict=True))
        self.assertEqual(found["Customer"], "Key")
        self.assertEqual(found["Last 12 full months"], 370)
        self.assertEqual((found["Still open"], found["Overdue"]), (500, 80))

    def test_products(self):
        """A2: by product and quarter, against the same quarters a year before."""
        products = self.env["product.product"].sudo()
        coat, scarf = products.create([{"name": "Coat"}, {"name": "Scarf"}])
        for product, day, amount in (
            (coat, "2026-02-01", 300),
            (coat, "2025-11-01", 100),
            (coat, "2025-02-01", 200),
            (scarf, "2026-01-05", 50),
        ):
            self._order_line(product, day, amount)
        card = self._mine()._get_cards()[self.account]
        self.assertEqual(
            [str(day) for day in card.quarters],
            ["2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"],
        )
        self.assertEqual(
            card.products,
            [("Coat", [0, 0, 100, 300], 400, 200), ("Scarf", [0, 0, 0, 50], 50, 0)],
        )

    def _order_line(self, product, day, amount):
        order = self.env["sale.order"].sudo().with_company(self.company_a).create(
            {
                "partner_id": self.customer.sudo().partner_id.id,
                "company_id": self.company_a.id,
                "order_line": [
                    (0, 0, {"product_id": product.id, "price_unit": amount,
                            "tax_ids": [(5,)]})
                ],
            }
        )  # fmt: skip
        order.write({"state": "sale", "date_order": f"{day} 10:00:00"})

    def test_on_paper(self):
        """A2: the PDF's content; text that is no markup (attack 17)."""
        reports = self.env["ir.actions.report"].with_user(self.user_own)
        html = reports._render_qweb_html(
            "followup_crm.account_card_report", self.account.ids
        )[0].decode()
        for text in ("Key account card", "Pays at once", "&lt;b&gt;bold&lt;/b&gt;"):
            self.assertIn(text, html)
        stranger = self.env["ir.actions.report"].with_user(self.user_own_2)
        with self.assertRaises(AccessError):
            stranger._render_qweb_html(
                "followup_crm.account_card_report", self.account.ids
            )

    def test_no_personal_data(self):
        """Attack 2: what is known of decision makers privately is not on the card."""
        person = self._person(self.customer, "Chief")
        self.env["followup.person"].sudo().create(
            {
                "customer_id": self.customer.id,
                "contact_id": person.id,
                "lifestyle": "Secretville",
                "purpose": "contract",
            }
        )
        self.env["followup.account.contact"].sudo().create(
            {"account_id": self.account.id, "contact_id": person.id}
        )
        text = str(self._mine()._get_card_report())
        self.assertIn("Chief", text)
        self.assertNotIn("Secretville", text)
        self.assertNotIn("Secretville", str(self._mine().review_page))

    def test_page(self):
        """A2: the page on the screen: figures, colours, and what is next."""
        page = self._mine().review_page
        tiles = {tile["key"]: tile for tile in page["tiles"]}
        self.assertEqual(tiles["turnover"]["value"], "370")
        self.assertEqual(tiles["turnover"]["color"], "danger")
        self.assertEqual(tiles["overdue"]["value"], "80")
        self.assertEqual(tiles["plan"]["value"], "–")
        self.assertEqual(page["chart"]["now"][:3], [120, 50, 30])
        self.assertEqual(page["check"]["text"], "Not checked yet.")
        self.assertIn("orders and their deliveries", page["lane"])
        self.account.sudo()._make_checks()
        self.account.invalidate_recordset()
        self.assertIn("due on", self._mine().review_page["check"]["text"])

    def test_page_in_chinese(self):
        """A2: the page speaks the reader's language."""
        self.env["res.lang"].sudo()._activate_lang("zh_CN")
        self.env["ir.module.module"].sudo()._load_module_terms(
            ["followup_crm"], ["zh_CN"]
        )
        mine = self._mine().with_context(lang="zh_CN")
        titles = [tile["title"] for tile in mine.review_page["tiles"]]
        self.assertTrue(all(not title.isascii() for title in titles), titles)

    def test_officer_reads_the_page(self):
        """R1: the complaint officer sees the account; others see nothing."""
        page = self._as(self.account, self.officer).review_page
        self.assertEqual(len(page["tiles"]), 6)
        with self.assertRaises(AccessError):
            self._as(self.account, self.user_own_2).read(["review_page"])


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountDownload(CardCase, HttpCase):
    """The card as a download (A2)."""

    def test_download(self):
        """A2: own accounts as a workbook; foreign ones do not exist."""
        url = f"/followup/report/account_card.xlsx?ids={self.account.id}"
        self.user_own.group_ids += self.env.ref("base.group_allow_export")
        self.user_own_2.group_ids += self.env.ref("base.group_allow_export")
        self.authenticate(self.user_own.login, self.user_own.login)
        answer = self.url_open(url)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.assertEqual(len(book.worksheets), 2)
        self.authenticate(self.user_own_2.login, self.user_own_2.login)
        self.assertEqual(self.url_open(url).status_code, 404)
