from datetime import date

from odoo.tests import tagged

from ..tier import test_scheme_attribute
from .value_common import TODAY, ValueCase


class InvoiceCase(ValueCase):
    """Invoices and payments as the tests of the scheme Credit make them."""

    _invoice = test_scheme_attribute.TestSchemeCredit._invoice

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accounts = cls.env["account.account"].with_company(cls.company_a).sudo()
        company = {"company_ids": [(6, 0, cls.company_a.ids)]}
        cls.receivable, cls.income, cls.bank = (
            accounts.create(
                {"name": kind, "code": code, "account_type": kind, **company, **more}
            )
            for kind, code, more in (
                ("asset_receivable", "120001", {"reconcile": True}),
                ("income", "400001", {}),
                ("asset_cash", "100001", {}),
            )
        )
        journals = cls.env["account.journal"].with_company(cls.company_a).sudo()
        cls.sales, cls.bank_journal = (
            journals.create(
                {
                    "name": code,
                    "code": code,
                    "type": kind,
                    "company_id": cls.company_a.id,
                    "default_account_id": account.id,
                }
            )
            for kind, code, account in (
                ("sale", "XSAL", cls.income),
                ("bank", "XBNK", cls.bank),
            )
        )

    def _receive(self, customer, amount, day, invoice=None):
        """Money in the bank, reconciled with an invoice if one is given."""
        moves = self.env["account.move"].sudo().with_company(self.company_a)
        common = {"partner_id": customer.sudo().partner_id.id, "name": "Payment"}
        payment = moves.create(
            {
                "move_type": "entry",
                "journal_id": self.bank_journal.id,
                "date": day,
                "line_ids": [
                    (0, 0, {**common, "account_id": self.bank.id, "debit": amount}),
                    (
                        0,
                        0,
                        {**common, "account_id": self.receivable.id, "credit": amount},
                    ),
                ],
            }
        )
        payment.action_post()
        if invoice:
            lines = (invoice | payment).line_ids
            lines.filtered(lambda line: line.account_id == self.receivable).reconcile()


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueCollection(InvoiceCase):
    """Sales against collection (V9) and the credit score (V6), by hand."""

    def test_balance_and_overdue(self):
        """V9: invoiced 600, collected 250, 350 open, of which 150 overdue."""
        customer = self._create_customer("Debtor")
        first = self._invoice(customer, 400, "2026-03-01", "2026-03-31")
        self._receive(customer, 250, "2026-04-10", first)
        self._invoice(customer, 200, "2026-06-15", "2026-07-15")
        # Before the window: paid long ago.
        old = self._invoice(customer, 900, "2025-01-01", "2025-01-31")
        self._receive(customer, 900, "2025-01-31", old)
        self._compute()
        value = self._value(customer)
        self.assertEqual((value.invoiced, value.collected), (600, 250))
        self.assertEqual((value.balance, value.overdue), (350, 150))
        self.assertEqual(value.oldest_due, date(2026, 3, 31))
        self.assertIn("Overdue 150", value.collection_text)
        # An advance payment lowers the balance, not what is overdue.
        self._receive(customer, 100, "2026-06-20")
        self._compute()
        value = self._value(customer)
        self.assertEqual((value.balance, value.overdue), (250, 150))
        self.assertEqual(value.collected, 350)

    def test_due_today_is_not_overdue(self):
        """V9: overdue from the day after."""
        customer = self._create_customer("Debtor")
        self._invoice(customer, 70, "2026-06-01", "2026-07-01")
        self._compute()
        self.assertEqual(self._value(customer).overdue, 0)
        self._compute(today=date(2026, 7, 2))
        self.assertEqual(self._value(customer).overdue, 70)

    def test_credit_score(self):
        """V6: late 80 % of 35, nothing overdue 25, age 10, DSO 10, no disputes 5."""
        customer = self._create_customer("Late")
        self._days(customer, "2020-01-01")
        invoice = self._invoice(customer, 300, "2026-01-01", "2026-01-31")
        self._receive(customer, 300, "2026-02-20", invoice)
        self._compute()
        value = self._value(customer)
        self.assertEqual(value.credit_score, round(100 * (28 + 25 + 20 + 5) / 85))
        self.assertEqual(value.credit_band, "excellent")
        self.assertIn("On average 20 days late", value.credit_text)

    def test_disputes(self):
        """V6, T10: one open complaint costs half of 5, a critical one all of it."""
        scheme = self._scheme("credit")
        tiers = self.env["followup.tier.engine"].sudo()
        customer = self._create_customer("Disputing")
        self._days(customer, "2020-01-01")
        invoice = self._invoice(customer, 300, "2026-01-01", "2026-01-31")
        self._receive(customer, 300, "2026-01-31", invoice)
        complaint = (
            self.env["followup.complaint"]
            .sudo()
            .with_company(self.company_a)
            .create({"subject": "Shade", "customer_id": customer.id})
        )
        for severity, points in (("minor", 2.5), ("critical", 0)):
            complaint.severity = severity
            self._compute()
            value = self._value(customer)
            self.assertEqual(value.credit_score, round(100 * (80 + points) / 85))
            tiers._compute_schemes(scheme, notify=False, today=TODAY)
            row = self._assignment(customer, scheme)
            self.assertEqual(row.measure, value.credit_score)
        self.assertIn("Open complaints: 1", row.explanation)
        self.assertIn("Open complaints: 1", value.credit_text)

    def test_unrated(self):
        """V6: nothing due, no score: not 0."""
        customer = self._create_customer("Fresh")
        self._invoice(customer, 70, "2026-06-20", "2026-07-20")
        self._compute()
        self.assertEqual(self._value(customer).credit_band, "unrated")
        page = {row["key"]: row for row in self._value(customer).page}
        self.assertEqual(page["credit"]["value"], "Unrated")

    def test_cost_to_serve(self):
        """V11: hours × their cost, concessions and interest on late payment."""
        company = self.company_a.sudo()
        company.write({"fcrm_hour_cost": 20, "fcrm_late_rate": 10})
        customer = self._create_customer("Costly")
        shirt = self._product("Shirt", cost=60)
        self._order_lines(customer, "2026-02-01", (shirt, 10, 100))
        contacts = self.env["followup.interaction"].sudo()
        for method, hours, state in (
            ("visit", 2, "done"),
            ("phone", 0.5, "done"),
            ("visit", 9, "planned"),
        ):
            contacts.create(
                {
                    "customer_id": customer.id,
                    "purpose": "Talk",
                    "method": method,
                    "duration": hours,
                    "date": "2026-03-01",
                    "state": state,
                    "done_date": "2026-03-01" if state == "done" else False,
                }
            )
        invoice = self._invoice(customer, 3650, "2026-03-01", "2026-03-31")
        self._receive(customer, 3650, "2026-04-10", invoice)
        self._compute()
        value = self._value(customer)
        # 2 + 0.5 hours and 4 for the way; 3650 for 10 days at 10 % a year is 10.
        self.assertEqual(value.effort_hours, 6.5)
        self.assertEqual((value.visit_count, value.contact_count), (1, 1))
        self.assertEqual((value.late_cost, value.serve_cost), (10, 140))
        self.assertEqual((value.margin, value.net_margin), (400, 260))
        self.assertFalse(value.is_unprofitable)
        company.fcrm_hour_cost = 65
        self._compute()
        value = self._value(customer)
        self.assertEqual(value.serve_cost, 432.5)
        self.assertTrue(value.is_unprofitable)

    def test_cost_unrated_without_an_hourly_cost(self):
        """V11: hours are counted, but no cost is made up."""
        customer = self._create_customer("Costly")
        self._compute()
        value = self._value(customer)
        self.assertFalse(value.serve_known)
        self.assertFalse(value.is_unprofitable)
        self.assertIn("Unrated", value.serve_text)
