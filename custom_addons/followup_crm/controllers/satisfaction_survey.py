from werkzeug.exceptions import NotFound

from odoo import http

from odoo.addons.survey.controllers.main import Survey


class SatisfactionSurvey(Survey):
    """Questionnaires for customers tell strangers nothing, and no GET changes them.

    Mail scanners open every link of a mail: Odoo's pages behind ``start`` only show
    the questions, answering needs a POST. A second try by GET is not offered.
    """

    def _redirect_with_error(self, access_data, error_key):
        """A guessed link does not exist, like any other page that does not."""
        survey = access_data["survey_sudo"]
        unknown = ("survey_wrong", "token_wrong", "token_required")
        if error_key in unknown and (not survey or survey.survey_type == "followup"):
            raise NotFound
        return super()._redirect_with_error(access_data, error_key)

    @http.route()
    def survey_retry(self, survey_token, answer_token, **post):
        """Customers answer once: a link that makes another answer does not exist."""
        survey, _answer = self._fetch_from_access_token(survey_token, answer_token)
        if not survey or survey.survey_type == "followup":
            raise NotFound
        return super().survey_retry(survey_token, answer_token, **post)
