import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .satisfaction_common import ANGRY, HAPPY, SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction")
class TestRoundRecord(SatisfactionCase, HttpCase):
    """G3, G4, S1: The table 13-10 and the improvement report, on paper and in Excel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for place in range(11):
            cls._create_asked(f"Shop {place}", country_id=cls.germany.id)

    def setUp(self):
        super().setUp()
        self.round = self._send()
        for invitation in self.round.sudo().invitation_ids:
            is_first = invitation.customer_id == self.customer
            expected = {"expectation_price": 10}
            self._answer(invitation, ANGRY if is_first else {**HAPPY, **expected})

    def _cells(self, report):
        """Section → rows of texts."""
        (sheet,) = report.sheets
        found = {}
        for section in sheet.sections:
            rows = getattr(section, "rows", ())
            found[section.title] = [
                [getattr(cell, "text", cell) for cell in row] for row in rows
            ]
        return found

    def test_table(self):
        """G3: By country: few answers are in brackets, enough are not."""
        sections = self._cells(self.round._get_sheet_report())
        rows = {row[0]: row for row in sections["Country"]}
        self.assertEqual(rows["Germany"][1:5], ["11", "11", "100", "82"])
        # One answer: (20 + 50 + 10 + 40 + 30) / 5.
        self.assertEqual(rows["Not known"][1:5], ["1", "1", "100", "(30)"])
        self.assertEqual(rows["Not known"][5], "–")
        price = next(row for row in sections["Dimensions"] if row[0] == "Price")
        # Eleven of 70 and one of 50; expected by eleven: 100.
        self.assertEqual(price[1:3], ["12", "68"])
        self.assertIn("-32", price)

    def test_improvement(self):
        """G4: The low answer with its words, and who does what until when."""
        sections = self._cells(self.round._get_improvement_report())
        (low,) = sections["Low scores"]
        self.assertIn("Harrow & Finch", low[0])
        self.assertIn("Twice too late, and nobody called.", low)
        actions = sections["Improvement actions"]
        self.assertEqual(len(actions), 1)
        self.assertIn("Harrow & Finch", actions[0][0])

    def test_download(self):
        """G3, S1: The workbook by its link; for those who see all customers only."""
        manager = self.manager
        manager.sudo().group_ids += self.env.ref("base.group_allow_export")
        self.authenticate(manager.login, manager.login)
        for action in ("action_print_xlsx", "action_print_improvement_xlsx"):
            url = getattr(self.round, action)()["url"]
            reply = self.url_open(url)
            self.assertEqual(reply.status_code, 200)
            book = openpyxl.load_workbook(io.BytesIO(reply.content))
            values = [
                cell
                for row in book["Details"].iter_rows(values_only=True)
                for cell in row
            ]
            self.assertIn("Price", values)
        self.user_own.sudo().group_ids += self.env.ref("base.group_allow_export")
        self.authenticate(self.user_own.login, self.user_own.login)
        self.assertNotEqual(self.url_open(url).status_code, 200)
        foreign = self._make_round(user=self._create_user_manager_b())
        self.authenticate(manager.login, manager.login)
        url = f"/followup/report/satisfaction_table.xlsx?ids={foreign.id}"
        self.assertEqual(self.url_open(url).status_code, 404)

    def _create_user_manager_b(self):
        return self._create_user(
            "manager_b", "followup_crm.group_manager", self.company_b
        )

    def test_paper(self):
        """G3, G4: Both PDFs are made from the same sections."""
        for name in ("satisfaction_table", "satisfaction_improvement"):
            html = self.env["ir.actions.report"]._render_qweb_html(
                f"followup_crm.{name}", self.round.ids
            )[0]
            self.assertIn(b"First half", html)
            self.assertIn(b"Dimensions", html)

    def test_export_right(self):
        """S1: Without Odoo's export right there is no workbook."""
        self.manager.sudo().group_ids -= self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self.round.action_print_xlsx()
