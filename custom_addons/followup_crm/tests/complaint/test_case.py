from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .complaint_common import ComplaintCase

PICTURES = "See the pictures"


@tagged("post_install", "-at_install", "complaint")
class TestCase(ComplaintCase):
    """C1–C9, C11–C14: An English buyer, a partner factory, shirts off colour."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_own.group_ids += cls.env.ref("sales_team.group_sale_salesman")
        cls.product.with_company(cls.company_a).standard_price = 7.4
        cls.buyer = cls.env["res.partner"].create(
            {
                "name": "Ann Archer",
                "parent_id": cls.customer.partner_id.id,
                "email": "ann@harrow.test",
            }
        )
        cls.factory = cls.env["res.partner"].create(
            {"name": "Partner factory", "is_company": True}
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.partner_id.id,
                "company_id": cls.company_a.id,
                "user_id": cls.user_own.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "product_uom_qty": 1200,
                            "price_unit": 11.8,
                        }
                    )
                ],
            }
        )
        cls.order.action_confirm()

    def _arrive(self):
        """The buyer's mail with a picture, as the gateway hands it over."""
        complaint = self.env["followup.complaint"]._create_from_channel(
            "email",
            {
                "subject": "Part is off colour, sizes do not match the contract",
                "description": "A fifth is greener than the sealed sample.",
                "company_id": self.company_a.id,
                "email_from": self.buyer.email,
            },
            partner=self.buyer,
            message_id="<case@harrow.test>",
        )
        complaint.message_post(
            body=PICTURES,
            author_id=self.buyer.id,
            message_type="email",
            attachments=[("carton-17.png", b"\x89PNG")],
        )
        return self._as(complaint, self.user_own)

    def _investigate(self, complaint):
        """Acknowledged, contained, judged, compared, and found who is responsible."""
        complaint.action_acknowledge()
        complaint.write(
            {
                "order_id": self.order.id,
                "product_id": self.product.id,
                "quantity": 240,
                "wanted": "replacement",
                "category_id": self.category.id,
                "containment": "Cartons stay closed; two lots are stopped.",
            }
        )
        self.assertEqual(complaint.severity_proposed, "major", "A fifth of the order.")
        complaint.action_apply_severity()
        complaint.action_contain()
        complaint.action_investigate()
        complaint.write(
            {
                "sample_result": "differs",
                "inspection_note": "Only two of six dye lots were opened.",
                "findings": "One dye lot was never compared with the sealed sample.",
                "root_cause": "The factory changed the dye house.",
                "cause_id": self.cause.id,
                "responsible_kind": "supplier",
                "responsible_partner_id": self.factory.id,
            }
        )

    def _settle_with_buyer(self, complaint):
        """Directed, three ways offered, one agreed, and delivered."""
        chief = self._as(complaint, self.manager)
        chief.instruction = "Replace by air at the factory's cost, or 15 % off."
        chief.consequences = "The factory bears the freight."
        chief.action_direct()
        complaint.proposal_ids = [
            Command.create({"name": "Replace 240 by air", "cost": 500}),
            Command.create({"name": "15 % off", "kind": "discount", "cost": 400}),
            Command.create({"name": "Return of 240", "kind": "return", "cost": 500}),
        ]
        complaint.action_propose()
        complaint.proposal_ids[0]._answer(True, "mail", self.buyer.name)
        action = complaint.action_make_replacement()
        order = self.env["sale.order"].browse(action["res_id"])
        self.assertEqual(order.order_line.product_uom_qty, 240)
        complaint.action_remedy()

    def test_case(self):
        """C1–C14: From the mail to the call a week after closing."""
        with freeze_time("2026-03-02 09:00:00"):
            complaint = self._arrive()
            self.assertEqual(complaint.customer_id, self.customer)
            self.assertEqual(complaint.user_id, self.user_own)
            self.assertEqual(len(complaint.sudo().message_ids.attachment_ids), 1)
            self._investigate(complaint)
        with freeze_time("2026-03-03 09:00:00"):
            self._settle_with_buyer(complaint)
        with freeze_time("2026-03-16 09:00:00"):
            complaint.result_text = "240 shirts came by air."
            complaint.action_tell()
            complaint.action_capa_needed()
            complaint.action_ids = [
                Command.create({"name": "Compare every dye lot before cutting"})
            ]
            complaint.action_close()
        action = complaint.action_ids
        self.assertEqual(action.partner_id, self.factory)
        self.assertEqual(action.cause_id, self.cause)
        with freeze_time("2026-03-23 09:00:00"):
            complaint.action_satisfied()
        self.assertEqual(complaint.outcome, "agreed")
        self.assertEqual(complaint.remedy_cost, 240 * 7.4)
        self.assertFalse(complaint.is_escalated)
        letters = complaint.sudo().message_ids.filtered(
            lambda message: self.buyer in message.partner_ids
        )
        self.assertEqual(len(letters), 3, "The number, the proposals, the result.")
        self.assertTrue(complaint._get_sheet_report().sheets[0].sections)
