from odoo.tests import tagged

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestPriorityMixin(KeyAccountCase):
    """The priority lane of key accounts (绿色通道, A6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls._create_customer("Key")
        cls.plain = cls._create_customer("Plain")
        cls.account = cls._account(cls.key)
        goods = cls.env["product.product"].sudo()
        cls.goods = goods.create({"name": "Goods", "type": "consu"})

    def _order(self, customer):
        """A confirmed order with a delivery."""
        order = (
            self.env["sale.order"]
            .sudo()
            .with_company(self.company_a)
            .create(
                {
                    "partner_id": customer.sudo().partner_id.id,
                    "company_id": self.company_a.id,
                    "order_line": [(0, 0, {"product_id": self.goods.id})],
                }
            )
        )
        order.action_confirm()
        return order

    def _tracking(self, order):
        trackings = self.env["followup.order.tracking"].sudo()
        return trackings.search([("order_id", "=", order.id)])

    def test_orders_and_deliveries(self):
        """A6: an order of a key account is marked, its delivery has priority."""
        order, other = self._order(self.key), self._order(self.plain)
        self.assertTrue(self._tracking(order).is_priority)
        self.assertFalse(self._tracking(other).is_priority)
        self.assertEqual(order.picking_ids.mapped("priority"), ["1"])
        self.assertEqual(other.picking_ids.mapped("priority"), ["0"])
        found = self._as(self.env["followup.order.tracking"], self.user_all).search(
            [
                ("is_priority", "=", True),
                ("customer_id", "in", (self.key.id, self.plain.id)),
            ]
        )
        self.assertEqual(found.customer_id, self.key)

    def test_complaints_and_shipments(self):
        """A6: complaints and shipments, too; each by its own setting."""
        complaint = (
            self.env["followup.complaint"]
            .sudo()
            .create(
                {
                    "customer_id": self.key.id,
                    "company_id": self.company_a.id,
                    "subject": "Seams",
                }
            )
        )
        shipment = (
            self.env["followup.shipment"]
            .sudo()
            ._start(self.key.sudo(), {"mode": "sea"})
        )
        self.assertTrue(complaint.is_priority)
        self.assertTrue(shipment.is_priority)
        self.company_a.sudo().fcrm_lane_complaints = False
        (complaint | complaint).invalidate_recordset()
        shipment.invalidate_recordset()
        self.assertFalse(complaint.is_priority)
        self.assertTrue(shipment.is_priority)

    def test_switched_off(self):
        """A6: without the lane, orders and deliveries are like all others."""
        self.company_a.sudo().fcrm_lane_orders = False
        order = self._order(self.key)
        self.assertFalse(self._tracking(order).is_priority)
        self.assertEqual(order.picking_ids.mapped("priority"), ["0"])

    def test_new_key_account(self):
        """A6: open deliveries get priority when the customer becomes a key account."""
        order = self._order(self.plain)
        self._as(self.account, self.manager)._decide(
            self._as(self.plain, self.manager), "include", "Group"
        )
        self.assertEqual(order.picking_ids.mapped("priority"), ["1"])

    def test_former_key_account(self):
        """A6: a former key account has no lane any more."""
        order = self._order(self.key)
        self.account.sudo().state = "former"
        self._tracking(order).invalidate_recordset()
        self.assertFalse(self._tracking(order).is_priority)
