from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .request_common import RequestCase


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestRequestFlow(RequestCase):
    def _compose(self, request, body="Our price is 4.20."):
        action = request.action_answer()
        composer = request.env["mail.compose.message"].with_context(**action["context"])
        form = Form(composer)
        form.body = f"<p>{body}</p>"
        return form.save()

    def test_answer_by_mail(self):
        """Q1: The mail to the customer is the answer: the clock stops."""
        self.company_a.resource_calendar_id.tz = "UTC"
        with freeze_time("2026-03-02 10:00:00"):
            request = self._ask()
        with freeze_time("2026-03-02 14:00:00"):
            self._compose(request).action_send_mail()
        self.assertEqual(
            (request.state, request.answer_result), ("answered", "in_time")
        )
        # 10–12 and 13–14.
        self.assertAlmostEqual(request.answer_hours, 3.0)
        message = request.message_ids.filtered(lambda m: "4.20" in m.body)
        self.assertEqual(message.partner_ids, self.customer.partner_id)

    def test_answer_too_late(self):
        """Q1: An answer after the promised time is late, and stays so."""
        with freeze_time("2026-03-02 10:00:00"):
            request = self._ask(kind="change")
        with freeze_time("2026-03-04 10:00:00"):
            self._step(request, "answer")
            self.assertEqual(request.answer_result, "late")
            self._step(request, "reopen")
            self._step(request, "answer")
        self.assertEqual(request.answer_result, "late")
        self.assertEqual(request.time_state, "none")

    def test_note_is_no_answer(self):
        """Q1: A note among us, or a message to colleagues, stops no clock."""
        request = self._ask()
        note, text = "Ask Lena first", "Please help"
        request.message_post(body=note)
        request.message_post(
            body=text,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=self.manager.partner_id.ids,
        )
        self.assertEqual(request.state, "new")

    def test_stranger_is_answered(self):
        """Q1: A stranger's address gets a contact by the answer."""
        request = self._ask(
            customer_id=False, email_from="new@stranger.test", contact_name="Nia New"
        )
        self._compose(request).action_send_mail()
        self.assertEqual(request.state, "answered")
        message = request.message_ids.filtered(lambda m: "4.20" in m.body)
        self.assertEqual(message.partner_ids.email, "new@stranger.test")

    def test_steps(self):
        """Q1: Each step comes in its place only, and with words."""
        request = self._ask()
        with self.assertRaises(UserError):
            self._step(request, "close", result="answered")
        request.action_start()
        with self.assertRaises(UserError):
            request.action_start()
        with self.assertRaises(UserError):
            self._step(request, "answer", note=" ")
        self._step(request, "answer")
        self._step(request, "close", result="answered")
        self.assertEqual((request.state, request.result), ("closed", "answered"))
        self.assertFalse(request.is_open)
        with self.assertRaises(UserError):
            self._step(request, "drop")
        self._step(request, "reopen")
        self.assertEqual((request.state, request.result), ("working", False))

    def test_silent_needs_no_answer(self):
        """Q1: What could not be helped is closed with what came of it."""
        request = self._ask()
        request.action_start()
        self._step(request, "close", result="declined")
        self.assertEqual(request.result, "declined")

    def test_no_request(self):
        """Q1: Advertising is put away, not answered; it counts nowhere."""
        request = self._ask()
        self._step(request, "drop")
        self.assertEqual((request.state, request.result), ("dropped", "void"))

    def test_reassign(self):
        """Q1: A reassignment needs a reason; the new handler sees it, reminders go."""
        request = self._ask(customer_id=False)
        request.activity_schedule(
            "mail.mail_activity_data_todo", user_id=request.user_id.id
        )
        with self.assertRaises(UserError):
            self._step(request, "reassign", user_id=self.user_own_2.id, note="")
        self._step(request, "reassign", user_id=self.user_own_2.id, note="Her market.")
        taken = self._as(request, self.user_own_2)
        self.assertEqual(taken.user_id, self.user_own_2)
        self.assertEqual(taken.reassign_count, 1)
        self.assertIn("Her market.", taken.message_ids[0].body)
        self.assertEqual(taken.activity_ids.user_id, self.user_own_2)
        with self.assertRaises(UserError):
            self._step(taken, "reassign", user_id=self.user_b.id)
        with self.assertRaises(UserError):
            self._step(taken, "reassign", user_id=self.user_own_2.id)
