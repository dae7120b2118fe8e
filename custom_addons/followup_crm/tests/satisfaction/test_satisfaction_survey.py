import json

from odoo.tests import HttpCase, tagged

from .satisfaction_common import HAPPY, SatisfactionCase

JSON = {"Content-Type": "application/json"}


@tagged("post_install", "-at_install", "satisfaction")
class TestSatisfactionSurvey(SatisfactionCase, HttpCase):
    """Attacks 20 and 21: The page that customers answer on, against machines."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        one = self._send()
        self.invitation = self._invitation(self.customer, one).sudo()
        self.answer = self.invitation.input_id
        self.page = f"/survey/{self.survey.sudo().access_token}"
        self.start = self.answer.get_start_url()

    def _post(self, verb, token=None, **params):
        url = f"/survey/{verb}/{self.survey.sudo().access_token}"
        url += f"/{token or self.answer.access_token}"
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(url, data=body, headers=JSON).json()

    def _fill(self, marks):
        """Answer page by page, as the browser does.

        :return: the last page's answer
        """
        self._post("begin", lang_code="en_US")
        for page in self.survey.sudo().page_ids:
            vals = {
                str(question.id): str(marks[name])
                for question in page.question_ids
                if (name := self._name_of(question)) in marks
            }
            result = self._post("submit", page_id=page.id, **vals)["result"]
            if "error" in result[1]:
                return result[1]
        return result[1]

    def _name_of(self, question):
        name = question.get_external_id()[question.id]
        return name.removeprefix("followup_crm.survey_satisfaction_")

    def _state(self):
        self.env.invalidate_all()
        answers = (
            self.env["survey.user_input"]
            .sudo()
            .search_count([("survey_id", "=", self.survey.id)])
        )
        lines = len(self.answer.user_input_line_ids)
        return self.answer.state, self.invitation.state, answers, lines

    def test_scanner(self):
        """G2, attack 20: A scanner opens every link, by GET and HEAD: no answer."""
        before = self._state()
        self.assertEqual(before, ("new", "sent", 1, 0))
        token = self.answer.access_token
        links = (
            self.start,
            f"{self.page}/{token}",
            self.start.replace("start", "print"),
            f"/survey/retry{self.page[7:]}/{token}",
            f"/survey/begin{self.page[7:]}/{token}",
            f"/survey/submit{self.page[7:]}/{token}",
        )
        for link in links:
            for method in ("GET", "HEAD"):
                reply = self.url_open(link, method=method)
                self.assertLess(reply.status_code, 500, link)
                self.assertEqual(self._state(), before, (method, link))
        self.assertEqual(self.url_open(self.start).status_code, 200)

    def test_customer_answers(self):
        """G1, G2: The customer answers over the page, and it counts; once."""
        self._fill({**HAPPY, "why": "<script>alert(1)</script>"})
        self.assertEqual(self._state()[:2], ("done", "answered"))
        response = self.env["followup.satisfaction.response"].search(
            [("invitation_id", "=", self.invitation.id)]
        )
        self.assertAlmostEqual(response.index, 82)
        self.assertEqual(response.comment, "<script>alert(1)</script>")
        again = self._post("submit", page_id=self.survey.sudo().page_ids[0].id)
        self.assertEqual(again["result"][1], {"error": "unauthorized"})

    def test_guessed_tokens(self):
        """Attack 21: A guessed link does not exist, whichever half was guessed."""
        survey, token = self.survey.sudo().access_token, self.answer.access_token
        wrong = "0" * 8 + token[8:]
        for url in (
            f"/survey/start/{survey}?answer_token={wrong}",
            f"/survey/start/{survey}",
            f"/survey/start/{wrong}?answer_token={token}",
            f"/survey/start/{wrong}",
            f"/survey/{survey}/{wrong}",
            f"/survey/{wrong}/{token}",
            f"/survey/print/{survey}?answer_token={wrong}",
            f"/survey/retry/{survey}/{token}",
        ):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        reply = self._post("begin", token=wrong)["result"]
        self.assertEqual(reply[1], {"error": "token_wrong"})

    def test_marks_outside_the_scale(self):
        """Attack 21: 11, -1, text, lists and foreign questions are refused."""
        for bad in ("11", "-1", "99", "1.5", "abc", "٣", ["5"], {"comment": "5"}):
            with self.subTest(bad=bad):
                self.answer.write({"state": "new"})
                reply = self._fill({**HAPPY, "score_quality": bad})
                is_list = isinstance(bad, list | dict)
                if not is_list or "error" in reply:
                    self.assertEqual(reply["error"], "validation")
                marks = self.answer.user_input_line_ids.filtered(
                    lambda line: self._name_of(line.question_id) == "score_quality"
                )
                for line in marks.filtered(lambda one: not one.skipped):
                    self.assertIn(line.value_scale, range(11))
                self.answer.user_input_line_ids.unlink()

    def test_after_the_end(self):
        """G2: After the last day the link says so, and takes no answer."""
        self.answer.deadline = "2020-01-01"
        self.assertEqual(self._fill(HAPPY), {"error": "answer_deadline"})
        self.assertEqual(self._state()[0], "new")
