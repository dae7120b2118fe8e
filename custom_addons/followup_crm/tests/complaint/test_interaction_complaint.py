from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "followup_crm", "complaint")
class TestInteractionComplaint(ComplaintCase):
    """What other rooms know of a customer's open complaints."""

    def test_checklist(self):
        """F2: an open complaint is on the checklist, a closed one is not."""
        complaint = self._closed()
        contact = self.env["followup.interaction"].with_user(self.user_own)
        contact = contact.with_context(
            allowed_company_ids=self.company_a.ids, tracking_disable=True
        ).create({"customer_id": self.customer.id, "purpose": "See the new samples"})
        contact.action_prepare()
        self.assertNotIn("complaint", contact.check_ids.mapped("kind"))
        waiting = self._complain(subject="Cartons are torn")
        contact.action_prepare()
        line = contact.check_ids.filtered(lambda check: check.kind == "complaint")
        self.assertEqual(len(line), 1)
        self.assertIn(waiting.name, line.name)
        self.assertIn("Cartons are torn", line.name)
        self.assertNotIn(complaint.name, line.name)

    def test_pool(self):
        """F6: an open complaint keeps the customer with its owner."""
        self.company_a.fcrm_pool_active = True
        forecasts = self.env["followup.pool.forecast"].sudo()
        row = forecasts.search([("id", "=", self.customer.id)])
        self.assertFalse(row.exemption)
        self._complain()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(row.exemption, "complaint")

    def test_handover(self):
        """F10: open complaints go to the new owner, closed ones stay."""
        closed, waiting = self._closed(), self._complain()
        handover = self.env["followup.handover"].sudo()
        handover._move_of_customers(self.customer, self.user_own, self.user_own_2)
        self.assertEqual(waiting.sudo().user_id, self.user_own_2)
        self.assertEqual(closed.sudo().user_id, self.user_own)

    def test_summary(self):
        """F13: the business summary lists the complaints of its period."""
        complaint = self._complain(subject="Cartons are torn")
        old = self._complain(subject="Long ago")
        self.env.cr.execute(
            "UPDATE followup_complaint SET received_date = '2020-01-01' WHERE id = %s",
            [old.id],
        )
        self.env.invalidate_all()
        summaries = self.env["followup.business.summary"].with_user(self.user_own)
        summary = summaries.with_context(allowed_company_ids=self.company_a.ids).create(
            {
                "customer_ids": [Command.set(self.customer.ids)],
                "period": "own",
                "date_from": fields.Date.today() - timedelta(days=10),
                "date_to": fields.Date.today(),
            }
        )
        text = str(summary._get_summary_report())
        self.assertIn(complaint.name, text)
        self.assertNotIn(old.name, text)
