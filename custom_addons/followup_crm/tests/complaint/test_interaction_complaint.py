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
