from odoo import Command
from odoo.exceptions import AccessError, RedirectWarning, UserError
from odoo.tests import tagged

from .request_common import RequestCase

MAKERS = ("lead", "quotation", "exception", "complaint")


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestRequestConvert(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_own.group_ids += cls.env.ref("sales_team.group_sale_salesman")

    def _order(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.partner_id.id,
                "company_id": self.company_a.id,
                "user_id": self.user_own.id,
                "order_line": [Command.create({"product_id": self.product.id})],
            }
        )
        order.action_confirm()
        return order

    def test_quotation(self):
        """Q1: One button makes the quotation; product and quantity go along."""
        request = self._ask(product_id=self.product.id, quantity=500)
        action = request.action_make_quotation()
        order = request.quotation_id
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        self.assertEqual(order.partner_id, self.customer.partner_id)
        self.assertEqual(order.order_line.product_id, self.product)
        self.assertEqual(order.order_line.product_uom_qty, 500)
        self.assertEqual(order.origin, request.name)
        self.assertEqual(self._as(order, self.user_own).fcrm_request_ids, request)
        self.assertEqual((request.state, request.result), ("working", "quotation"))

    def test_opportunity(self):
        """Q1: A stranger's inquiry becomes an opportunity with what is known."""
        request = self._ask(
            customer_id=False,
            contact_name="Nia",
            contact_company="New Ltd.",
            email_from="nia@new.test",
            description="<script>alert(1)</script>",
        )
        request.action_make_lead()
        lead = request.lead_id
        self.assertEqual(lead.email_from, "nia@new.test")
        self.assertEqual(lead.partner_name, "New Ltd.")
        self.assertNotIn("<script>", lead.description)
        self.assertEqual(self._as(lead, self.user_own).fcrm_request_ids, request)

    def test_exception(self):
        """Q1: A change becomes an exception of the order's tracking."""
        request = self._ask(kind="change")
        with self.assertRaises(UserError):
            request.action_make_exception()
        request.order_id = self._order()
        request.action_make_exception()
        made = request.exception_id
        self.assertEqual(made.tracking_id.order_id, request.order_id)
        self.assertEqual((made.kind, made.request_ids), ("change", request))

    def test_complaint(self):
        """Q1: A complaint takes over who, what and when it was received."""
        request = self._ask(kind="service", product_id=self.product.id)
        request.action_make_complaint()
        made = request.complaint_id
        self.assertEqual(made.customer_id, self.customer)
        self.assertEqual(made.received_date, request.received_date)
        self.assertEqual(made.product_id, self.product)
        self.assertEqual(made.request_ids, request)

    def test_only_once(self):
        """Q1: The second time is refused, with the way to the first."""
        request = self._ask()
        request.action_make_quotation()
        for name in MAKERS:
            with self.assertRaises(RedirectWarning) as caught:
                getattr(request, f"action_make_{name}")()
            message, action = caught.exception.args[:2]
            self.assertIn(request.quotation_id.name, message)
            self.assertEqual(action["res_id"], request.quotation_id.id)
        self.assertEqual(request.action_open_link()["res_id"], request.quotation_id.id)
        self._step(request, "close")
        self.assertEqual((request.state, request.result), ("closed", "quotation"))

    def test_rights(self):
        """Q1: Nobody makes what he may not make, or of what he may not see."""
        request = self._ask(user=self.user_all)
        with self.assertRaises(AccessError):
            request.action_make_quotation()
        with self.assertRaises(AccessError):
            request.action_make_lead()
        foreign = self._as(request, self.user_own_2)
        for name in MAKERS:
            with self.assertRaises(AccessError):
                getattr(foreign, f"action_make_{name}")()

    def test_unknown(self):
        """Q1: A quotation needs a customer; the message says what to do."""
        request = self._ask(customer_id=False)
        with self.assertRaises(UserError):
            request.action_make_quotation()
