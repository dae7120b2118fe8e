from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.satisfaction.dimensions import STAFF_SOURCES


class SatisfactionEntry(models.TransientModel):
    """Enter what was learnt of a customer's satisfaction in a talk (G7).

    The questions are those of the questionnaire, in the language of whoever enters;
    the answer is marked with how it was learnt, and stays out of the survey's figures.
    """

    _name = "followup.satisfaction.entry"
    _description = "Enter satisfaction"
    _check_company_auto = True

    company_id = fields.Many2one(related="customer_id.company_id")
    customer_id = fields.Many2one("followup.customer", required=True)
    customer_partner_id = fields.Many2one(related="customer_id.partner_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Who said it",
        domain="[('id', 'child_of', customer_partner_id)]",
    )
    source = fields.Selection(
        STAFF_SOURCES, string="How it was learnt", required=True, default="customer"
    )
    date = fields.Date(
        string="Learnt on", required=True, default=fields.Date.context_today
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        domain="[('survey_type', '=', 'followup')]",
        default=lambda self: self.env["survey.survey"]._fcrm_get_for("satisfaction"),
    )

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        """The person in charge is who usually says it."""
        # Elevated: the name of a contact of a file that the user may read.
        self.partner_id = self.sudo().customer_id.person_in_charge_id

    def action_begin(self):
        """Open the questions; what is answered becomes an answer of the customer."""
        self.ensure_one()
        self.customer_id.check_access("write")
        self.survey_id.check_access("read")
        if self.date > fields.Date.context_today(self):
            raise UserError(self.env._("What was learnt cannot lie in the future."))
        theirs = self.partner_id.commercial_partner_id == self.customer_id.partner_id
        if self.partner_id and not theirs:
            raise UserError(self.env._("Choose somebody of this customer."))
        # Elevated: after the checks; users make no answers of others directly.
        answer = self.sudo()._make_answer(self.env.user)
        return {
            "type": "ir.actions.act_url",
            "url": answer.get_start_url(),
            "target": "new",
        }

    def _make_answer(self, user):
        """An empty answer that this user may fill in."""
        invitations = self.env["followup.satisfaction.invitation"]
        snapshot = invitations._prepare_snapshot(self.customer_id)
        survey = self.survey_id
        invitation = invitations.create(
            {
                **snapshot[self.customer_id.id],
                "survey_id": survey.id,
                "kind": survey.fcrm_kind or "satisfaction",
                "partner_id": self.partner_id.id,
                "source": self.source,
                "said_on": self.date,
                "entered_by_id": user.id,
                "state": "sent",
            }
        )
        language = self.env["res.lang"].search([("code", "=", user.lang)], limit=1)
        invitation.input_id = self.env["survey.user_input"].create(
            {
                "survey_id": survey.id,
                "partner_id": user.partner_id.id,
                "email": user.email,
                "nickname": user.name,
                "invite_token": self.env["survey.user_input"]._generate_invite_token(),
                "lang_id": language.id,
                "fcrm_invitation_id": invitation.id,
            }
        )
        return invitation.input_id
