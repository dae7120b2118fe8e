from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .facts_common import FactsCase


@tagged("post_install", "-at_install", "followup_crm", "facts")
@freeze_time("2026-06-15 12:00:00")
class TestCustomerDealings(FactsCase):
    """Figures and table of the dealings on the file (P4, P8, P9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Nordlicht")
        cls.partner = cls.customer.sudo().partner_id

    def _refresh(self):
        self.env["followup.customer"].sudo()._refresh_order_figures()
        self.env.invalidate_all()

    def test_financial_facts(self):
        """P8: by a table made by hand, both edges of the windows among it."""
        for day, price in (
            ("2024-06-14", 1),
            ("2024-06-15", 10),
            ("2025-06-14", 20),
            ("2025-06-15", 100),
            ("2026-06-14", 200),
            ("2026-06-15", 400),
        ):
            self._order(self.partner, price, day=day)
        self._order(self.partner, 999, day="2026-05-01", state="cancel")
        self._refresh()
        customer = self.customer
        self.assertEqual(customer.sales_12m_amount, 300)
        self.assertEqual(customer.sales_before_12m_amount, 30)
        self.assertEqual(customer.order_count, 6)
        self.assertEqual(customer.average_order_amount, 121.83)
        self.assertEqual(str(customer.first_order_date), "2024-06-14")
        self.assertEqual(str(customer.last_order_date), "2026-06-15")

    def test_account_type(self):
        """P8: cash or on credit, from the payment terms of the file's company."""
        self.assertEqual(self.customer.account_type, "cash")
        terms = self.env["account.payment.term"].sudo()
        partner = self.partner.sudo().with_company(self.company_a)
        for days, expected in ((0, "cash"), (30, "credit")):
            partner.property_payment_term_id = terms.create(
                {
                    "name": f"{days} days",
                    "line_ids": [(0, 0, {"value_amount": 100, "nb_days": days})],
                }
            )
            self.customer.invalidate_recordset()
            self.assertEqual(self.customer.account_type, expected)

    def test_frequency(self):
        """P9: the median of the gaps 10, 20 and 90 days; two on a day are one."""
        for day in ("2026-01-01", "2026-01-11", "2026-01-31", "2026-05-01"):
            self._order(self.partner, 5, day=day)
        self._order(self.partner, 5, day="2026-05-01")
        once = self._create_customer("Once")
        self._order(once.sudo().partner_id, 5)
        self._refresh()
        self.assertEqual(self.customer.order_interval_days, 20)
        self.assertEqual(once.order_interval_days, 0)

    def test_response_type(self):
        """P9: what came most often in 24 months; equal numbers mean orders."""
        never = self._create_customer("Never")
        self._order(self.partner, 5, day="2026-01-01")
        self._order(self.partner, 5, state="draft")
        self._refresh()
        self.assertEqual(self.customer.response_type, "order")
        self.assertFalse(never.response_type)
        self.env["crm.lead"].sudo().create(
            {
                "name": "Autumn",
                "partner_id": self.partner.id,
                "company_id": self.company_a.id,
            }
        )
        self._refresh()
        self.assertEqual(self.customer.response_type, "inquiry")

    def test_usual_method(self):
        """P9: messages, meetings; notes among us do not count."""
        self.assertFalse(self.customer.usual_method)
        text = "Hello"
        self.customer.sudo().message_post(
            body=text, subtype_xmlid="mail.mt_note", message_type="comment"
        )
        self.customer.sudo().message_post(
            body=text, subtype_xmlid="mail.mt_comment", message_type="comment"
        )
        self._refresh()
        self.assertEqual(self.customer.usual_method, "email")
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.partner.id}
        )
        self.env["calendar.event"].sudo().create(
            [
                {
                    "name": "Visit",
                    "start": f"2026-05-0{day} 10:00:00",
                    "stop": f"2026-05-0{day} 11:00:00",
                    "partner_ids": [(6, 0, contact.ids)],
                }
                for day in (1, 2)
            ]
        )
        self._refresh()
        self.assertEqual(self.customer.usual_method, "visit")

    def test_second_refresh_writes_nothing(self):
        """R2: the figures are written where they differ only."""
        self._order(self.partner, 5)
        self._refresh()
        self.env.cr.execute("SELECT id, xmin FROM followup_customer ORDER BY id")
        versions = self.env.cr.fetchall()
        self._refresh()
        self.env.cr.execute("SELECT id, xmin FROM followup_customer ORDER BY id")
        self.assertEqual(self.env.cr.fetchall(), versions)

    def test_table(self):
        """P4: live, by year and month; imported years apart, in no total of Odoo's."""
        self._order(self.partner, 100, day="2026-02-03")
        self._order(self.partner, 30, day="2025-12-31")
        self._order(self.partner, 7, day="2026-02-28", currency=self.gbp)
        self.env["followup.sales.history"].sudo().create(
            [
                {"customer_id": self.customer.id, "year": 2023, "amount": 5000},
                {
                    "customer_id": self.customer.id,
                    "year": 2025,
                    "month": "1",
                    "amount": 70,
                },
            ]
        )
        data = self._as(self.customer, self.user_own).dealings
        years = {row["year"]: row for row in data["years"]}
        self.assertEqual(list(years), [2026, 2025])
        self.assertEqual(years[2026]["months"][:3], [None, 100, None])
        self.assertEqual((years[2026]["total"], years[2026]["count"]), (100, 2))
        self.assertEqual((years[2025]["total"], years[2025]["count"]), (30, 1))
        self.assertEqual(years[2025]["months"][0], None)
        earlier = {row["year"]: row for row in data["earlier"]}
        self.assertEqual(earlier[2023]["total"], 5000)
        self.assertEqual(earlier[2023]["months"], [None] * 12)
        self.assertEqual(earlier[2025]["months"][0], 70)
        self.assertEqual(data["missing"], 1)

    def test_foreign_customer(self):
        """R1: another's dealings are not read, and figures are nobody's to write."""
        with self.assertRaises(AccessError):
            self._as(self.customer, self.user_own_2).read(["dealings"])
        with self.assertRaises(AccessError):
            self._as(self.customer, self.manager).write({"sales_12m_amount": 1})

    def test_merge_adds_up(self):
        """P4: after a merge the months and figures are those of both."""
        other = self._create_customer("Nordlicht again")
        self._order(self.partner, 10, day="2026-02-03")
        self._order(other.sudo().partner_id, 20, day="2026-02-04")
        self.env["followup.sales.month"].sudo()._refresh()
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.partner | other.sudo().partner_id).ids, self.partner
        )
        self.env.invalidate_all()
        self.assertEqual(
            self._months(self.customer),
            {(self.customer.id, "2026-02-01"): (30, 2, 2, 0)},
        )
        self.assertEqual(self.customer.order_count, 2)
        self.assertEqual(self.env["followup.sales.month"].sudo()._refresh(), 0)
