from odoo.exceptions import AccessError
from odoo.tests import tagged

from .facts_common import FactsCase


@tagged("post_install", "-at_install", "followup_crm", "facts")
class TestSalesFact(FactsCase):
    """One definition of a sale, by tables made by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Nordlicht")
        cls.partner = cls.customer.sudo().partner_id

    def _facts(self, customer=None):
        self.env.flush_all()
        self.env.invalidate_all()
        facts = self.env["followup.sales.fact"].sudo()
        return facts.search([("customer_id", "=", (customer or self.customer).id)])

    def test_confirmed_orders_count(self):
        """P4: quotations and cancelled orders are no sales; a cancelled one goes."""
        order = self._order(self.partner, 120, 3)
        self._order(self.partner, 50, state="draft")
        self._order(self.partner, 60, state="sent")
        self._order(self.partner, 70, state="cancel")
        fact = self._facts()
        self.assertEqual(
            (len(fact), fact.amount, fact.quantity, str(fact.date), fact.source),
            (1, 360, 3, "2026-02-10", "order"),
        )
        order.state = "cancel"
        self.assertFalse(self._facts())

    def test_currency_at_the_documents_own_rate(self):
        """T20: 100 EUR are 125 USD in February and 200 USD in March."""
        self._order(self.partner, 100, currency=self.eur, day="2026-02-28")
        self._order(self.partner, 100, currency=self.eur, day="2026-03-01")
        self.assertEqual(
            {str(fact.date): fact.amount for fact in self._facts()},
            {"2026-02-28": 125, "2026-03-01": 200},
        )

    def test_missing_rate_is_flagged(self):
        """T20: no rate on or before the day: no amount, flagged, listed; never 1.0."""
        self._order(self.partner, 100, currency=self.gbp)
        early = self._order(self.partner, 90, currency=self.eur, day="2024-12-31")
        self._order(self.partner, 40)
        flagged = self._facts().filtered("rate_missing")
        self.assertEqual(len(flagged), 2)
        self.assertIn(early, flagged.order_id)
        self.assertEqual(sum(flagged.mapped("amount")), 0)
        listed = (
            self.env["followup.sales.fact"]
            .sudo()
            .search(
                [("rate_missing", "=", True), ("customer_id", "=", self.customer.id)]
            )
        )
        self.assertEqual(listed, flagged)
        self.env["followup.sales.month"].sudo()._refresh()
        months = self._months(self.customer)
        self.assertEqual(months[self.customer.id, "2026-02-01"], (40, 2, 2, 1))
        self.assertEqual(months[self.customer.id, "2024-12-01"], (0, 1, 1, 1))

    def test_child_contacts_roll_up(self):
        """P4: orders of contacts, archived ones too, are the customer's."""
        contacts = self.env["res.partner"].create(
            [{"name": name, "parent_id": self.partner.id} for name in ("Ann", "Bob")]
        )
        self._order(contacts[0], 10)
        self._order(contacts[1], 20)
        contacts[1].active = False
        self._order(self.env["res.partner"].create({"name": "Nobody's"}), 99)
        self.assertEqual(sorted(self._facts().mapped("amount")), [10, 20])

    def test_day_in_the_companys_time_zone(self):
        """T20: 16:30 in UTC is the next day, and the next month, at UTC+8."""
        self._order(self.partner, 10, day="2026-01-31 15:59:59")
        late = self._order(self.partner, 20, day="2026-01-31 16:00:00")
        self.assertEqual(set(map(str, self._facts().mapped("date"))), {"2026-01-31"})
        self.company_a.partner_id.tz = "Asia/Shanghai"
        days = {fact.order_id: str(fact.date) for fact in self._facts()}
        self.assertEqual(days[late], "2026-02-01")
        self.assertEqual(sorted(days.values()), ["2026-01-31", "2026-02-01"])
        self._assert_months_right()
        query = self.env["followup.sales.fact"]._document_select(
            self.company_a, "2026-02-01", "2026-03-01"
        )
        rows = self.env.execute_query(query)
        self.assertEqual([row[2] for row in rows], late.ids)

    def test_margin_only_where_it_is_recorded(self):
        """V1: empty without a module that records it, else at the order's rate."""
        order = self._order(self.partner, 100, currency=self.eur)
        if "margin" not in self.env["sale.order"]._fields:
            self.env.flush_all()
            self.env.cr.execute(
                self.env["followup.sales.fact"]._fact_select(self.company_a)
            )
            names = [column.name for column in self.env.cr.description]
            row = self.env.cr.fetchone()
            self.assertIsNone(row[names.index("margin")])
            return
        order.margin = 40
        self.assertEqual(self._facts().margin, 50)

    def test_companies_apart(self):
        """T20: each company's file has that company's sales only."""
        other = self._create_customer("Südwind", self.user_b, self.company_b)
        self._order(other.sudo().partner_id, 30, company=self.company_b)
        self._order(self.partner, 10)
        self._order(self.partner, 99, company=self.company_b)
        self.assertEqual(self._facts().mapped("amount"), [10])
        self.assertEqual(self._facts(other).mapped("amount"), [30])

    def test_owner_reads_own_others_do_not(self):
        """R1: a user sees the sales and months of own customers; officers see all."""
        self._order(self.partner, 10)
        self.env["followup.sales.month"].sudo()._refresh()
        fact = self._facts()
        month = self.env["followup.sales.month"].sudo().search([])
        month = month.filtered(lambda m: m.customer_id == self.customer)
        for record in fact.sudo(False), month.sudo(False):
            for user in (self.user_own, self.user_all, self.manager, self.officer):
                mine = self._as(record, user)
                self.assertEqual(mine.search([("id", "=", record.id)]), mine)
                self.assertEqual(mine.amount, 10)
            for user in (self.user_own_2, self.user_b):
                foreign = self._as(record, user)
                self.assertFalse(foreign.search([("id", "=", record.id)]))
                with self.assertRaises(AccessError):
                    foreign.read(["amount"])
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError):
                    self._as(record, user).search([])
        for user in (self.user_own, self.manager):
            with self.assertRaises(AccessError):
                self._as(month.sudo(False), user).write({"amount": 1})


