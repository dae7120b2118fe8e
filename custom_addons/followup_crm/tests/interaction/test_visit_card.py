import io
from zipfile import ZipFile

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...report.xlsx import customer_sheet, visit_card
from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestVisitCard(InteractionCase):
    """The visit history card, the business summary, and opportunities."""

    def _done(self, day, content, customer=None, **vals):
        user = self.user_own_2 if customer == self.foreign else self.user_own
        contact = self._plan(customer, user, date=day, content=content, **vals)
        contact._done()
        return contact

    def _texts(self, report):
        return str([sheet.sections for sheet in report.sheets])

    def test_card(self):
        """A3: done contacts of two years, latest first; not what was planned."""
        self._done("2026-06-01", "Saw the shop", method="visit")
        self._done("2023-06-01", "Long ago")
        self._plan(purpose="Planned only")
        secret = self._done("2026-06-02", "Congratulated")
        secret.sudo().is_personal = True
        mine = self._as(self.customer, self.user_own)
        report = mine._get_visit_card_report()
        text = self._texts(report)
        self.assertIn("Saw the shop", text)
        for word in ("Long ago", "Planned only", "Congratulated"):
            self.assertNotIn(word, text)
        with ZipFile(io.BytesIO(visit_card.render(report))) as book:
            strings = book.read("xl/worksheets/sheet1.xml").decode()
        self.assertIn("Saw the shop", strings)

    def test_pdf(self):
        """A3: the same on paper, with text that is no markup (attack 17)."""
        self._done("2026-06-01", "<script>alert(1)</script> {{7*7}}")
        report = self.env["ir.actions.report"].with_user(self.user_own)
        html = report._render_qweb_html(
            "followup_crm.visit_card_report", self.customer.ids
        )[0].decode()
        self.assertIn("&lt;script&gt;", html)
        self.assertIn("{{7*7}}", html)

    def test_card_of_foreign_customers(self):
        """Attack 5: neither card nor summary of somebody else's customer."""
        with self.assertRaises(AccessError):
            self._as(self.foreign, self.user_own)._get_visit_card_report()
        summaries = self._as(self.env["followup.business.summary"], self.user_own)
        with self.assertRaises(AccessError):
            summary = summaries.create({"customer_ids": [(6, 0, self.foreign.ids)]})
            summary._get_summary_report()

    def test_business_summary(self):
        """F13: sales against the period before, contacts, needs, what comes next."""
        self._done("2026-03-10", "Spring talk", next_step="Send the summer book")
        self._done("2026-06-01", "Not in the quarter")
        self.env["followup.need"].create(
            {
                "customer_id": self.customer.id,
                "name": "Lighter cartons",
                "date": "2026-02-01",
            }
        )
        history = self.env["followup.sales.history"]
        history.create(
            {
                "customer_id": self.customer.id,
                "year": 2026,
                "month": "2",
                "amount": 1234,
            }
        )
        summary = self._as(self.env["followup.business.summary"], self.user_own).create(
            {"customer_ids": [(6, 0, self.customer.ids)]}
        )
        self.assertEqual(str(summary.date_from), "2026-01-01")
        self.assertEqual(str(summary.date_to), "2026-03-31")
        report = summary._get_summary_report()
        text = self._texts(report)
        for word in ("Spring talk", "Lighter cartons", "Send the summer book"):
            self.assertIn(word, text)
        self.assertNotIn("Not in the quarter", text)
        self.assertTrue(customer_sheet.render(report))
        summary.period = "own"
        summary.date_to = "2025-01-01"
        with self.assertRaisesRegex(UserError, "before it begins"):
            summary._get_summary_report()

    def test_opportunity(self):
        """F13: a contact becomes an opportunity, once, of those who may."""
        contact = self._done("2026-06-01", "Wants 2000 coats")
        with self.assertRaises(AccessError):
            contact.action_create_opportunity()
        self.user_own.group_ids += self.env.ref("sales_team.group_sale_salesman")
        contact.action_create_opportunity()
        contact.action_create_opportunity()
        lead = contact.opportunity_id
        self.assertEqual(lead.partner_id, self.customer.partner_id)
        self.assertEqual(lead.user_id, self.user_own)
        self.assertIn("2000 coats", lead.description)
        leads = self.env["crm.lead"].search(
            [("partner_id", "=", self.customer.partner_id.id)]
        )
        self.assertEqual(len(leads), 1)
