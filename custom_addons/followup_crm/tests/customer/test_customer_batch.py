from odoo.fields import Command
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerBatch(FollowupCase):
    """Files for partners who bought something, made in one go (P1, R7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Shirt", "type": "service", "list_price": 10}
        )
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Kestrel Outfitters Ltd.",
                "is_company": True,
                "country_id": cls.env.ref("base.uk").id,
                "phone": "+44 20 7946 0000",
                "user_id": cls.user_own.id,
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Buyer", "parent_id": cls.partner.id}
        )

    def _create_order(self, partner, company=None, state="sale", date="2026-03-01"):
        company = company or self.company_a
        order = (
            self.env["sale.order"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "order_line": [
                        Command.create({"product_id": self.product.id, "tax_ids": []})
                    ],
                }
            )
        )
        order.write({"state": state, "date_order": f"{date} 10:00:00"})
        return order

    def _files(self, partner=None):
        return (
            self.env["followup.customer"]
            .sudo()
            .search([("partner_id", "=", (partner or self.partner).id)])
        )

    def test_order_of_a_contact_makes_the_companys_file(self):
        """P1: owner from the salesperson, code, completeness, order dates."""
        self._create_order(self.contact, date="2026-03-01")
        self._create_order(self.partner, date="2026-05-07")
        self._create_order(self.partner, state="draft", date="2026-08-01")
        made = self.env["followup.customer"].sudo()._create_missing_files()
        self.assertGreaterEqual(made, 1)
        customer = self._files()
        self.assertEqual(customer.company_id, self.company_a)
        self.assertEqual(customer.user_id, self.user_own)
        self.assertRegex(customer.code, r"^EU-\d{5}$")
        self.assertEqual(customer.order_count, 2)
        self.assertEqual(str(customer.first_order_date), "2026-03-01")
        self.assertEqual(str(customer.last_order_date), "2026-05-07")

    def test_batch_equals_the_ordinary_way(self):
        """P10, P11: a file made by SQL holds what a file made by the ORM would."""
        twin = self.partner.copy({"name": "Kestrel Outfitters Limited"})
        twin.write({"is_company": True, "phone": self.partner.phone})
        for partner in self.partner | twin:
            self.env["res.partner.bank"].create(
                {"acc_number": f"GB00 {partner.id}", "partner_id": partner.id}
            )
            self.env["res.partner"].create(
                {"name": "Gate", "type": "delivery", "parent_id": partner.id}
            )
        self._create_order(self.partner)
        self.env["followup.customer"].sudo()._create_missing_files()
        by_orm = self.env["followup.customer"].sudo().create({"partner_id": twin.id})
        by_sql = self._files()
        self.assertTrue(by_orm.completeness)
        self.assertEqual(by_sql.completeness, by_orm.completeness)
        self.assertEqual(by_sql.name_key, by_orm.name_key)
        self.assertEqual(by_sql.standing, by_orm.standing)
        self.assertEqual(by_sql.basic_checked_on, by_orm.basic_checked_on)
        stored = by_sql.completeness
        self.env.add_to_compute(by_sql._fields["completeness"], by_sql)
        self.assertEqual(by_sql.completeness, stored)
        self.assertNotEqual(by_sql.code, by_orm.code)

    def test_second_run_makes_nothing(self):
        """R7: idempotent, and no file for our own company or a foreign partner."""
        self._create_order(self.partner)
        self._create_order(self.company_a.partner_id)
        files = self.env["followup.customer"].sudo()
        files._create_missing_files()
        self.assertEqual(files._create_missing_files(), 0)
        self.assertEqual(len(self._files()), 1)
        self.assertFalse(self._files(self.company_a.partner_id))

    def test_each_company_gets_its_own(self):
        """P1: the same customer in two companies has two files and two owners."""
        self._create_order(self.partner)
        self._create_order(self.partner, company=self.company_b)
        self.env["followup.customer"].sudo()._create_missing_files()
        files = self._files()
        self.assertEqual(files.company_id, self.company_a | self.company_b)
        file_b = files.filtered(lambda f: f.company_id == self.company_b)
        self.assertFalse(file_b.user_id, "A user of company A cannot own it in B")

    def test_posted_invoice_makes_a_file(self):
        """P1: customers of invoices without an order are found too."""
        journal = (
            self.env["account.journal"]
            .sudo()
            .create(
                {
                    "name": "Sales",
                    "code": "FSAL",
                    "type": "sale",
                    "company_id": self.company_a.id,
                }
            )
        )
        invoice = (
            self.env["account.move"]
            .sudo()
            .with_company(self.company_a)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.contact.id,
                    "journal_id": journal.id,
                }
            )
        )
        # Posting needs a chart of accounts; the state is all that is read here.
        invoice.state = "posted"
        self.env["followup.customer"].sudo()._create_missing_files()
        self.assertEqual(self._files().company_id, self.company_a)

    def test_confirming_an_order_makes_the_file(self):
        """P1: the first confirmed order of a partner."""
        order = self._create_order(self.contact, state="draft")
        self.assertFalse(self._files())
        order.action_confirm()
        self.assertEqual(len(self._files()), 1)
        self.assertEqual(self._files().order_count, 1)

    def test_refresh_writes_differences_only(self):
        """R7: a second refresh changes no row; a cancelled order leaves no trace."""
        order = self._create_order(self.partner)
        files = self.env["followup.customer"].sudo()
        files._create_missing_files()
        versions = self._row_versions()
        files._refresh_order_figures()
        self.assertEqual(self._row_versions(), versions)
        order.state = "cancel"
        files._refresh_order_figures()
        self.assertFalse(self._files().last_order_date)
        self.assertEqual(self._files().order_count, 0)

    def test_number_of_queries_does_not_grow(self):
        """R7: 3 or 30 missing files cost the same queries."""
        counts = []
        for size in (3, 30):
            partners = self.env["res.partner"].create(
                [{"name": f"Bulk {size} {i}", "is_company": True} for i in range(size)]
            )
            for partner in partners:
                self._create_order(partner)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            made = self.env["followup.customer"].sudo()._create_missing_files()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(made, size)
        # The first run makes the sequence of the company as well.
        self.assertLessEqual(counts[1], counts[0])

    def test_last_contact_counts_exchanges_only(self):
        """P10: messages with the customer or its contacts, not notes among us."""
        customer = self._create_customer("Talked to")
        files = self.env["followup.customer"].sudo()
        contact = self.env["res.partner"].create(
            {"name": "Tom", "parent_id": customer.partner_id.id}
        )
        text = "Hello"
        note = customer.message_post(body=text, subtype_xmlid="mail.mt_note")
        note.sudo().date = "2026-05-05 10:00:00"
        files._refresh_last_contact()
        self.assertFalse(customer.last_contact_date)
        mail = contact.message_post(
            body=text,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
            author_id=contact.id,
        )
        mail.sudo().date = "2026-03-03 10:00:00"
        files._refresh_last_contact()
        self.assertEqual(str(customer.last_contact_date), "2026-03-03")
        versions = self._row_versions()
        files._refresh_last_contact()
        self.assertEqual(self._row_versions(), versions)
        self.env["followup.information"].create(
            {"customer_id": customer.id, "content": "x", "date": "2026-04-04"}
        )
        files._refresh_last_contact()
        self.assertEqual(str(customer.last_contact_date), "2026-03-03")

    def _row_versions(self):
        self.env.cr.execute("SELECT id, xmin FROM followup_customer ORDER BY id")
        return self.env.cr.fetchall()
