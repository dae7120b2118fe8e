from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestComplaintAdvice(ComplaintCase):
    """C2, C16: Severity by rules, advice, compensation table, fast track."""

    def _order(self, quantity):
        return self.env["sale.order"].create(
            {
                "partner_id": self.customer.partner_id.id,
                "company_id": self.company_a.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": quantity,
                            "price_unit": 10,
                        }
                    )
                ],
            }
        )

    def test_severity_by_rules(self):
        """C2: Safety is critical, half of an order, too; else the category says."""
        order = self._order(100)
        complaint = self._complain(category_id=self.category.id)
        self.assertEqual(complaint.severity_proposed, "major")
        packing = self.env.ref("followup_crm.complaint_category_packing")
        complaint.category_id = packing
        self.assertEqual(complaint.severity_proposed, "minor")
        complaint.write(
            {"order_id": order.id, "product_id": self.product.id, "quantity": 9}
        )
        self.assertEqual(complaint.severity_proposed, "minor")
        complaint.quantity = 10
        self.assertEqual(complaint.severity_proposed, "major")
        complaint.quantity = 50
        self.assertEqual(complaint.severity_proposed, "critical")
        complaint.quantity = 0
        complaint.category_id = self.env.ref("followup_crm.complaint_category_safety")
        self.assertEqual(complaint.severity_proposed, "critical")
        complaint.action_apply_severity()
        self.assertEqual(complaint.severity, "critical")

    def test_words_of_alarm(self):
        """C2: A word of alarm in the text makes it critical."""
        complaint = self._complain(description="We have to RECALL the goods")
        self.assertEqual(complaint.severity_proposed, "critical")

    def test_advice_of_the_step(self):
        """C16: Each step has its advice."""
        complaint = self._complain()
        self.assertIn("Let the customer finish", complaint.advice)
        complaint.action_acknowledge()
        self.assertIn("Ask for pictures", complaint.advice)

    def test_table_limits_concessions(self):
        """C16: More than the table needs a manager."""
        complaint = self._judged(order_id=self._order(100).id)
        self._as(complaint, self.manager).action_direct()
        complaint.proposal_ids = [
            Command.create({"name": "Discount", "kind": "discount", "cost": 101})
        ]
        # The table: at most 10 % of 1,000.
        with self.assertRaises(UserError) as caught:
            complaint.action_propose()
        self.assertIn("costs more than the table", str(caught.exception))
        approval = complaint._ask_approval("concession", "Best customer")
        self._as(approval, self.manager).action_approve()
        complaint.action_propose()
        self.assertEqual(complaint.state, "proposed")

    def test_within_the_table(self):
        """C16: What the table allows needs nobody."""
        complaint = self._judged(order_id=self._order(100).id)
        self._as(complaint, self.manager).action_direct()
        complaint.proposal_ids = [
            Command.create({"name": "Discount", "kind": "discount", "cost": 100})
        ]
        complaint.action_propose()
        self.assertEqual(complaint.state, "proposed")

    def _settle_wizard(self, complaint):
        wizards = self.env["followup.complaint.settle"].with_user(self.user_own)
        return wizards.with_context(allowed_company_ids=self.company_a.ids).create(
            {"complaint_id": complaint.id}
        )

    @freeze_time("2026-03-02 09:00:00")
    def test_fast_track(self):
        """C16: Settle at once, confirm: done, with every step on record."""
        category = self.env.ref("followup_crm.complaint_category_attitude")
        complaint = self._complain(severity="minor", category_id=category.id)
        action = complaint.action_settle()
        self.assertEqual(action["res_model"], "followup.complaint.settle")
        wizard = self._settle_wizard(complaint)
        self.assertEqual(
            wizard.compensation_id,
            self.env.ref("followup_crm.complaint_compensation_apology"),
        )
        wizard.action_settle()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.outcome, "agreed")
        self.assertEqual(complaint.proposal_ids.state, "agreed")
        for name in ("acknowledged_date", "proposed_date", "told_date", "closed_date"):
            self.assertTrue(complaint[name], name)
        self.assertIn("We apologise", complaint.result_text)
        self.assertTrue(complaint.revisit_date)

    def test_no_fast_track_for_grave_ones(self):
        """C16: Major complaints take the usual way."""
        with self.assertRaises(UserError):
            self._complain(severity="major").action_settle()

    def test_no_fast_track_for_recurrences(self):
        """C12: A minor complaint that recurs needs a corrective action."""
        vals = {
            "severity": "minor",
            "category_id": self.category.id,
            "product_id": self.product.id,
            "cause_id": self.cause.id,
        }
        self._complain(received_date="2026-02-01 09:00:00", **vals)
        second = self._complain(received_date="2026-03-01 09:00:00", **vals)
        self.assertEqual(second.recurrence_count, 1)
        with self.assertRaises(UserError):
            self._settle_wizard(second).action_settle()
        self.assertEqual(second.state, "received")

    def test_fast_track_keeps_to_the_table(self):
        """C16: The fast track does not concede more than the table, either."""
        packing = self.env.ref("followup_crm.complaint_category_packing")
        complaint = self._complain(
            severity="minor", category_id=packing.id, order_id=self._order(100).id
        )
        wizard = self._settle_wizard(complaint)
        wizard.cost = 21  # the table: 2 % of 1,000
        with self.assertRaises(UserError):
            wizard.action_settle()
        wizard.cost = 20
        wizard.action_settle()
        self.assertEqual(complaint.state, "closed")
