import logging

from odoo import fields, models

from .res_partner import ALL_ROLES

_logger = logging.getLogger(__name__)


class SurveyUserInput(models.Model):
    """An answer to one of our questionnaires becomes a response of the customer."""

    _inherit = "survey.user_input"

    fcrm_invitation_id = fields.Many2one(
        "followup.satisfaction.invitation",
        string="Invitation",
        index="btree_not_null",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=ALL_ROLES,
    )

    def _mark_done(self):
        """The customer's answers are kept whatever happens to our own record of them;
        one that fails is made by the next scheduled run."""
        result = super()._mark_done()
        # Elevated: customers answer as the public user.
        inputs = self.sudo().filtered("fcrm_invitation_id")
        try:
            with self.env.cr.savepoint():
                self.env["followup.satisfaction.response"].sudo()._make_from(inputs)
        except Exception:
            _logger.exception("Answers %s could not be counted yet", inputs.ids)
        return result
