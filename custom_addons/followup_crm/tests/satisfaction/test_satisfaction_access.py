from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .satisfaction_common import ANGRY, SatisfactionCase

MODELS = ("invitation", "response", "score", "report", "dimension.report")


@tagged("post_install", "-at_install", "satisfaction")
class TestSatisfactionAccess(SatisfactionCase):
    """G2, G3: Who sees and does what, per role and company (attacks 1, 5, 6, 7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.round = cls._make_round()

    def setUp(self):
        super().setUp()
        self._send(self.round)
        self.invitation = self._invitation(self.customer)
        self.response = self._answer(self.invitation, ANGRY)

    def _found(self, model, user):
        found = self.env[f"followup.satisfaction.{model}"].with_user(user)
        return found.with_context(allowed_company_ids=user.company_id.ids).search([])

    def test_reading(self):
        """G3: Owner, all-users, officers and managers read words; others do not."""
        for model in MODELS:
            for user in (self.user_own, self.user_all, self.officer, self.manager):
                self.assertTrue(self._found(model, user), (model, user.login))
            for user in (self.user_own_2, self.user_b, self.user_personal):
                self.assertFalse(self._found(model, user), (model, user.login))
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError):
                    self._found(model, user)
        for user in (self.user_own_2, self.user_b):
            with self.assertRaises(AccessError):
                self._as(self.response, user).read(["comment"])

    def test_team(self):
        """G3: Team and deputy of the customer read its answers; a former owner not."""
        self.customer.sudo().team_user_ids = self.user_own_2
        self.assertTrue(self._found("response", self.user_own_2))
        self.customer.sudo().write(
            {"team_user_ids": [(5,)], "user_id": self.user_own_2.id}
        )
        self.assertFalse(self._found("response", self.user_own))

    def test_rounds(self):
        """G2: All of the company read rounds, managers make them, others nothing."""
        for user in (self.user_own, self.user_own_2, self.user_all, self.officer):
            self.assertTrue(self._found("round", user))
            with self.assertRaises(AccessError):
                self._make_round(user=user)
            for name in ("action_choose", "action_send", "action_close"):
                with self.assertRaises(AccessError):
                    getattr(self._as(self.round, user), name)()
        self.assertFalse(self._found("round", self.user_b))
        with self.assertRaises(AccessError):
            self._found("round", self.internal_user)
        self.assertEqual(self._make_round().state, "draft")

    def test_statistics(self):
        """G3: Figures over all customers are for those who see all customers."""
        for user in (self.user_all, self.officer, self.manager):
            self.assertTrue(self._found("statistic", user), user.login)
        self.assertFalse(self._found("statistic", self.user_b))
        for user in (self.user_own, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._found("statistic", user)
            with self.assertRaises(AccessError):
                self._as(self.round, user)._get_sheet_report()

    def test_nothing_is_written(self):
        """G3: Invitations and answers are closed to everybody's writing."""
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            for record in (self.invitation, self.response, self.response.score_ids[0]):
                own = self._as(record, user)
                for call in (
                    lambda own=own: own.write({"company_id": self.company_b.id}),
                    own.unlink,
                    lambda own=own: own.create({"customer_id": self.customer.id}),
                ):
                    with self.assertRaises(AccessError):
                        call()

    def test_answers_stay_ours(self):
        """G3: Survey users of Odoo, and ours, do not read what customers wrote."""
        surveyor = self._create_user("surveyor", "survey.group_survey_manager")
        answer = self.response.sudo().input_id
        for user in (surveyor, self.user_own, self.manager):
            for record in (answer, answer.user_input_line_ids[:1]):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
        inputs = self.env["survey.user_input"].with_user(surveyor)
        self.assertFalse(inputs.search([("survey_id", "=", self.survey.id)]))

    def test_questionnaires(self):
        """G1: Managers change questionnaires for customers, and no other survey."""
        other = self.env["survey.survey"].sudo().create({"title": "Of the staff"})
        own = self._as(self.survey, self.manager)
        own.fcrm_low_index = 70
        own.question_ids[0].title = "Cloth and cut"
        view = "followup_crm.survey_survey_view_form_questionnaire"
        with Form(own, view=view) as form:
            form.title = "Ours"
        with self.assertRaises(AccessError):
            self._as(other, self.manager).title = "Ours"
        for user in (self.user_own, self.officer):
            self.assertTrue(self._as(self.survey, user).title)
            with self.assertRaises(AccessError):
                self._as(self.survey, user).fcrm_low_index = 0
            with self.assertRaises(AccessError):
                self._as(other, user).read(["title"])

    def test_entry(self):
        """G7: Only of customers that the user may work on."""
        stranger = self._create_asked("Stranger", user=self.user_own_2)
        entries = self.env["followup.satisfaction.entry"].with_user(self.user_own)
        entries = entries.with_context(allowed_company_ids=self.company_a.ids)
        with self.assertRaises(AccessError):
            entry = entries.create({"customer_id": stranger.id})
            entry.action_begin()

    def test_defaults_do_not_pass(self):
        """Attack 7: No default in the context sets what methods set."""
        rounds = self.env["followup.satisfaction.round"].with_user(self.manager)
        one = rounds.with_context(
            allowed_company_ids=self.company_a.ids, default_state="closed"
        ).create({"name": "Trick"})
        self.assertEqual(one.state, "draft")
