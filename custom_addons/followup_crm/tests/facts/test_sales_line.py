from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .facts_common import FactsCase


@tagged("post_install", "-at_install", "followup_crm", "facts")
class TestSalesLine(FactsCase):
    """V1: what was sold to whom adds up to what counts as sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load_accounts()
        cls.shirts, cls.bags = cls.env["product.category"].create(
            [{"name": "Shirts"}, {"name": "Bags"}]
        )
        cls.product.categ_id = cls.shirts
        cls.bag = cls.product.create(
            {"name": "Bag", "type": "service", "categ_id": cls.bags.id}
        )
        cls.customer = cls._create_customer(
            "Nordlicht", country_id=cls.germany.id, is_company=True
        )
        cls.other = cls._create_customer("Südwind", cls.user_own_2)
        cls.partner = cls.customer.sudo().partner_id

    def _with_bag(self, order, price, quantity=1):
        values = {
            "product_id": self.bag.id,
            "product_uom_qty": quantity,
            "price_unit": price,
            "tax_ids": [Command.clear()],
        }
        order.order_line = [Command.create(values)]
        return order

    def _assert_adds_up(self):
        """Each document's lines equal its fact in amount, volume and flag."""
        self.env.flush_all()
        self.env.invalidate_all()
        ours = [("company_id", "in", (self.company_a | self.company_b).ids)]
        facts = self.env["followup.sales.fact"].sudo().search(ours)
        lines = self.env["followup.sales.line"].sudo().search(ours)

        def document(row):
            return row.order_id, row.move_id, row.customer_id, row.date, row.company_id

        by_document = lines.grouped(document)
        self.assertEqual(set(by_document), {document(fact) for fact in facts})
        for fact in facts:
            mine = by_document[document(fact)]
            self.assertAlmostEqual(sum(mine.mapped("amount")), fact.amount, places=6)
            self.assertAlmostEqual(sum(mine.mapped("margin")), fact.margin, places=6)
            self.assertAlmostEqual(
                sum(mine.mapped("quantity")), fact.quantity, places=6
            )
            self.assertEqual(set(mine.mapped("rate_missing")), {fact.rate_missing})
        return lines

    def test_orders_by_hand(self):
        """V1: by product, in company currency at the order's own rate."""
        order = self._order(self.partner, 30, 2, day="2026-02-10", currency=self.eur)
        self._with_bag(order, 40)
        cancelled = self._order(self.partner, 999)
        cancelled.write({"state": "cancel"})
        lines = self._assert_adds_up()
        found = {
            (line.product_id, line.categ_id, line.country_id): (
                line.amount,
                line.quantity,
            )
            for line in lines
        }
        # 0.8 euro were a dollar on that day.
        expected = {
            (self.product, self.shirts, self.germany): (75, 2),
            (self.bag, self.bags, self.germany): (50, 1),
        }
        self.assertEqual(found, expected)
        self.assertEqual(lines.customer_id, self.customer)
        self.assertEqual(lines.user_id, self.user_own)

    def test_orders_add_up(self):
        """V1: contacts, companies, zones, no rate, rounding on the total, imports."""
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.partner.id}
        )
        self.company_a.partner_id.tz = "Asia/Shanghai"
        self._order(contact, 12.34, 3, day="2025-12-31 20:00:00")
        self._order(self.partner, 7, currency=self.gbp)
        self._order(self.other.sudo().partner_id, 5, company=self.company_b)
        self._create_customer("Birch's", company=self.company_b, user=self.user_b)
        self.env["followup.sales.history"].sudo().create(
            {"customer_id": self.customer.id, "year": 2019, "amount": 1200}
        )
        lines = self._assert_adds_up()
        self.assertEqual(len(lines), 3)
        missing = lines.filtered("rate_missing")
        self.assertEqual((missing.product_id, missing.amount), (self.product, 0))
        history = lines.filtered(lambda line: line.source == "history")
        self.assertFalse(history.product_id)

    def test_total_rounded_otherwise(self):
        """V1: the largest line bears what the order's total was rounded by."""
        order = self._with_bag(self._order(self.partner, 10), 90)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order SET amount_untaxed = 100.02 WHERE id = %s", [order.id]
        )
        self.env.invalidate_all()
        lines = self._assert_adds_up()
        amounts = {line.product_id: line.amount for line in lines}
        self.assertEqual(amounts[self.product], 10)
        self.assertAlmostEqual(amounts[self.bag], 90.02, places=9)

    def test_invoices_add_up(self):
        """V1: on the basis of invoices, credit notes negative."""
        self.company_a.followup_sales_basis = "invoice"
        self._order(self.partner, 999)
        self._invoice(self.partner, 100, 2, currency=self.eur)
        self._invoice(self.partner, 30, 1, move_type="out_refund")
        self._invoice(self.partner, 7, currency=self.gbp)
        lines = self._assert_adds_up()
        self.assertEqual(
            sorted((line.amount, line.quantity) for line in lines),
            [(-30, -1), (0, 1), (250, 2)],
        )

    def test_share(self):
        """V1: a group's share is its turnover in that of all that is asked for."""
        self._with_bag(self._order(self.partner, 30), 10)
        self._order(self.other.sudo().partner_id, 60)
        lines = self.env["followup.sales.line"].sudo()
        domain = [("company_id", "=", self.company_a.id)]
        by_category = lines._read_group(domain, ["categ_id"], ["share:sum"])
        self.assertEqual(dict(by_category), {self.shirts: 0.9, self.bags: 0.1})
        whole = lines._read_group(domain, [], ["share:sum", "amount:sum"])
        self.assertEqual(whole, [(1, 100)])
        by_both = lines.formatted_read_grouping_sets(
            domain, [[], ["categ_id"], ["categ_id", "customer_id"]], ["share:sum"]
        )
        self.assertEqual(
            [sorted(group["share:sum"] for group in groups) for groups in by_both],
            [[1], [0.1, 0.9], [0.1, 0.3, 0.6]],
        )

    def test_by_tier(self):
        """V1: sales, months and lines by the customer's class today."""
        scheme = self.env["followup.tier.scheme"].sudo()
        scheme = scheme.search(
            [("company_id", "=", self.company_a.id), ("is_policy", "=", True)]
        )
        first, last = scheme.tier_ids[0], scheme.tier_ids[-1]
        self._order(self.partner, 70)
        self._order(self.other.sudo().partner_id, 30)
        self.env["followup.sales.month"].sudo()._refresh()
        self.customer.sudo().tier_id, self.other.sudo().tier_id = first, last
        self.env.flush_all()
        for name in ("line", "fact", "month"):
            groups = (
                self.env[f"followup.sales.{name}"]
                .with_user(self.user_all)
                ._read_group([], ["tier_id"], ["amount:sum"])
            )
            self.assertEqual(dict(groups), {first: 70, last: 30}, name)

    def test_access(self):
        """V1, R1: owners see own customers' lines, others' companies nobody."""
        self._order(self.partner, 10)
        lines = self.env["followup.sales.line"]
        wanted = [("customer_id", "=", self.customer.id)]
        for user, count in (
            (self.user_own, 1),
            (self.user_own_2, 0),
            (self.user_all, 1),
            (self.officer, 1),
            (self.manager, 1),
            (self.user_b, 0),
        ):
            self.assertEqual(self._as(lines, user).search_count(wanted), count, user)
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(lines, user).search_count(wanted)
        line = lines.sudo().search(wanted)
        with self.assertRaises(AccessError):
            self._as(line, self.manager).write({"amount": 1})
        action = self._as(line, self.manager).action_open_document()
        self.assertEqual(action["res_model"], "sale.order")
