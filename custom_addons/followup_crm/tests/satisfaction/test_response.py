from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .satisfaction_common import ANGRY, HAPPY, SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction")
class TestResponse(SatisfactionCase):
    """G1, G3, G6: What an answer becomes, and what is done about it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-02 09:00:00"))  # a Monday
        cls._age(cls.customer, 365)

    def _answered(self, marks, customer=None, **vals):
        one = self._send(**vals)
        return self._answer(self._invitation(customer or self.customer, one), marks)

    def test_figures(self):
        """G1: Five dimensions of 90, 70, 80, 90 and 80: 82; the overall one apart."""
        response = self._answered(HAPPY)
        self.assertAlmostEqual(response.index, 82)
        self.assertEqual((response.nps, response.nps_group), (9, "promoter"))
        self.assertFalse(response.is_low)
        self.assertFalse(response.action_ids)
        scores = {one.dimension: one.score for one in response.score_ids}
        self.assertEqual(scores["overall"], 90)
        self.assertEqual(len(scores), 6)

    def test_importance_and_gap(self):
        """G1: Quality 90 weighs 100, price 70 weighs 60 of …: weighted; gap −20.

        By hand, the others weigh the mean of 100 and 60, 80:
        (90·100 + 70·60 + 80·80 + 90·80 + 80·80) / 400 = 33200 / 400 = 83.
        """
        marks = {**HAPPY, "importance_quality": 10, "importance_price": 6}
        response = self._answered({**marks, "expectation_price": 9})
        self.assertAlmostEqual(response.index, 83)
        price = response.score_ids.filtered(lambda one: one.dimension == "price")
        self.assertAlmostEqual(price.gap, -20)

    def test_zero_is_an_answer(self):
        """G1: The mark 0 is the worst, not a missing one."""
        response = self._answered({"score_overall": 0, "nps": 0})
        self.assertTrue(response.is_scored)
        self.assertEqual((response.index, response.nps_group), (0, "detractor"))

    def test_words_only(self):
        """G1: An answer without marks has words and no figures."""
        response = self._answered({"why": "All is well.", "better": "  "})
        self.assertFalse(response.is_scored or response.nps_group or response.is_low)
        self.assertEqual(response.comment, "All is well.")

    def test_low_score(self):
        """G6: A detractor makes an action for the owner, due within 48 hours."""
        response = self._answered(ANGRY)
        self.assertTrue(response.is_low)
        action = response.action_ids
        self.assertEqual(action.user_id, self.user_own)
        self.assertEqual(action.date_deadline, date(2026, 3, 4))
        self.assertEqual((action.origin, action.state), ("survey", "open"))
        self.assertIn("nobody called", action.description)
        self.assertEqual(action.activity_ids.user_id, self.user_own)
        self.assertFalse(response.made_complaint_id)

    def test_passive(self):
        """G6: A passive customer is asked within five working days, over a weekend."""
        response = self._answered({**HAPPY, "nps": 8})
        self.assertFalse(response.is_low)
        self.assertEqual(response.action_ids.date_deadline, date(2026, 3, 9))

    def test_complaint(self):
        """G6: Where the questionnaire says so, a low score is a complaint, too."""
        self.survey.sudo().fcrm_make_complaint = True
        complaint = self._answered(ANGRY).made_complaint_id
        self.assertEqual(complaint.customer_id, self.customer)
        self.assertEqual((complaint.state, complaint.channel), ("received", "survey"))
        self.assertIn("nobody called", complaint.description)

    def test_limit_of_questionnaire(self):
        """G6: The limit for low scores is the questionnaire's."""
        self.survey.sudo().fcrm_low_index = 83
        self.assertTrue(self._answered(HAPPY).is_low)

    def test_recovery(self):
        """G6: The customer's next answer shows whether it recovered."""
        first = self._answered(ANGRY)
        self.assertEqual(first.recovery_state, "waiting")
        with freeze_time("2026-10-01 09:00:00"):
            later = self._answered(HAPPY, name="Autumn")
        first.invalidate_recordset()
        self.assertEqual(first.next_id, later)
        self.assertEqual(first.recovery_state, "recovered")
        # (20 + 50 + 10 + 40 + 30) / 5 = 30, and 82 later.
        self.assertAlmostEqual(first.recovery, 52)
        customer = self._as(self.customer, self.user_own)
        self.assertAlmostEqual(customer.satisfaction_index, 82)
        self.assertAlmostEqual(customer.satisfaction_change, 52)
        self.assertEqual(customer.satisfaction_trend, "better")
        self.assertEqual(customer.satisfaction_date, date(2026, 10, 1))
        with freeze_time("2027-06-01 09:00:00"):
            worse = self._answered(ANGRY, name="Winter")
        with freeze_time("2028-02-01 09:00:00"):
            self._answered(ANGRY, name="Late winter")
        worse.invalidate_recordset()
        self.assertEqual(worse.recovery_state, "same")

    def test_once(self):
        """G2: An answer is counted once, also when the job looks again."""
        response = self._answered(HAPPY)
        self.env["followup.satisfaction.response"]._collect_missing()
        response.input_id._mark_done()
        found = self.env["followup.satisfaction.response"].search_count(
            [("customer_id", "=", self.customer.id)]
        )
        self.assertEqual(found, 1)

    def test_collected_later(self):
        """G2: An answer that could not be counted at once is counted by the job."""
        one = self._send()
        answer = self._invitation(self.customer, one).sudo().input_id
        question = self.env.ref("followup_crm.survey_satisfaction_nps").sudo()
        answer._save_lines(question, "9")
        answer.write({"state": "done", "end_datetime": datetime(2026, 3, 2, 10)})
        self.assertFalse(one.sudo().response_ids)
        self._run_cron("followup_crm.satisfaction_cron_send")
        self.assertEqual(one.sudo().response_ids.nps, 9)

    def test_snapshot(self):
        """G3: Owner and country are those of the day of the question."""
        one = self._send()
        self.customer.sudo().write(
            {"user_id": self.user_own_2.id, "country_id": self.germany.id}
        )
        response = self._answer(self._invitation(self.customer, one), HAPPY)
        self.assertEqual(response.user_id, self.user_own)
        self.assertFalse(response.country_id)

    def test_own_questionnaire(self):
        """G1: A mapped question of a company's own counts like a shipped one."""
        survey = (
            self.env["survey.survey"]
            .sudo()
            .create(
                {
                    "title": "Our own",
                    "survey_type": "followup",
                    "fcrm_kind": "satisfaction",
                    "access_mode": "token",
                    "question_and_page_ids": [
                        (
                            0,
                            0,
                            {
                                "title": "Cloth",
                                "question_type": "scale",
                                "scale_min": 1,
                                "scale_max": 5,
                                "fcrm_dimension": "quality",
                                "fcrm_aspect": "score",
                            },
                        )
                    ],
                }
            )
        )
        one = self._send(survey_id=survey.id)
        answer = self._invitation(self.customer, one).sudo().input_id
        answer._save_lines(survey.question_ids, "4")
        answer._mark_done()
        self.assertEqual(one.sudo().response_ids.index, 75)

    def test_mapping_is_checked(self):
        """G1: A mark is a scale, the recommendation 0 to 10, each has a dimension."""
        question = self.env.ref("followup_crm.survey_satisfaction_score_price").sudo()
        nps = self.env.ref("followup_crm.survey_satisfaction_nps").sudo()
        for record, vals in (
            (question, {"question_type": "text_box"}),
            (question, {"fcrm_dimension": False}),
            (question, {"fcrm_aspect": False}),
            (nps, {"scale_max": 5}),
            (self.survey.sudo(), {"access_mode": "public"}),
            (self.survey.sudo(), {"is_time_limited": True}),
            (self.survey.sudo(), {"fcrm_low_index": 101}),
        ):
            with self.assertRaises(ValidationError), self.env.cr.savepoint():
                record.write(vals)

    def test_merge_keeps_answers(self):
        """G3: Two files that turn out to be one keep the answers of both."""
        response = self._answered(HAPPY)
        other = self._create_asked("Same one")
        self.customer._combine_into(other)
        self.assertEqual(response.customer_id, other)
        self.assertEqual(response.invitation_id.customer_id, other)

    def test_nobody_writes(self):
        """G3: Nobody writes or deletes an answer, not even a manager."""
        response = self._answered(ANGRY)
        own = self._as(response, self.manager)
        with self.assertRaises(AccessError):
            own.index = 100
        with self.assertRaises(AccessError):
            own.unlink()
        with self.assertRaises(AccessError):
            self._as(response.action_ids, self.user_own).write(
                {"satisfaction_response_id": False}
            )
