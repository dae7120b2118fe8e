from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.satisfaction import BEST, to_score
from ..satisfaction.dimensions import ASPECTS, DIMENSIONS
from .res_partner import ALL_ROLES

# Aspects that are marks; a comment is words.
MARKS = ("score", "importance", "expectation", "nps")


class SurveyQuestion(models.Model):
    """A question tells which dimension it measures, and what of it."""

    _inherit = "survey.question"

    fcrm_dimension = fields.Selection(
        DIMENSIONS,
        string="Dimension",
        groups=ALL_ROLES,
        help="What the question is about. With it, answers to any questionnaire of"
        " yours count in the statistics.",
    )
    fcrm_aspect = fields.Selection(
        ASPECTS,
        string="Measures",
        groups=ALL_ROLES,
        help="Satisfaction, how important it is, what was expected, whether we are"
        " recommended, or words.",
    )

    # === CONSTRAINTS === #

    @api.constrains(
        "fcrm_dimension", "fcrm_aspect", "question_type", "scale_min", "scale_max"
    )
    def _check_fcrm_mapping(self):
        for question in self.sudo():  # the mapping is readable by those with our roles
            aspect = question.fcrm_aspect
            if question.fcrm_dimension and not aspect:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” has a dimension: say what it measures, too.",
                        question=question.title,
                    )
                )
            if aspect in MARKS and question.question_type != "scale":
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is to give a mark: make it a scale.",
                        question=question.title,
                    )
                )
            if aspect in MARKS and aspect != "nps" and not question.fcrm_dimension:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” needs a dimension.", question=question.title
                    )
                )
            if aspect == "nps" and (question.scale_min, question.scale_max) != (
                0,
                BEST,
            ):
                raise ValidationError(
                    self.env._(
                        "Recommendation is asked on a scale from 0 to 10: see"
                        " “%(question)s”.",
                        question=question.title,
                    )
                )

    # === BUSINESS === #

    def validate_question(self, answer, comment=None):
        """A mark must be on the question's scale; Odoo takes any number."""
        self.ensure_one()
        if self.question_type == "scale" and answer and not self._fcrm_is_mark(answer):
            return {self.id: self.env._("Choose one of the marks of the scale.")}
        return super().validate_question(answer, comment)

    def _fcrm_is_mark(self, answer):
        text = str(answer)
        if not text.isascii() or not text.isdigit() or len(text) > 2:
            return False
        return self.scale_min <= int(text) <= self.scale_max

    def _fcrm_get_mark(self, line):
        """The mark of an answer as 0 to 100, or as given for the recommendation."""
        if self.fcrm_aspect == "nps":
            return line.value_scale
        return to_score(line.value_scale, self.scale_min, self.scale_max)
