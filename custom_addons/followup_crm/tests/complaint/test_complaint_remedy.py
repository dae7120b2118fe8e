from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestComplaintRemedy(ComplaintCase):
    """C13: Return, replacement, credit note, discount through Odoo's documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.chart.template"].try_loading(
            "generic_coa", cls.company_a, install_demo=False
        )
        cls.user_own.write(
            {
                "group_ids": [
                    Command.link(cls.env.ref(name).id)
                    for name in (
                        "sales_team.group_sale_salesman_all_leads",
                        "stock.group_stock_user",
                        "account.group_account_invoice",
                    )
                ]
            }
        )
        cls.product.write({"is_storable": True, "invoice_policy": "order"})
        cls.product.with_company(cls.company_a).standard_price = 4
        cls.order = cls._sell(100)
        cls.picking = cls.order.picking_ids
        cls.picking.move_ids.quantity = 100
        cls.picking.move_ids.picked = True
        cls.picking.button_validate()
        cls.invoice = cls.order._create_invoices()
        cls.invoice.action_post()

    @classmethod
    def _sell(cls, quantity):
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.partner_id.id,
                "company_id": cls.company_a.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "product_uom_qty": quantity,
                            "price_unit": 10,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        return order

    def _agreed(self, **vals):
        complaint = self._proposed(
            order_id=self.order.id,
            picking_id=self.picking.id,
            move_id=self.invoice.id,
            product_id=self.product.id,
            quantity=20,
            **vals,
        )
        complaint.proposal_ids.action_agree()
        return complaint

    def test_replacement(self):
        """C13: A quotation free of charge; its goods count at cost."""
        complaint = self._agreed()
        action = complaint.action_make_replacement()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.fcrm_complaint_id, complaint)
        self.assertEqual(order.order_line.product_uom_qty, 20)
        self.assertEqual(order.amount_total, 0)
        complaint.invalidate_recordset()
        self.assertEqual(complaint.replacement_count, 1)
        self.assertEqual(complaint.remedy_cost, 80)
        complaint.other_cost = 15
        self.assertEqual(complaint.remedy_cost, 95)

    def test_replacement_is_no_deal(self):
        """P8: What is replaced free of charge does not count as an order."""
        complaint = self._agreed()
        action = complaint.action_make_replacement()
        self.env["sale.order"].browse(action["res_id"]).action_confirm()
        self.customer.sudo()._refresh_order_figures(self.customer.partner_id)
        self.assertEqual(self.customer.order_count, 1)

    def test_return(self):
        """C13: Odoo's own return, with the affected quantity."""
        complaint = self._agreed()
        action = complaint.action_make_return()
        wizard = self.env["stock.return.picking"].with_user(self.user_own)
        wizard = wizard.with_context(**action["context"]).browse(action["res_id"])
        self.assertEqual(wizard.product_return_moves.quantity, 20)
        made = wizard.action_create_returns()
        picking = self.env["stock.picking"].browse(made["res_id"])
        self.assertEqual(picking.fcrm_complaint_id, complaint)
        self.assertEqual(picking.move_ids.product_uom_qty, 20)
        self.assertEqual(complaint.return_count, 1)

    def test_credit_note(self):
        """C13: The whole invoice as a credit note to be checked."""
        complaint = self._agreed()
        action = complaint.action_make_credit_note()
        move = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(move.move_type, "out_refund")
        self.assertEqual(move.state, "draft")
        self.assertEqual(move.fcrm_complaint_id, complaint)
        complaint.invalidate_recordset()
        self.assertEqual(complaint.remedy_cost, 1000)

    def test_discount(self):
        """C13: A credit note over what was agreed."""
        complaint = self._agreed()
        with self.assertRaises(UserError):
            complaint.action_make_discount()
        complaint.proposal_ids.sudo().amount = 150
        action = complaint.action_make_discount()
        move = self.env["account.move"].browse(action["res_id"])
        self.assertEqual(move.amount_untaxed, 150)
        self.assertEqual(move.reversed_entry_id, self.invoice)
        complaint.invalidate_recordset()
        self.assertEqual(complaint.remedy_cost, 150)
        self.assertEqual(complaint.credit_count, 1)

    def test_figures_agree(self):
        """C14: The analysis has the same cost as the complaint."""
        complaint = self._agreed()
        complaint.action_make_replacement()
        complaint.proposal_ids.sudo().amount = 150
        complaint.action_make_discount()
        complaint.other_cost = 5
        self.env.flush_all()
        complaint.invalidate_recordset()
        report = self.env["followup.complaint.report"].search(
            [("complaint_id", "=", complaint.id)]
        )
        self.assertEqual(complaint.remedy_cost, 235)
        self.assertEqual(report.cost, 235)

    def test_what_is_missing_is_said(self):
        """C13: Without shipment or invoice the button says what to choose."""
        complaint = self._complain()
        for name in ("action_make_return", "action_make_credit_note"):
            with self.assertRaises(UserError):
                getattr(complaint, name)()

    def test_lists_propose_what_fits(self):
        """C1: An order tells customer, shipment, invoice and product."""
        complaint = self.env["followup.complaint"].new({"order_id": self.order.id})
        complaint._onchange_order_id()
        self.assertEqual(complaint.customer_id._origin, self.customer)
        self.assertEqual(complaint.picking_id._origin, self.picking)
        self.assertEqual(complaint.move_id._origin, self.invoice)
        self.assertEqual(complaint.product_id._origin, self.product)
        self.assertEqual(complaint.fitting_product_ids._origin, self.product)

    def test_idea_for_the_product(self):
        """C14: An idea from a complaint reaches the product and sales."""
        complaint = self._complain(product_id=self.product.id)
        with self.assertRaises(UserError):
            complaint.action_note_idea()
        complaint.idea = "A label that tells the dye lot"
        complaint.action_note_idea()
        messages = self.product.product_tmpl_id.message_ids
        self.assertIn("dye lot", "".join(messages.mapped("body")))
        lead = self.env["crm.lead"].browse(
            complaint.action_make_opportunity()["res_id"]
        )
        self.assertEqual(lead.type, "opportunity")
        self.assertEqual(lead.partner_id, self.customer.partner_id)
