from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.complaint.states import NATURES


class ComplaintReason(models.TransientModel):
    """One dialog for the steps of a complaint that need a reason."""

    _name = "followup.complaint.reason"
    _description = "Reason for a step of a complaint"

    complaint_id = fields.Many2one("followup.complaint", required=True, readonly=True)
    step = fields.Selection(
        [
            ("pause", "Wait for the customer"),
            ("refuse", "Refuse the complaint"),
            ("nature", "Take it for malicious"),
            ("concession", "Concede more than the table"),
            ("reopen", "Reopen"),
            ("dissatisfied", "The customer is not satisfied"),
        ],
        required=True,
        readonly=True,
    )
    nature = fields.Selection(
        [(key, label) for key, label in NATURES if key != "genuine"],
        string="Kind of malice",
    )
    reason = fields.Text()
    is_decided = fields.Boolean(
        compute="_compute_is_decided", string="Is decided at once"
    )

    @api.depends("step")
    @api.depends_context("uid")
    def _compute_is_decided(self):
        """A manager's own wish needs nobody else's approval."""
        decides = self.env.user.has_group("followup_crm.group_manager")
        for wizard in self:
            wizard.is_decided = decides

    def action_apply(self):
        """Take the step with its reason, or ask the manager for it."""
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why: it stays on record."))
        complaint = self.complaint_id
        complaint.check_access("write")
        if self.step == "pause":
            complaint._pause(reason)
        elif self.step == "reopen":
            complaint._reopen(reason)
        elif self.step == "dissatisfied":
            complaint._dissatisfied(reason)
        else:
            complaint._ask_approval(self._get_kind(), reason, self.nature)
        return {"type": "ir.actions.act_window_close"}

    def _get_kind(self):
        if self.step == "nature" and not self.nature:
            raise UserError(self.env._("Choose what kind of malice it is."))
        return {"refuse": "refusal"}.get(self.step, self.step)
