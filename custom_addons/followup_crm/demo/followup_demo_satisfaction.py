from datetime import timedelta
from random import Random

from odoo import api, fields, models

from .satisfaction_story import DONE, HEARD, LAST_YEAR, THIS_YEAR, USUAL_DONE

SURVEY = "survey_satisfaction"
SCORES = "quality price delivery service complaints communication".split()
# How important things are to customers of this trade, and what they expect.
IMPORTANT = {
    "quality": 9,
    "price": 8,
    "delivery": 10,
    "service": 7,
    "complaints": 8,
    "communication": 9,
}
# Days since the two rounds began.
PAST_DAYS = 380
RUNNING_DAYS = 9


class Demo(models.AbstractModel):
    """Two survey rounds: one that is closed, and one that is running."""

    _inherit = "followup.demo"

    @api.model
    def _load_satisfaction(self):
        """Ask and answer as in the story; a second call does nothing."""
        rounds = self.env["followup.satisfaction.round"]
        if rounds.search_count([], limit=1):
            return
        demo = self.with_context(
            tracking_disable=True, mail_activity_quick_update=True, mail_notrack=True
        ).with_company(self.env.ref("base.main_company"))
        past = demo._load_round(
            demo.env._("Satisfaction last year"), PAST_DAYS, LAST_YEAR, share=0.6
        )
        demo._finish_past(past)
        demo._load_round(
            demo.env._("Satisfaction this year"), RUNNING_DAYS, THIS_YEAR, share=0.25
        )
        demo._load_heard()
        demo._drop_messages(rounds.search([("company_id", "=", demo.env.company.id)]))

    @api.model
    def _load_round(self, name, days, words, share):
        """A round that began so many days ago; a share of those asked has answered."""
        now, today = fields.Datetime.now(), fields.Date.context_today(self)
        begun = now - timedelta(days=days)
        one = self.env["followup.satisfaction.round"].create(
            {
                "name": name,
                "user_id": self._ref("user_grace").id,
                "date_end": today + timedelta(days=30 - days),
            }
        )
        one._choose()
        chosen = one.invitation_ids.filtered(lambda i: i.state == "proposed")
        chosen._make_inputs()
        chosen.write({"state": "sent", "sent_date": begun, "due_date": begun})
        one.write({"state": "running", "started_on": today - timedelta(days=days)})
        names = {
            customer: name
            for name, customer in self._get_customers().items()
            if customer in chosen.customer_id
        }
        answers = []
        for invitation in chosen:
            key = names.get(invitation.customer_id, "")
            rng = Random(f"survey {key} {days}")
            if key in words or rng.random() < share:
                marks = {**self._get_marks(key, rng), **words.get(key, {})}
                done = begun + timedelta(hours=rng.randint(2, 24 * min(days, 12)))
                answers.append((invitation.input_id, marks, done))
        self._answer(answers)
        return one

    @api.model
    def _get_marks(self, key, rng):
        """The usual marks of a customer: better in most things than in price."""
        mood = Random(f"mood {key}").choice((7, 8, 8, 8, 9, 9))
        marks = {
            f"score_{name}": min(10, max(0, mood + rng.randint(-1, 1)))
            for name in SCORES
        }
        marks["score_price"] = max(marks["score_price"] - 1, 0)
        marks["score_overall"] = mood
        marks["nps"] = min(10, mood + rng.randint(0, 1))
        for name, mark in IMPORTANT.items():
            marks[f"importance_{name}"] = min(10, mark + rng.randint(-1, 1))
            marks[f"expectation_{name}"] = min(10, 9 + rng.randint(-1, 1))
        return marks

    @api.model
    def _answer(self, answers):
        """Finish questionnaires: (answer, marks, when)."""
        vals_list, inputs = [], self.env["survey.user_input"]
        for answer, marks, done in answers:
            inputs |= answer
            for name, value in marks.items():
                question = self._ref(f"{SURVEY}_{name}")
                vals_list.append(
                    answer._get_line_answer_values(
                        question, str(value), question.question_type
                    )
                )
            answer.write(
                {
                    "state": "done",
                    "start_datetime": done - timedelta(minutes=4),
                    "end_datetime": done,
                }
            )
        self.env["survey.user_input.line"].create(vals_list)
        return self.env["followup.satisfaction.response"]._make_from(inputs)

    @api.model
    def _finish_past(self, one):
        """What was low was dealt with within days; then the round was closed."""
        names = {customer: name for name, customer in self._get_customers().items()}
        for action in one.response_ids.action_ids:
            response = action.satisfaction_response_id
            key = names.get(response.customer_id)
            result, seen = DONE.get(key, USUAL_DONE)
            day = response.date + timedelta(days=2)
            action.write({"result": result, "verification": seen})
            action.write(
                {
                    "date_deadline": day,
                    "done_date": day,
                    "state": "verified" if response.is_low else "done",
                    "verified_date": response.is_low and day + timedelta(days=30),
                }
            )
            action.activity_ids.unlink()
        self._drop_messages(one.response_ids.action_ids)
        one.action_close()
        one.closed_on = one.date_end

    @api.model
    def _load_heard(self):
        """What staff heard in talks, entered and marked as such."""
        customers, answers = self._get_customers(), []
        now, today = fields.Datetime.now(), fields.Date.context_today(self)
        for name, (source, days, marks) in HEARD.items():
            entry = self.env["followup.satisfaction.entry"].create(
                {
                    "customer_id": customers[name].id,
                    "source": source,
                    "date": today - timedelta(days=days),
                }
            )
            answer = entry._make_answer(self._ref("user_priya"))
            answers.append((answer, marks, now - timedelta(days=days)))
        self._answer(answers)
