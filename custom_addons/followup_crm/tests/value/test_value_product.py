from odoo.tests import tagged

from .value_common import ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestValueProduct(ValueCase):
    """Ratios of products and customers (V2), by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = (
            cls.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", cls.company_a.id)], limit=1)
        )
        cls.shirt = cls._product("Shirt", cost=6, is_storable=True)
        cls.coat = cls._product("Coat", cost=50)
        cls.free = cls._product("Sample")

    def _stock(self, product, pieces, day):
        """Pieces come in on a day; what is there is what came in."""
        supplier = self.env.ref("stock.stock_location_suppliers")
        move = (
            self.env["stock.move"]
            .sudo()
            .with_company(self.company_a)
            .create(
                {
                    "product_id": product.id,
                    "product_uom_qty": pieces,
                    "location_id": supplier.id,
                    "location_dest_id": self.warehouse.lot_stock_id.id,
                    "company_id": self.company_a.id,
                }
            )
        )
        move._action_confirm()
        move.quantity = pieces
        move.picked = True
        move._action_done()
        move.date = f"{day} 10:00:00"

    def _ratios(self, product):
        return (
            self.env["followup.value.product"]
            .sudo()
            .search(
                [
                    ("product_id", "=", product.id),
                    ("company_id", "=", self.company_a.id),
                ]
            )
        )

    def test_ratios_of_a_product(self):
        """V2: 40 % × (100 ÷ 50) = 80 %; × 2/3 of the turnover = 53.3 %."""
        one, two = self._create_customer("One"), self._create_customer("Two")
        self._stock(self.shirt, 20, "2025-01-10")
        self._stock(self.shirt, 60, "2026-02-10")  # (20 + 80) ÷ 2 = 50 on average
        self._order_lines(one, "2026-03-01", (self.shirt, 60, 10))
        self._order_lines(two, "2026-04-01", (self.shirt, 40, 10), (self.coat, 5, 100))
        self._order_lines(two, "2025-03-01", (self.shirt, 999, 10))  # too long ago
        self._compute()
        shirt = self._ratios(self.shirt)
        self.assertEqual((shirt.amount, shirt.quantity, shirt.margin), (1000, 100, 400))
        self.assertEqual((shirt.margin_rate, shirt.stock), (0.4, 50))
        self.assertEqual((shirt.stock_turn, shirt.cross_ratio), (2, 0.8))
        self.assertEqual(shirt.sales_share, round(1000 / 1500, 4))
        self.assertAlmostEqual(shirt.contribution_ratio, 0.8 * 2 / 3, places=5)
        coat = self._ratios(self.coat)
        self.assertEqual((coat.margin_rate, coat.stock_known), (0.5, False))
        self.assertIn("none of it was in stock", coat.explanation)

    def test_ratios_of_a_customer(self):
        """V2: its margin on what came from stock × the turnover of that stock."""
        one, two = self._create_customer("One"), self._create_customer("Two")
        self._stock(self.shirt, 50, "2025-01-10")
        self._order_lines(one, "2026-03-01", (self.shirt, 60, 10))
        self._order_lines(two, "2026-04-01", (self.shirt, 40, 8), (self.coat, 5, 100))
        self._compute()
        value = self._value(one)
        # Margin 240 of 600; shirts turn 100 ÷ 50 = 2 times; 600 of 1420.
        self.assertEqual((value.margin_rate, value.cross_ratio), (0.4, 0.8))
        self.assertEqual(value.contribution_ratio, round(0.8 * 600 / 1420, 4))
        value = self._value(two)
        self.assertEqual(value.margin_rate, round((80 + 250) / 820, 4))
        self.assertEqual(value.cross_ratio, round(80 / 320 * 2, 4))
        self.assertIn("Cross ratio 50.0", value.margin_text)

    def test_without_cost_nothing_is_made_up(self):
        """V2: a product without a cost has no margin, and its buyer has none."""
        customer = self._create_customer("Buyer")
        self._order_lines(
            customer, "2026-03-01", (self.free, 3, 10), (self.coat, 1, 60)
        )
        self._compute()
        ratios = self._ratios(self.free)
        self.assertFalse(ratios.margin_known)
        self.assertIn("no cost price", ratios.explanation)
        # The cost of 60 of 90 is known: less than 80 %.
        value = self._value(customer)
        self.assertFalse(value.margin_known)
        self.assertIn("Unrated", value.margin_text)
        self._order_lines(customer, "2026-03-02", (self.coat, 1, 60))
        self._compute()
        # 120 of 150 known: 20 of 120, taken for all of it.
        value = self._value(customer)
        self.assertTrue(value.margin_known)
        self.assertEqual((value.margin_rate, value.margin), (round(20 / 120, 4), 25))

    def test_other_units(self):
        """V2: a dozen is twelve pieces, of the product's unit."""
        customer = self._create_customer("Dozens")
        order = self._order_lines(customer, "2026-03-01", (self.shirt, 2, 120))
        order.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        order.order_line.price_unit = 120
        self._compute()
        ratios = self._ratios(self.shirt)
        self.assertEqual((ratios.quantity, ratios.amount), (24, 240))
        self.assertEqual(ratios.margin, 240 - 24 * 6)

    def test_gone_products_leave(self):
        """V2: what was not sold for a year has no ratios any more."""
        customer = self._create_customer("Buyer")
        order = self._order_lines(customer, "2026-03-01", (self.coat, 1, 60))
        self._compute()
        self.assertTrue(self._ratios(self.coat))
        order.state = "cancel"
        self._compute()
        self.assertFalse(self._ratios(self.coat))
