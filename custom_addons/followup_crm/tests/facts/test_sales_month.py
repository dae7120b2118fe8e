from odoo.tests import tagged

from .facts_common import FactsCase


@tagged("post_install", "-at_install", "followup_crm", "facts")
class TestSalesMonth(FactsCase):
    """The stored sum: only differences are written, for all or for some."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Nordlicht")
        cls.other = cls._create_customer("Südwind")
        cls.months = cls.env["followup.sales.month"].sudo()
        cls.months._refresh()

    def _versions(self):
        self.env.cr.execute(
            "SELECT id, xmin, ctid FROM followup_sales_month ORDER BY 1"
        )
        return self.env.cr.fetchall()

    def test_counts_what_it_wrote(self):
        """R2: rows made, changed and removed are counted; no row is touched twice."""
        partner = self.customer.sudo().partner_id
        order = self._order(partner, 10, day="2026-02-01")
        self._order(partner, 20, day="2026-02-28")
        self._order(partner, 30, day="2026-03-01")
        self.assertEqual(self.months._refresh(), 2)
        expected = {
            (self.customer.id, "2026-02-01"): (30, 2, 2, 0),
            (self.customer.id, "2026-03-01"): (30, 1, 1, 0),
        }
        self.assertEqual(self._months(self.customer), expected)
        versions = self._versions()
        self.assertEqual(self.months._refresh(), 0)
        self.assertEqual(self._versions(), versions)
        order.order_line[0].price_unit = 11
        self.assertEqual(self.months._refresh(), 1)
        self.customer.sudo().partner_id.sale_order_ids.filtered(
            lambda o: o.date_order.month == 3
        ).state = "cancel"
        self.assertEqual(self.months._refresh(), 1)
        self.assertEqual(
            self._months(self.customer),
            {(self.customer.id, "2026-02-01"): (31, 2, 2, 0)},
        )

    def test_some_customers_only(self):
        """R2: a refresh of one customer leaves the others alone, and equals all's."""
        self._order(self.customer.sudo().partner_id, 10)
        self._order(self.other.sudo().partner_id, 20)
        self.assertEqual(self.months._refresh(self.customer), 1)
        self.assertFalse(self._months(self.other))
        self.assertEqual(self.months._refresh(self.customer.browse()), 0)
        self.assertEqual(self.months._refresh(), 1)
        self.assertEqual(self.months._refresh(self.customer | self.other), 0)

    def test_queries_do_not_grow(self):
        """R2: 2 or 20 customers cost the same queries."""
        counts = []
        for size in (2, 20):
            for number in range(size):
                customer = self._create_customer(f"Bulk {size} {number}")
                self._order(customer.sudo().partner_id, 10)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(self.months._refresh(), size)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
