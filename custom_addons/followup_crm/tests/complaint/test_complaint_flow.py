from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.complaint.states import STATES, TRANSITIONS
from .complaint_common import ComplaintCase


@tagged("post_install", "-at_install", "complaint")
class TestComplaintFlow(ComplaintCase):
    """C4–C8: Investigated, directed, proposed, agreed, told, closed, revisited."""

    def _reason(self, complaint, step, reason="Because", user=None, **vals):
        wizard = self.env["followup.complaint.reason"].with_user(user or self.user_own)
        wizard = wizard.with_context(allowed_company_ids=self.company_a.ids)
        wizard.create(
            {"complaint_id": complaint.id, "step": step, "reason": reason, **vals}
        ).action_apply()

    def _refuse(self, complaint, wanted, method, user=None):
        with self.assertRaises(UserError) as caught:
            getattr(self._as(complaint, user or self.user_own), method)()
        self.assertIn(wanted, str(caught.exception))

    def test_machine_is_whole(self):
        """C9: Every state is reached and, but for none, left by some verb."""
        names = {state for state, _label in STATES}
        targets = {target for _sources, target in TRANSITIONS.values()}
        sources = {one for group, _target in TRANSITIONS.values() for one in group}
        self.assertEqual(targets | {"received"}, names)
        self.assertEqual(sources, names)

    def test_straight_way(self):
        """C4, C5: Investigated and directed; each step says what is missing."""
        complaint = self._complain()
        self._refuse(complaint, "does not come here", "action_investigate")
        complaint.action_acknowledge()
        self._refuse(complaint, "Judge it", "action_investigate")
        complaint.category_id = self.category
        complaint.action_investigate()
        self._refuse(
            complaint, "Write down what was found", "action_direct", self.manager
        )
        complaint.write(
            {
                "findings": "Two dye lots were mixed",
                "cause_id": self.cause.id,
                "responsible_kind": "supplier",
            }
        )
        self._refuse(complaint, "Write the instruction", "action_direct", self.manager)
        complaint.instruction = "Replace or 15 % off"
        self._refuse(complaint, "Only a manager", "action_direct")
        self._refuse(complaint, "does not come here", "action_remedy")
        self._as(complaint, self.manager).action_direct()
        self.assertEqual(complaint.directed_by_id, self.manager)
        self._refuse(complaint, "at least one proposal", "action_propose")

    def test_straight_way_to_the_end(self):
        """C6, C7: Agreed, delivered, told, and decided what changes."""
        complaint = self._judged()
        self._as(complaint, self.manager).action_direct()
        complaint.proposal_ids = [
            Command.create({"name": "Replace 120 pieces", "cost": 900}),
            Command.create({"name": "15 % off", "kind": "discount", "cost": 700}),
        ]
        complaint.action_propose()
        self.assertEqual(set(complaint.proposal_ids.mapped("state")), {"offered"})
        replace, discount = complaint.proposal_ids
        discount.action_agree()
        self.assertEqual(complaint.state, "agreed")
        self.assertEqual(replace.state, "withdrawn")
        self.assertEqual(discount.answered_via, "recorded")
        complaint.action_remedy()
        self._refuse(complaint, "Tell the customer", "action_close")
        self._refuse(complaint, "Write the result", "action_tell")
        complaint.result_text = "You get 15 % off; the factory now sorts dye lots."
        complaint.action_tell()
        self._refuse(complaint, "corrected for good", "action_close")
        complaint.action_capa_needed()
        self._refuse(complaint, "corrective action", "action_close")
        complaint.action_ids = [Command.create({"name": "Sort dye lots"})]
        complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.outcome, "agreed")
        self.assertFalse(complaint.is_open)
        self.assertEqual(complaint.planned_cost, 700)

    def test_only_one_is_agreed(self):
        """C6: Of several proposals one is agreed; the others cannot be any more."""
        complaint = self._judged()
        self._as(complaint, self.manager).action_direct()
        complaint.proposal_ids = [
            Command.create({"name": "A"}),
            Command.create({"name": "B"}),
        ]
        complaint.action_propose()
        first, second = complaint.proposal_ids
        first.action_agree()
        with self.assertRaises(UserError):
            second.action_agree()

    def test_declined_then_another(self):
        """C6: A declined offer stays on record, a new one is offered."""
        complaint = self._proposed()
        first = complaint.proposal_ids
        first.action_decline()
        self.assertEqual(complaint.state, "proposed")
        complaint.proposal_ids = [Command.create({"name": "20 % off"})]
        complaint.action_propose()
        second = complaint.proposal_ids - first
        second.action_agree()
        self.assertEqual(complaint._get_agreed_proposal(), second)
        with self.assertRaises(UserError):
            first.unlink()

    def test_offered_is_fixed(self):
        """C6: What the customer knows is not changed behind its back."""
        complaint = self._proposed()
        with self.assertRaises(UserError):
            complaint.proposal_ids.name = "Less"
        with self.assertRaises(AccessError):
            complaint.proposal_ids.state = "agreed"
        with self.assertRaises(AccessError):
            complaint.proposal_ids = [Command.create({"name": "x", "state": "agreed"})]

    def test_refusal_needs_approval(self):
        """C6: A refusal has a reason and a manager's approval."""
        complaint = self._judged()
        with self.assertRaises(UserError):
            self._reason(complaint, "refuse", " ")
        self._reason(complaint, "refuse", "Wear and tear after two years")
        self.assertEqual(complaint.state, "investigating")
        approval = complaint.approval_ids
        with self.assertRaises(AccessError):
            approval.action_approve()
        self._as(approval, self.manager).action_approve()
        self.assertEqual(complaint.state, "refused")
        self.assertEqual(complaint.refusal_reason, "Wear and tear after two years")
        complaint.result_text = "We are sorry"
        complaint.action_tell()
        complaint.action_capa_not_needed()
        complaint.action_close()
        self.assertEqual(complaint.outcome, "refused")

    def test_rejected_refusal(self):
        """C6: A manager who says no leaves the complaint open."""
        complaint = self._judged()
        self._reason(complaint, "refuse", "No mood")
        self._as(complaint.approval_ids, self.manager).action_reject()
        self.assertEqual(complaint.state, "investigating")

    def test_malicious_needs_approval(self):
        """C2: Malicious only with reason and approval."""
        complaint = self._judged()
        self._reason(complaint, "nature", "Third threat", nature="extortion")
        self.assertEqual(complaint.nature, "genuine")
        self._as(complaint.approval_ids, self.manager).action_approve()
        self.assertEqual(complaint.nature, "extortion")

    def test_waiting_approval_blocks(self):
        """C2: Nothing is offered while a manager's decision is awaited."""
        complaint = self._judged()
        self._as(complaint, self.manager).action_direct()
        complaint.proposal_ids = [Command.create({"name": "A"})]
        self._reason(complaint, "nature", "Threat", nature="extortion")
        self._refuse(complaint, "A manager decides", "action_propose")

    def test_silence(self):
        """C7: No answer: a reminder, a call, a week; then closed as no reply."""
        with freeze_time("2026-03-02 09:00:00"):
            complaint = self._proposed()
            self._refuse(complaint, "Remind", "action_close")
            with self.assertRaises(UserError):
                complaint.action_log_call()
            complaint.action_remind()
            self._refuse(complaint, "Call", "action_close")
            complaint.action_log_call()
            complaint.result_text = "Our offer stands until the end of June."
            complaint.action_tell()
            complaint.action_capa_not_needed()
        with freeze_time("2026-03-09 08:59:00"):
            self._refuse(complaint, "Wait for an answer", "action_close")
        with freeze_time("2026-03-09 09:00:00"):
            complaint.action_close()
        self.assertEqual(complaint.outcome, "no_reply")
        self.assertEqual(complaint.proposal_ids.state, "offered", "Never accepted.")

    def test_revisit(self):
        """C8: A week after closing the customer is asked again."""
        with freeze_time("2026-03-02 09:00:00"):
            complaint = self._closed()
        self.assertEqual(str(complaint.revisit_date), "2026-03-09")
        revisit = self.env["followup.interaction"].search(
            [("customer_id", "=", complaint.customer_id.id), ("kind", "=", "revisit")]
        )
        self.assertEqual(str(revisit.date), "2026-03-09")
        self.assertEqual(revisit.user_id, self.user_own)
        self.assertIn(complaint.name, revisit.purpose)
        with freeze_time("2026-03-09 09:00:00"):
            complaint.action_satisfied()
        self.assertEqual(complaint.revisit_result, "satisfied")
        self.assertEqual(revisit.state, "done")
        self.assertTrue(revisit.content)

    def test_not_satisfied_reopens(self):
        """C8: A "no" reopens it, and everything that follows is anew."""
        with freeze_time("2026-03-02 09:00:00"):
            complaint = self._closed()
        first = complaint.proposal_ids
        with freeze_time("2026-03-09 09:00:00"):
            self._reason(complaint, "dissatisfied", "The new ones are off colour, too")
            self.assertEqual(complaint.state, "reopened")
            self.assertEqual(complaint.reopen_count, 1)
            self.assertGreater(
                str(complaint.propose_deadline), "2026-03-09", "Clocks run anew."
            )
            self.assertFalse(complaint._get_agreed_proposal())
            self._refuse(complaint, "does not come here", "action_close")
            self.assertEqual(first.state, "agreed", "The past stays.")
            complaint.action_investigate()
            self._as(complaint, self.manager).action_direct()
            complaint.proposal_ids = [Command.create({"name": "Money back"})]
            complaint.action_propose()
            (complaint.proposal_ids - first).action_agree()
        self.assertEqual(complaint.state, "agreed")

    def test_letters_in_the_customers_language(self):
        """C3: The customer gets the number at once, in its own language."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["followup_crm"], ["zh_CN"])
        self.customer.partner_id.lang = "zh_CN"
        complaint = self._complain()
        complaint.action_acknowledge()
        message = complaint.sudo().message_ids.filtered("partner_ids")[:1]
        self.assertEqual(message.partner_ids, self.customer.partner_id)
        self.assertIn(complaint.name, message.body)
        self.assertNotIn("Thank you", message.body)

    def test_stranger_gets_the_number(self):
        """C3: A stranger with an address gets the number, too."""
        complaint = self._complain(customer_id=False, email_from="ann@else.test")
        complaint.action_acknowledge()
        message = complaint.sudo().message_ids[:1]
        self.assertEqual(message.outgoing_email_to, "ann@else.test")
        nameless = self._complain(customer_id=False)
        nameless.action_acknowledge()
        self.assertEqual(nameless.state, "acknowledged")

    def test_text_stays_text(self):
        """C7: What customers wrote never becomes markup or code in our letters."""
        complaint = self._complain(subject="<script>alert(1)</script> {{ 7*7 }}")
        complaint.action_acknowledge()
        message = complaint.sudo().message_ids[:1]
        self.assertNotIn("<script>", message.body)
        self.assertNotIn("</script> 49", message.subject)
        self.assertIn("{{ 7*7 }}", message.subject)
