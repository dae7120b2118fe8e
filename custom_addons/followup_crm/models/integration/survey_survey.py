from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..satisfaction.dimensions import KINDS
from .res_partner import ALL_ROLES

# A score below this many points of 100 is low, unless the questionnaire says otherwise.
LOW_INDEX = 60


class SurveySurvey(models.Model):
    """Questionnaires for customers: a type of their own, so that answers stay ours."""

    _inherit = "survey.survey"

    survey_type = fields.Selection(
        selection_add=[("followup", "Customer satisfaction")],
        ondelete={"followup": "set default"},
    )
    fcrm_kind = fields.Selection(
        KINDS,
        string="Asked about",
        groups=ALL_ROLES,
        help="Satisfaction and loyalty are asked in rounds; the two short ones after a"
        " delivery or a closed complaint.",
    )
    fcrm_low_index = fields.Integer(
        string="Low below (of 100)",
        default=LOW_INDEX,
        groups=ALL_ROLES,
        help="An index below this makes an improvement action for the owner.",
    )
    fcrm_make_complaint = fields.Boolean(
        string="Low scores are complaints",
        groups=ALL_ROLES,
        help="A low score also registers a complaint, to be judged by the owner.",
    )

    # === CONSTRAINTS === #

    @api.constrains(
        "survey_type", "access_mode", "is_time_limited", "fcrm_low_index", "fcrm_kind"
    )
    def _check_fcrm_settings(self):
        """Questionnaires for customers are answered by their own link, without haste.

        A time limit would end an answer when a mail scanner opens the link.
        """
        for survey in self.filtered(lambda one: one.survey_type == "followup"):
            if survey.access_mode != "token" or survey.is_time_limited:
                raise ValidationError(
                    self.env._(
                        "A questionnaire for customers is for invited people only, and"
                        " has no time limit."
                    )
                )
            if not 0 <= survey.sudo().fcrm_low_index <= 100:  # a plain setting
                raise ValidationError(
                    self.env._("The limit for low scores is between 0 and 100.")
                )

    # === COMPUTE === #

    @api.depends_context("uid")
    def _compute_allowed_survey_types(self):
        result = super()._compute_allowed_survey_types()
        if self.env.user.has_group("followup_crm.group_manager"):
            for survey in self:
                survey.allowed_survey_types = [
                    *(survey.allowed_survey_types or []),
                    "followup",
                ]
        return result

    @api.onchange("survey_type")
    def _onchange_survey_type(self):
        result = super()._onchange_survey_type()
        if self.survey_type == "followup":
            self.access_mode = "token"
            self.is_time_limited = False
            self.scoring_type = "no_scoring"
        return result

    # === BUSINESS === #

    @api.model
    def _fcrm_get_for(self, kind):
        """The questionnaire that is used for a short question, or none."""
        # Elevated: which questionnaire is sent is nobody's secret.
        return self.sudo().search(
            [("survey_type", "=", "followup"), ("fcrm_kind", "=", kind)],
            order="id",
            limit=1,
        )
