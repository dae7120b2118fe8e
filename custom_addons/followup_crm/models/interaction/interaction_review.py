from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .interaction import MEETING_METHODS, REPORT_FIELDS, REVIEW_STATES


class Interaction(models.Model):
    """Report, review by the supervisor, archive: the end of the procedure (F3)."""

    _inherit = "followup.interaction"

    review_state = fields.Selection(
        REVIEW_STATES,
        string="Review",
        required=True,
        default="none",
        readonly=True,
        copy=False,
        tracking=True,
    )
    reviewer_id = fields.Many2one(
        "res.users",
        string="Supervisor",
        readonly=True,
        copy=False,
        help="Who reviews the report: the head of the sales team; empty: any manager.",
    )
    review_comment = fields.Text(
        string="The supervisor's comment", readonly=True, copy=False
    )
    review_date = fields.Date(string="Reviewed on", readonly=True, copy=False)

    # Query: the reports that wait for a supervisor.
    _waiting = models.Index("(reviewer_id) WHERE review_state = 'waiting'")

    # === ACTIONS === #

    def action_submit_report(self):
        """Hand a returned report in again."""
        self.check_access("write")
        if any(c.state != "done" or c.review_state == "reviewed" for c in self):
            raise UserError(
                self.env._("Only the report of a contact that took place is handed in.")
            )
        self._submit_report()

    def action_review(self):
        """The report is in order: it is filed. Managers only."""
        self._review("reviewed")

    def action_open_review(self):
        """Open the dialog for the supervisor's comment."""
        self.ensure_one()
        self._check_may_review()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review the report"),
            "res_model": "followup.interaction.review",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_interaction_id": self.id},
        }

    # === BUSINESS === #

    def _done(self, day=None):
        result = super()._done(day)
        self.filtered(lambda c: c._needs_review())._submit_report()
        return result

    def _needs_review(self):
        """Whether the company wants this report to be reviewed."""
        self.ensure_one()
        rule = self.company_id.sudo().fcrm_review_reports  # a setting, no secret
        if rule == "none" or self._is_manager(self.user_id):
            return False
        return rule == "all" or self.method in MEETING_METHODS

    def _submit_report(self):
        for contact in self:
            # Elevated: the review is closed to direct writing.
            contact.sudo().write(
                {
                    "review_state": "waiting",
                    "reviewer_id": contact._find_reviewer().id,
                }
            )

    def _find_reviewer(self):
        """The head of the responsible's sales team, who must be a manager here."""
        self.ensure_one()
        # Elevated: who leads which team is read for the assignment only.
        leader = self.user_id.sudo().sale_team_id.user_id
        fits = (
            leader.active
            and leader != self.user_id
            and self.company_id in leader.company_ids
            and self._is_manager(leader)
        )
        return leader if fits else leader.browse()

    def _is_manager(self, user):
        # Elevated: the question is the user's role.
        return user.sudo().has_group("followup_crm.group_manager")

    def _check_may_review(self):
        self.check_access("write")
        if not self.env.su and not self._is_manager(self.env.user):
            raise AccessError(
                self.env._("Only a manager of Follow-up CRM reviews reports.")
            )
        for contact in self:
            if contact.review_state != "waiting":
                raise UserError(
                    self.env._(
                        "'%(contact)s' does not wait for a review.",
                        contact=contact.purpose,
                    )
                )
            if contact.user_id == self.env.user and not self.env.su:
                raise UserError(self.env._("Nobody reviews his or her own report."))

    def _review(self, state, comment=None):
        """Review or return reports.

        :param state: ``reviewed`` or ``returned``
        :param comment: what the supervisor says; required for returning
        """
        self._lock()
        self.invalidate_recordset(["review_state"])
        self._check_may_review()
        if state == "returned" and not (comment or "").strip():
            raise UserError(self.env._("Say what is missing in the report."))
        vals = {
            "review_state": state,
            "reviewer_id": self.env.uid,
            "review_date": fields.Date.context_today(self),
        }
        if comment:
            vals["review_comment"] = comment
        # Elevated: the review is closed to direct writing.
        self.sudo().write(vals)

    def _refuse_reviewed(self, vals):
        """A reviewed report is archived: only managers correct it."""
        if self.env.su or not REPORT_FIELDS.intersection(vals):
            return
        filed = self.filtered(lambda contact: contact.review_state == "reviewed")
        if filed and not self._is_manager(self.env.user):
            raise UserError(
                self.env._(
                    "The report on '%(contact)s' has been reviewed and is filed: ask a"
                    " manager to correct it.",
                    contact=filed[0].purpose,
                )
            )
