import json

from markupsafe import Markup

from odoo.tests import tagged

from .visitor_common import VisitorCase

NOWHERE = 999_999_999
WRONG = "00000000-0000-0000-0000-000000000000"


@tagged("post_install", "-at_install", "followup_crm", "channel")
class TestComplaintPortalAttacks(VisitorCase):
    """Customers and strangers who want more than what is theirs."""

    def setUp(self):
        super().setUp()
        self.own = self._complain()
        self.foreign = self._complain(self.rival, subject="Rival's own affair")
        self.foreign_proposal = self._propose(self.foreign)
        self.foreign_token = self._token(self.foreign)

    def _call(self, route, **params):
        """Call a JSON route as the browser of whoever is logged in."""
        payload = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.url_open(
            route,
            data=json.dumps(payload),
            headers={"Content-Type": "application/json"},
        )
        return answer.json()

    def _call_kw(self, model, method, *args, **kwargs):
        return self._call(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model,
            method=method,
            args=list(args),
            kwargs=kwargs,
        )

    def _actions(self, complaint, proposal_id):
        path = f"/my/complaints/{complaint}"
        return (
            f"{path}/message",
            f"{path}/rate",
            f"{path}/proposal/{proposal_id}/accept",
            f"{path}/proposal/{proposal_id}/decline",
        )

    def test_foreign_number(self):
        """9: A foreign number is answered like one that does not exist."""
        self._log_in(self.portal_buyer)
        own_token = self._token(self.own)
        for token in ("", WRONG, own_token, "%00", "🙂"):
            answers = []
            for number in (self.foreign.id, NOWHERE):
                query = f"?access_token={token}" if token else ""
                answer = self._get(f"/my/complaints/{number}{query}")
                answers.append(
                    (answer.status_code, answer.text.replace(str(number), ""))
                )
                self.assertNotIn("Rival", answer.text)
            self.assertEqual(answers[0][0], 404)
            self.assertEqual(len(answers[0][1]), len(answers[1][1]))

    def test_foreign_number_of_a_stranger(self):
        """9: Who is not logged in is asked to, for whatever number, or refused."""
        for number in (self.own.id, NOWHERE):
            path = f"/my/complaints/{number}"
            answer = self._get(path)
            self.assertEqual(answer.status_code, 303)
            self.assertEqual(self._target(answer), "/web/login")
            self.assertEqual(self._get(f"{path}?access_token={WRONG}").status_code, 404)
            self.assertEqual(self._get(f"{path}?access_token=").status_code, 303)

    def test_get_changes_nothing(self):
        """10, 20: No address that acts can be opened, and none changes anything."""
        self._log_in(self.portal_rival)
        before = self.foreign.read(["state", "write_date", "message_ids"])
        posts = self.env["followup.complaint.post"].sudo().search_count([])
        for path in self._actions(self.foreign.id, self.foreign_proposal.id):
            self.assertIn(self._get(path).status_code, (404, 405), path)
        for path in (
            "/my/complaints",
            "/my/complaints/new?subject=x&description=y",
            f"/my/complaints/{self.foreign.id}?done=agreed&message=x&rating=5",
        ):
            self.assertEqual(self._get(path).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(
            self.foreign.read(["state", "write_date", "message_ids"]), before
        )
        self.assertEqual(self.foreign_proposal.state, "offered")
        after = self.env["followup.complaint.post"].sudo().search_count([])
        self.assertEqual(after, posts)

    def test_foreign_posts(self):
        """9, 11: Writing, answering, rating with another's token: refused."""
        self.foreign.state = "proposed"
        self._log_in(self.portal_buyer)
        own_token = self._token(self.own)
        messages = len(self.foreign.message_ids)
        data = {"csrf_token": self._csrf(), "message": "x", "rating": "5"}
        for token in (None, own_token, WRONG):
            sent = {**data, "access_token": token} if token else data
            for number in (self.foreign.id, NOWHERE):
                for path in self._actions(number, self.foreign_proposal.id):
                    self.assertEqual(self._post(path, sent).status_code, 404, path)
        self.env.invalidate_all()
        self.assertEqual(len(self.foreign.message_ids), messages)
        self.assertEqual(self.foreign_proposal.state, "offered")

    def test_foreign_proposal_on_an_own_complaint(self):
        """9, 11: Another's proposal cannot be answered through one's own complaint."""
        self._log_in(self.portal_buyer)
        path = (
            f"/my/complaints/{self.own.id}/proposal/{self.foreign_proposal.id}/accept"
        )
        answer = self._post(path, {"csrf_token": self._csrf()})
        self.assertEqual(answer.status_code, 404)
        self.env.invalidate_all()
        self.assertEqual(self.foreign_proposal.state, "offered")

    def test_draft_proposal(self):
        """12: What was not offered can neither be seen nor accepted."""
        draft = (
            self.env["followup.complaint.proposal"]
            .sudo()
            .create({"complaint_id": self.own.id, "name": "SECRET draft"})
        )
        self._log_in(self.portal_buyer)
        path = f"/my/complaints/{self.own.id}"
        self.assertNotIn("SECRET", self._get(path).text)
        answer = self._post(
            f"{path}/proposal/{draft.id}/accept", {"csrf_token": self._csrf()}
        )
        self.assertEqual(answer.status_code, 404)

    def test_missing_csrf_token(self):
        """15: Without the token nothing is taken."""
        self._log_in(self.portal_rival)
        paths = self._actions(self.foreign.id, self.foreign_proposal.id)
        for path in (*paths, "/my/complaints/new"):
            answer = self._post(path, {"message": "x", "rating": "5"})
            self.assertEqual(answer.status_code, 400, path)
        self.env.invalidate_all()
        self.assertEqual(self.foreign_proposal.state, "offered")

    def test_too_many(self):
        """16: Messages on the portal have a limit, too."""
        self.channel.posts_per_minute = 3
        self.env.flush_all()
        self._log_in(self.portal_buyer)
        data = {"csrf_token": self._csrf(), "message": "x"}
        path = f"/my/complaints/{self.own.id}/message"
        statuses = [self._post(path, data).status_code for _number in range(6)]
        self.assertEqual(statuses, [303] * 3 + [429] * 3)

    def test_chatter_of_others(self):
        """11, 12: Odoo's own routes of messages are closed to strangers, too."""
        posted = {
            "thread_model": "followup.complaint",
            "thread_id": self.foreign.id,
            "post_data": {"body": "x", "message_type": "comment"},
        }
        self._log_in(self.portal_buyer)
        messages = len(self.foreign.message_ids)
        for token in (None, WRONG, self._token(self.own)):
            params = {**posted, "token": token} if token else posted
            self.assertIn("error", self._call("/mail/message/post", **params))
        self.env.invalidate_all()
        self.assertEqual(len(self.foreign.message_ids), messages)

    def _note_secrets(self):
        """A note, a change and a file that are none of the customer's business."""
        file = {"name": "secret.txt", "raw": b"SECRET file"}
        note = self.own.message_post(
            body=Markup("SECRET note"),
            subtype_xmlid="mail.mt_note",
            attachments=[(file["name"], file["raw"])],
        )
        self.own.with_context(tracking_disable=False).write({"findings": "SECRET two"})
        loose = self.env["ir.attachment"].create(
            {**file, "res_model": self.own._name, "res_id": self.own.id}
        )
        self.env.flush_all()
        return note.attachment_ids, loose

    def test_notes_stay_inside(self):
        """12: Notes, tracking and their files never reach the customer."""
        files = self._note_secrets()
        self._log_in(self.portal_buyer)
        path = f"/my/complaints/{self.own.id}"
        self.assertNotIn("SECRET", self._get(path).text)
        for attachment in files:
            for target in (
                f"{path}/attachment/{attachment.id}",
                f"/web/content/{attachment.id}",
                f"/web/image/{attachment.id}",
            ):
                answer = self._get(target)
                self.assertNotIn(b"SECRET", answer.content, target)
            read = self._call_kw("ir.attachment", "read", [attachment.id], ["raw"])
            self.assertIn("error", read)
        fetched = self._call(
            "/mail/chatter_fetch",
            thread_model=self.own._name,
            thread_id=self.own.id,
            token=self._token(self.own),
        )
        self.assertNotIn("SECRET", json.dumps(fetched))
        found = self._call_kw(
            "mail.message",
            "search_read",
            [["model", "=", self.own._name], ["res_id", "=", self.own.id]],
            ["body"],
        )
        self.assertNotIn("SECRET", json.dumps(found))

    def test_no_internal_field(self):
        """12: By no way of the API does a customer read an internal field."""
        self._propose(self.own)
        self._log_in(self.portal_buyer)
        number = self.own.id
        for fields in (["findings"], ["instruction"], ["containment"], ["user_id"]):
            read = self._call_kw("followup.complaint", "read", [number], fields)
            self.assertIn("error", read, fields)
            self.assertNotIn("SECRET", json.dumps(read))
        for domain in ([["findings", "like", "SECRET"]], [["severity", "=", "major"]]):
            found = self._call_kw("followup.complaint", "search", domain)
            self.assertIn("error", found, domain)
        everything = self._call_kw("followup.complaint", "read", [number])
        self.assertNotIn("SECRET", json.dumps(everything))
        cost = self._call_kw(
            "followup.complaint.proposal", "search_read", [], ["name", "cost"]
        )
        self.assertNotIn("4321.", json.dumps(cost))
        for values in ({"subject": "x"}, {"state": "closed"}, {"customer_rating": "5"}):
            written = self._call_kw("followup.complaint", "write", [number], values)
            self.assertIn("error", written)
        made = self._call_kw("followup.complaint", "create", [{"subject": "x"}])
        self.assertIn("error", made)

    def test_foreign_by_api(self):
        """9, 12: By the API another's complaint is not there."""
        self._log_in(self.portal_buyer)
        read = self._call_kw(
            "followup.complaint", "read", [self.foreign.id], ["subject"]
        )
        self.assertIn("error", read)
        found = self._call_kw("followup.complaint", "search_read", [], ["subject"])
        self.assertNotIn("Rival", json.dumps(found))
        proposals = self._call_kw(
            "followup.complaint.proposal", "search_read", [], ["name"]
        )
        ids = [one["id"] for one in proposals.get("result", [])]
        self.assertNotIn(self.foreign_proposal.id, ids)

    def test_foreign_attachment(self):
        """13: Files of others: not found, whatever number or token is tried."""
        message = self.foreign._post_from_visitor("x", [("a.txt", b"SECRET")])
        file = message.attachment_ids
        self.env.flush_all()
        self._log_in(self.portal_buyer)
        for target in (
            f"/my/complaints/{self.own.id}/attachment/{file.id}",
            f"/my/complaints/{self.foreign.id}/attachment/{file.id}",
            f"/my/complaints/{self.own.id}/attachment/{NOWHERE}",
            f"/my/complaints/{self.foreign.id}/attachment/{file.id}?access_token={WRONG}",
            f"/web/content/{file.id}",
        ):
            answer = self._get(target)
            self.assertEqual(answer.status_code, 404, target)
            self.assertNotIn(b"SECRET", answer.content)

    def test_files_that_act(self):
        """13: A drawing or page that was uploaded is served as plain text."""
        script = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
        page = b"<html><script>alert(1)</script></html>"
        self._log_in(self.portal_buyer)
        path = f"/my/complaints/{self.own.id}"
        for name, content in (("a.svg", script), ("a.html", page), ("a.png", page)):
            self._post(
                f"{path}/message",
                {"csrf_token": self._csrf(), "message": name},
                {"attachments": (name, content)},
            )
        self.env.invalidate_all()
        files = self.own._get_portal_attachments()
        self.assertEqual(len(files), 3)
        for file in files:
            answer = self._get(f"{path}/attachment/{file.id}")
            self.assertEqual(answer.status_code, 200, file.name)
            kind = answer.headers["Content-Type"].partition(";")[0]
            # A page that calls itself a picture stays one: browsers do not look inside.
            inert = ("text/plain", "application/octet-stream", "image/png")
            self.assertIn(kind, inert)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            # Odoo's own route, with the key that it gives out for each file.
            key = file.generate_access_token()[0]
            self.env.flush_all()
            answer = self._get(f"/web/content/{file.id}?access_token={key}")
            self.assertEqual(answer.status_code, 200, file.name)
            self.assertIn(answer.headers["Content-Type"].partition(";")[0], inert)
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(self._get(f"/web/content/{file.id}").status_code, 404)

    def test_text_stays_text(self):
        """17: What a customer writes is text on the page and in our chatter."""
        evil = "<script>alert(1)</script>{{7*7}}<img src=x onerror=alert(1)>"
        self._log_in(self.portal_buyer)
        path = f"/my/complaints/{self.own.id}"
        data = {"csrf_token": self._csrf(), "message": evil}
        self._post(f"{path}/message", data)
        self.own.description = evil
        self.own.subject = evil
        self.env.flush_all()
        page = self._get(path).text
        self._assert_harmless(page)
        self.assertIn("{{7*7}}", page)

    def test_nul_and_length(self):
        """18: NUL and too much text are no failure."""
        self._log_in(self.portal_buyer)
        path = f"/my/complaints/{self.own.id}/message"
        data = {"csrf_token": self._csrf(), "message": "Off\0colour 👕"}
        self.assertEqual(self._post(path, data).status_code, 303)
        self.env.invalidate_all()
        self.assertIn("Offcolour 👕", self.own._get_portal_messages().body)
        long = {**data, "message": "x" * 1_000_000}
        self.assertEqual(self._post(path, long).status_code, 422)
        for odd in ("1e9", "-1", "0", "99999999999999999999", "x"):
            answer = self._get(f"/my/complaints/{odd}")
            self.assertIn(answer.status_code, (303, 404), odd)
