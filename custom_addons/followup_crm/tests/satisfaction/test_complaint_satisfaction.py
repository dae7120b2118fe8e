from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..complaint.complaint_common import ComplaintCase
from .satisfaction_common import ANGRY, HAPPY, SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction", "complaint")
class TestComplaintSatisfaction(ComplaintCase, SatisfactionCase):
    """C14: Satisfaction before and after a complaint; T13: what it does to a class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_asked("Before & After")

    def _answer_on(self, marks, days_ago):
        one = self._send(name=str(days_ago))
        response = self._answer(self._invitation(self.customer, one), marks)
        response.sudo().date = fields.Date.today() - timedelta(days=days_ago)
        sent = one.sudo().invitation_ids.filtered("sent_date")
        sent.sent_date = fields.Datetime.now() - timedelta(days=400)
        return response

    def test_before_and_after(self):
        """C14: The last answer before, the first one after; others are left out."""
        self._answer_on(ANGRY, 50)
        self._answer_on({"score_overall": 6}, 40)
        complaint = self._closed(customer_id=self.customer.id).sudo()
        complaint.received_date = fields.Datetime.now() - timedelta(days=30)
        complaint.closed_date = fields.Datetime.now() - timedelta(days=10)
        self._answer_on(HAPPY, 20)
        self._answer_on({"score_overall": 8}, 5)
        self._answer_on({"score_overall": 9}, 2)
        self.env.flush_all()
        report = self.env["followup.complaint.report"]
        row = report.search([("complaint_id", "=", complaint.id)])
        self.assertEqual((row.satisfaction_before, row.satisfaction_after), (60, 80))

    def _loyalty(self):
        scheme = self.env["followup.tier.scheme"].search(
            [("company_id", "=", self.company_a.id), ("code", "=", "loyalty")]
        )
        scheme = scheme or self.env["followup.tier.scheme"].with_context(
            active_test=False
        ).search([("company_id", "=", self.company_a.id), ("code", "=", "loyalty")])
        scheme.sudo().active = True
        self.env["followup.tier.engine"].sudo()._compute_schemes(scheme.sudo())
        return self.env["followup.tier.assignment"].search(
            [("scheme_id", "=", scheme.id), ("customer_id", "=", self.customer.id)]
        )

    def test_loyalty(self):
        """T13: Four orders within the year: loyal while satisfaction is 80 or none."""
        self.env["sale.order"].sudo().create(
            [
                {
                    "partner_id": self.customer.partner_id.id,
                    "company_id": self.company_a.id,
                    "order_line": [(0, 0, {"product_id": self.product.id})],
                }
                for _place in range(5)
            ]
        )
        orders = self.env["sale.order"].search(
            [("partner_id", "=", self.customer.partner_id.id)], order="id"
        )
        orders.sudo().action_confirm()
        now = fields.Datetime.now()
        for place, order in enumerate(orders.sudo()):
            order.date_order = now - timedelta(days=400 - place * 90)
        self.assertEqual(self._loyalty().tier_id.code, "loyal")
        self._answer_on({"score_overall": 8}, 9)
        self.assertEqual(self._loyalty().tier_id.code, "loyal")
        response = self._answer_on({"score_overall": 7}, 5)
        assignment = self._loyalty()
        self.assertEqual(assignment.tier_id.code, "established")
        self.assertIn("70", assignment.explanation)
        # What staff heard does not decide.
        response.sudo().source = "second_hand"
        self.assertEqual(self._loyalty().tier_id.code, "loyal")
