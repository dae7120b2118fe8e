from odoo.tests import tagged

from .visitor_common import PNG, VisitorCase

FORM = "/complaint/aster"
FILLED = {
    "complainant_name": "Brook Buyer",
    "email_from": "buyer@brook.example",
    "description": "Forty shirts are off colour.\nPlease call.",
    "customer_reference": "PO 4711",
    "wanted": "replacement",
}


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintForm(VisitorCase):
    def _send(self, files=None, **values):
        """Fill in the form as a browser does; returns (answer, new complaints)."""
        before = self.complaints.search([])
        data = {**self._fields(FORM), **FILLED, **values}
        data = {name: value for name, value in data.items() if value is not None}
        answer = self._post(FORM, data, files)
        self.env.invalidate_all()
        return answer, self.complaints.search([]) - before

    def test_form(self):
        """C10: A stranger fills in the form and gets the number."""
        answer, complaint = self._send(files={"attachments": ("off.png", PNG)})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(len(complaint), 1)
        self.assertEqual(complaint.channel, "form")
        self.assertEqual(complaint.company_id, self.company_a)
        self.assertEqual(complaint.subject, "Forty shirts are off colour. Please call.")
        self.assertEqual(complaint.customer_reference, "PO 4711")
        self.assertEqual(complaint.wanted, "replacement")
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertFalse(complaint.is_sender_verified)
        thanks = self.url_open(answer.headers["Location"])
        self.assertIn(complaint.name, thanks.text)
        message = complaint._get_portal_messages()[:1]
        self.assertEqual(message.attachment_ids.mapped("name"), ["off.png"])
        self.assertFalse(message.author_id)

    def test_thanks_belong_to_the_browser(self):
        """C10, 19: The thanks page tells its number to the sender's browser only."""
        answer, complaint = self._send()
        self.opener.cookies.clear()
        thanks = self.url_open(answer.headers["Location"])
        self.assertEqual(thanks.status_code, 200)
        self.assertNotIn(complaint.name, thanks.text)
        self.assertNotIn("access_token", thanks.text)

    def test_closed_form(self):
        """C10: A form that is not open, or not there, is not found."""
        self.assertEqual(self._get("/complaint/nothing").status_code, 404)
        self.channel.is_form_open = False
        self.env.flush_all()
        self.assertEqual(self._get(FORM).status_code, 404)

    def test_extra_keys(self):
        """14: What the form does not ask for is ignored."""
        _answer, complaint = self._send(
            state="closed",
            severity="critical",
            customer_id=str(self.rival.id),
            company_id=str(self.company_b.id),
            user_id=str(self.manager.id),
            is_sender_verified="1",
            channel="phone",
            order_id="1",
            name="C0000-1",
        )
        self.assertEqual(complaint.state, "received")
        self.assertEqual(complaint.severity, "major")
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertEqual(complaint.company_id, self.company_a)
        self.assertEqual(complaint.user_id, self.user_own)
        self.assertEqual(complaint.channel, "form")
        self.assertFalse(complaint.is_sender_verified)
        self.assertFalse(complaint.order_id)

    def test_missing_csrf_token(self):
        """15: Without the token: 400, and nothing is made."""
        for token in (None, "", "0" * 40 + "o9999999999"):
            answer, made = self._send(csrf_token=token)
            self.assertEqual(answer.status_code, 400)
            self.assertFalse(made)

    def test_too_many(self):
        """16: A hundred posts a minute from one source: a clear refusal."""
        self.channel.posts_per_minute = 5
        before = self.complaints.search_count([])
        answers = []
        fields = self._fields(FORM)
        for number in range(100):
            data = {**fields, **FILLED, "once": f"flood-{number}"}
            answers.append(self._post(FORM, data))
        statuses = [answer.status_code for answer in answers]
        self.assertEqual(statuses.count(303), 5)
        self.assertEqual(statuses.count(429), 95)
        self.assertIn("Too many messages", answers[-1].text)
        self.assertIn("Forty shirts are off colour.", answers[-1].text)
        self.assertEqual(self.complaints.search_count([]) - before, 5)
        # Others are not affected: the portal and mails, for example.
        self.assertEqual(len(self._deliver(Message_Id="<flood@x.example>")), 1)
        self.assertTrue(self.env["followup.complaint.post"]._take("192.0.2.9", 5))

    def test_trap(self):
        """C10: What a program fills in into the hidden field is refused."""
        answer, made = self._send(fcrm_leave_empty="https://spam.example")
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(made)
        self.assertIn("Forty shirts", answer.text)

    def test_pressed_twice(self):
        """C10: Pressing twice sends once, and both lead to the number."""
        data = {**self._fields(FORM), **FILLED}
        before = self.complaints.search_count([])
        first, second = self._post(FORM, data), self._post(FORM, data)
        self.assertEqual(self.complaints.search_count([]), before + 1)
        self.assertEqual(first.headers["Location"], second.headers["Location"])

    def test_missing_and_wrong(self):
        """C10: What is missing is named, and what was written stays."""
        for wrong in (
            {"description": ""},
            {"complainant_name": "  "},
            {"email_from": "nonsense"},
            {"email_from": ""},
            {"email_from": "a@b, c@d"},
        ):
            answer, made = self._send(**wrong)
            self.assertEqual(answer.status_code, 422, wrong)
            self.assertFalse(made)
            self.assertIn("PO 4711", answer.text)

    def test_text_stays_text(self):
        """17: What looks like code is text everywhere."""
        evil = "<script>alert(1)</script>{{7*7}}<a href='javascript:b()'>x</a>"
        answer, complaint = self._send(
            complainant_name=evil, description=evil, customer_reference=evil
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(complaint.description, evil)
        pages = [
            self._send(description="", complainant_name=evil)[0].text,
            self._get(
                f"/my/complaints/{complaint.id}?access_token={self._token(complaint)}"
            ).text,
            *complaint.message_ids.mapped("body"),
        ]
        mails = self.env["mail.mail"].search(
            [("mail_message_id", "in", complaint.message_ids.ids)]
        )
        for text in pages + mails.mapped("body_html"):
            self._assert_harmless(text)

    def test_nul(self):
        """18: NUL is removed, and that is said."""
        answer, complaint = self._send(description="Off\0colour", phone="1\0")
        self.assertEqual(complaint.description, "Offcolour")
        self.assertIn("were removed", self.url_open(answer.headers["Location"]).text)
        answer, _complaint = self._send(description="Off 👕💔")
        self.assertNotIn("were removed", self.url_open(answer.headers["Location"]).text)

    def test_long(self):
        """18: Too much is refused in plain words, and never a failure."""
        for values in (
            {"customer_reference": "x" * 1_000_000},
            {"description": "x" * 1_000_000},
            {"complainant_name": "x" * 500},
        ):
            answer, made = self._send(**values)
            self.assertEqual(answer.status_code, 422)
            self.assertIn("too long", answer.text)
            self.assertFalse(made)

    def test_huge_files(self):
        """18: Files over the limit are refused in plain words."""
        self.channel.attachment_megabytes = 1
        self.env.flush_all()
        answer, made = self._send(files={"attachments": ("big.bin", bytes(1_200_000))})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("too large", answer.text)
        self.assertFalse(made)
        many = [("attachments", (f"{n}.txt", b"x")) for n in range(11)]
        answer, made = self._send(files=many)
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(made)

    def test_odd_files(self):
        """13, 18: Names of files are harmless, pages and drawings plain text."""
        _answer, complaint = self._send(
            files=[
                ("attachments", ("../../etc/passwd", b"x")),
                ("attachments", ("evil.svg", b"<svg onload='alert(1)'/>")),
                ("attachments", ("evil.html", b"<script>alert(1)</script>")),
                ("attachments", ("empty.txt", b"")),
            ]
        )
        files = complaint.message_ids.attachment_ids
        self.assertIn("passwd", files.mapped("name"))
        kinds = {one.name: one.mimetype for one in files}
        self.assertEqual(kinds["evil.svg"], "text/plain")
        self.assertEqual(kinds["evil.html"], "text/plain")

    def test_no_oracle(self):
        """19: Known and unknown addresses get the same answer."""
        answers = []
        for number, address in enumerate(("buyer@brook.example", "no@where.example")):
            answer, complaint = self._send(email_from=address)
            thanks = self.url_open(answer.headers["Location"]).text
            thanks = thanks.replace(complaint.name, "NUMBER")
            start = thanks.index('name="thanks"')
            answers.append((answer.status_code, thanks[start : start + 1500]))
            self.assertEqual(bool(complaint.customer_id), number == 0)
            mails = self.env["mail.mail"].search(
                [("mail_message_id", "in", complaint.message_ids.ids)]
            )
            self.assertIn(complaint.name, "".join(mails.mapped("subject")))
        self.assertEqual(answers[0], answers[1])

    def test_get_makes_nothing(self):
        """10, 20: Opening the form's addresses makes nothing."""
        before = self.complaints.search_count([])
        for path in (
            FORM,
            f"{FORM}?description=x&email_from=a@b.example",
            f"{FORM}/thanks",
        ):
            self.assertEqual(self._get(path).status_code, 200)
        self.assertEqual(self.complaints.search_count([]), before)
