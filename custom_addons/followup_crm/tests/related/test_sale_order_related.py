from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .related_common import RelatedCase


@tagged("post_install", "-at_install", "followup_crm", "related")
class TestSaleOrderRelated(RelatedCase):
    """What else a quotation might hold (Q5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "followup_crm.group_user,sales_team.group_sale_salesman"
        cls.seller = cls._create_user("seller", groups)
        cls.mine = cls._create_customer("Mine", cls.seller)
        cls.mine.sudo().tier_id = cls.tier_1
        cls.other.sudo().tier_id = cls.tier_1
        # Tier 1 buys A with B, the others A with C.
        cls._place(cls.other, *["AB"] * 5, "D", "E", "D")
        cls._place(cls.customer, *["AC"] * 9, "D", "E")
        cls.related_engine._refresh(cls.company_a)

    def _quotation(self, user, *letters, customer=None):
        orders = self.env["sale.order"].with_user(user)
        orders = orders.with_context(allowed_company_ids=self.company_a.ids)
        return orders.create(
            {
                "partner_id": (customer or self.mine).sudo().partner_id.id,
                "user_id": user.id,
                "order_line": [
                    Command.create({"product_id": self.products[letter].id})
                    for letter in letters
                ],
            }
        )

    def test_tier_of_the_customer(self):
        """Q5: what the same class buys; without enough orders, what all buy."""
        order = self._quotation(self.seller, "A")
        self.assertEqual(order.fcrm_related_ids.related_id.mapped("name"), ["B"])
        self.assertEqual(order.fcrm_related_ids.tier_id, self.tier_1)
        self.mine.sudo().tier_id = self.tier_2
        order.invalidate_recordset()
        self.assertEqual(order.fcrm_related_ids.related_id.mapped("name"), ["C", "B"])
        self.assertFalse(order.fcrm_related_ids.tier_id)

    def test_foreign_file(self):
        """Q5: who may not see the customer's class is served with all counts."""
        customer = self.other.sudo()
        order = self._quotation(self.seller, "A", customer=customer)
        self.assertFalse(order.fcrm_tier_id)
        self.assertFalse(order.fcrm_related_ids.tier_id)
        self.assertTrue(order.fcrm_related_ids)

    def test_add(self):
        """Q5: one click adds the product; it is not proposed again."""
        order = self._quotation(self.seller, "A")
        row = order.fcrm_related_ids
        row.with_context(fcrm_order_id=order.id).action_add_to_order()
        self.assertEqual(order.order_line.product_id.mapped("name"), ["A", "B"])
        self.assertNotIn("B", order.fcrm_related_ids.related_id.mapped("name"))
        order.action_confirm()
        self.assertFalse(order.fcrm_related_ids)
        with self.assertRaises(UserError):
            row.with_context(fcrm_order_id=order.id).action_add_to_order()

    def test_add_to_a_foreign_order(self):
        """Q5: no line gets into an order that the user may not change."""
        order = self._quotation(self.seller, "A")
        row = order.fcrm_related_ids.sudo(False)
        stranger = self._create_user("stranger", "followup_crm.group_user")
        with self.assertRaises(AccessError):
            self._as(row, stranger).with_context(
                fcrm_order_id=order.id
            ).action_add_to_order()
        with self.assertRaises(UserError):
            self._as(row, self.seller).action_add_to_order()
        self.assertEqual(len(order.order_line), 1)

    def test_archived_product(self):
        """Q5: what is not sold any more is not proposed."""
        self.products["B"].product_tmpl_id.sale_ok = False
        self.assertFalse(self._quotation(self.seller, "A").fcrm_related_ids)

    def test_empty_quotation(self):
        """Q5: without products there is nothing to go by."""
        self.assertFalse(self._quotation(self.seller).fcrm_related_ids)

    def test_form(self):
        """Q5: the proposal is there before the quotation is saved."""
        orders = self.env["sale.order"].with_user(self.seller)
        orders = orders.with_context(allowed_company_ids=self.company_a.ids)
        with Form(orders) as form:
            form.partner_id = self.mine.sudo().partner_id
            with form.order_line.new() as line:
                line.product_id = self.products["A"]
            self.assertEqual(len(form.fcrm_related_ids), 1)

    def test_queries(self):
        """Q5: proposals for many quotations take as many queries as for a few."""
        counts = []
        for number in (2, 12):
            orders = self.env["sale.order"].concat(
                *(self._quotation(self.seller, "A", "D") for _i in range(number))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            orders.mapped("fcrm_related_ids")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