@tagged("post_install", "-at_install", "followup_crm", "facts")
class TestSalesFactInvoice(FactsCase):
    """The invoice basis."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load_accounts()
        cls.company_a.followup_sales_basis = "invoice"
        cls.customer = cls._create_customer("Nordlicht")
        cls.partner = cls.customer.sudo().partner_id

    def test_credit_notes_are_negative(self):
        """T20: posted invoices less credit notes; drafts, bills and orders do not."""
        self._order(self.partner, 999)
        self._invoice(self.partner, 100, 4, day="2026-02-01")
        refund = self._invoice(
            self.partner, 100, 1, "2026-02-20", move_type="out_refund"
        )
        self._invoice(self.partner, 70, 1, move_type="in_invoice")
        self._invoice(self.partner, 55).button_draft()
        self.env.flush_all()
        facts = self.env["followup.sales.fact"].sudo()
        rows = facts.search([("customer_id", "=", self.customer.id)])
        found = {(str(row.date), row.amount, row.quantity) for row in rows}
        expected = {("2026-02-01", 400, 4), ("2026-02-20", -100, -1)}
        self.assertEqual(found, expected)
        refund.button_draft()
        refund.button_cancel()
        self._assert_months_right()
        self.assertEqual(
            self._months(self.customer),
            {(self.customer.id, "2026-02-01"): (400, 4, 1, 0)},
        )

    def test_currency_of_the_invoice(self):
        """T20: the invoice's own rate; no rate on its day: flagged."""
        self._invoice(self.partner, 100, currency=self.eur, day="2026-03-05")
        self._invoice(self.partner, 100, currency=self.gbp, day="2026-04-05")
        self.env["followup.sales.month"].sudo()._refresh()
        months = self._months(self.customer)
        self.assertEqual(months[self.customer.id, "2026-03-01"], (200, 1, 1, 0))
        self.assertEqual(months[self.customer.id, "2026-04-01"], (0, 1, 1, 1))
