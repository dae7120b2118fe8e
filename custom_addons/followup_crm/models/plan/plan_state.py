from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

MANAGER_GROUP = "followup_crm.group_manager"
SUBMITTED_TYPE = "followup_crm.mail_activity_type_plan_submitted"
RETURNED_TYPE = "followup_crm.mail_activity_type_plan_returned"


class InteractionPlan(models.Model):
    """Submitting, approving and returning a plan, where the company wants it."""

    _inherit = "followup.interaction.plan"

    is_approval_needed = fields.Boolean(
        string="Approval is needed", compute="_compute_is_approval_needed"
    )

    is_fixed = fields.Boolean(
        string="Handed in",
        compute="_compute_is_fixed",
        help="Contacts are neither added to the plan nor taken away any more.",
    )

    @api.depends("company_id")
    def _compute_is_approval_needed(self):
        for plan in self:
            # Elevated: a setting is no secret to the company's users.
            plan.is_approval_needed = plan.company_id.sudo().fcrm_plan_approval

    @api.depends("state", "company_id")
    def _compute_is_fixed(self):
        for plan in self:
            plan.is_fixed = plan.state == "submitted" or (
                plan.state == "approved" and plan.is_approval_needed
            )

    # === ACTIONS === #

    def action_submit(self):
        """Hand the plan in; where no approval is needed it is in force at once."""
        self.check_access("write")
        self._check_state("draft")
        for plan in self:
            if not plan.line_ids:
                raise UserError(
                    self.env._("The plan is empty: make its contacts before.")
                )
        waiting = self.filtered("is_approval_needed")
        waiting._set_state("submitted", return_reason=False)
        # Elevated: the activity may have been made by somebody else.
        waiting.sudo().activity_unlink([RETURNED_TYPE])
        waiting._ask_for_approval()
        (self - waiting)._put_in_force()

    def action_approve(self):
        """Put submitted plans in force; managers only."""
        self._check_may_approve()
        self._check_state("submitted")
        self._put_in_force(
            approver_id=self.env.uid, approved_on=fields.Date.context_today(self)
        )

    def action_open_return(self):
        """Ask for the reason why the plan goes back."""
        self.ensure_one()
        self._check_may_approve()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return the plan"),
            "res_model": "followup.interaction.plan.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_plan_id": self.id},
        }

    def action_reopen(self):
        """Let the user change a plan that is in force; managers only."""
        self._check_may_approve()
        self._check_state("approved")
        self._set_state("draft", approver_id=False, approved_on=False)

    # === BUSINESS === #

    def _return(self, reason):
        """Give submitted plans back to their users.

        :param reason: what has to be changed
        """
        self._check_may_approve()
        self._check_state("submitted")
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say what has to be changed: the user will read it.")
            )
        self._set_state("draft", return_reason=reason)
        # Elevated: activities are for somebody else.
        for plan in self.sudo():
            plan.activity_unlink([SUBMITTED_TYPE])
            plan = plan.with_context(lang=plan.user_id.lang)
            plan.message_post(
                body=plan.env._("Returned: %(reason)s", reason=reason),
                author_id=self.env.user.partner_id.id,
            )
            plan.activity_schedule(
                RETURNED_TYPE,
                summary=plan.env._("Change the contact plan and hand it in again"),
                note=reason,
                user_id=plan.user_id.id,
            )

    def _put_in_force(self, **values):
        """What stands in the plan now is what it is measured against."""
        if not self:
            return
        self._set_state("approved", return_reason=False, **values)
        self.env["followup.interaction"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE followup_interaction SET plan_date = date
                 WHERE plan_id = ANY(%s) AND state IN ('planned', 'confirmed')
                   AND plan_date IS DISTINCT FROM date
                """,
                self.ids,
            )
        )
        self.line_ids.invalidate_recordset(["plan_date"], flush=False)
        # Elevated: the activities are other people's.
        self.sudo().activity_unlink([SUBMITTED_TYPE, RETURNED_TYPE])

    def _set_state(self, state, **values):
        # Elevated: the state is closed to direct writing.
        self.sudo().write({"state": state, **values})

    def _ask_for_approval(self):
        """An activity for a manager of the company."""
        # Elevated: managers are looked up, and asked, whoever asks.
        for plan in self.sudo():
            manager = plan._get_approving_manager()
            if manager:
                plan = plan.with_context(lang=manager.lang)
                plan.activity_schedule(
                    SUBMITTED_TYPE,
                    summary=plan.env._("Approve or return the contact plan"),
                    user_id=manager.id,
                )

    def _get_approving_manager(self):
        """The head of the user's sales team; else a manager, rather another person."""
        # Elevated: users may not read groups.
        group = self.env.ref(MANAGER_GROUP).sudo()
        managers = group.all_user_ids.filtered(
            lambda user: (
                user.active
                and self.company_id in user.company_ids
                and user != self.env.ref("base.user_root")
            )
        ).sorted("id")
        leader = self.user_id.sudo().sale_team_id.user_id
        if leader in managers - self.user_id:
            return leader
        return ((managers - self.user_id) or managers)[:1]

    def _check_may_approve(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(self.env._("Only a manager approves or returns a plan."))

    def _check_state(self, state):
        """Raise unless all plans are in this state, whatever others do meanwhile."""
        # Elevated: locking is no change.
        self.sudo().lock_for_update()
        self.invalidate_recordset(["state"])
        if any(plan.state != state for plan in self):
            raise UserError(
                self.env._(
                    "Somebody else has submitted, approved or returned the plan"
                    " meanwhile: reload the page."
                )
            )
