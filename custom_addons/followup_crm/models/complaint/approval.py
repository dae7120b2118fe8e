from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .states import NATURES


class ComplaintApproval(models.Model):
    """What a manager decides in a complaint: refusal, malicious nature, concession."""

    _name = "followup.complaint.approval"
    _description = "Approval in a complaint"
    _order = "id desc"
    _check_company_auto = True

    complaint_id = fields.Many2one(
        "followup.complaint", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="complaint_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("refusal", "Refuse the complaint"),
            ("nature", "Take it for malicious"),
            ("concession", "Concede more than the table"),
        ],
        required=True,
    )
    nature = fields.Selection(NATURES)
    reason = fields.Text(required=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected")],
        string="Status",
        required=True,
        default="waiting",
        readonly=True,
    )
    requested_by_id = fields.Many2one("res.users", string="Asked by", readonly=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_date = fields.Datetime(string="Decided on", readonly=True)

    # === ACTIONS === #

    def action_approve(self):
        """Approve it, and do what was asked for; managers only."""
        self._decide("approved")
        for approval in self:
            complaint = approval.complaint_id
            if approval.kind == "refusal":
                complaint._refuse(approval.reason)
            elif approval.kind == "nature":
                complaint._judge_nature(approval.nature)

    def action_reject(self):
        """Turn it down; managers only."""
        self._decide("rejected")

    # === BUSINESS === #

    def _decide(self, state):
        if not self.env.su and not self.env.user.has_group(
            "followup_crm.group_manager"
        ):
            raise AccessError(
                self.env._("Only a manager of Follow-up CRM may decide this.")
            )
        self.check_access("read")
        if any(approval.state != "waiting" for approval in self):
            raise UserError(self.env._("This was decided already."))
        # Elevated: decisions are written by this method only.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_date": fields.Datetime.now(),
            }
        )
        # Elevated: the activity is another user's, too.
        self.complaint_id.sudo().activity_unlink(
            ["followup_crm.mail_activity_type_complaint_approval"]
        )
