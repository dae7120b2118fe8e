from odoo import fields, models
from odoo.exceptions import UserError

from ..models.request.states import CLOSING_RESULTS, RESULTS

STEPS = [
    ("reassign", "Reassign"),
    ("answer", "Answered by phone or in person"),
    ("close", "Close"),
    ("drop", "No request"),
    ("reopen", "Reopen"),
]


class RequestStep(models.TransientModel):
    """A step of a request that needs some words: why, or what was said."""

    _name = "followup.request.step"
    _description = "Step of a request"

    request_id = fields.Many2one("followup.request", required=True, readonly=True)
    company_id = fields.Many2one(related="request_id.company_id")
    is_linked = fields.Boolean(related="request_id.is_linked")
    step = fields.Selection(STEPS, required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="New handler",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    result = fields.Selection(
        selection=[one for one in RESULTS if one[0] in CLOSING_RESULTS],
        string="What came of it",
        default="answered",
    )
    note = fields.Text(string="In your words")

    def action_apply(self):
        """Take the step."""
        self.ensure_one()
        request = self.request_id
        request.check_access("write")
        note = (self.note or "").strip()
        if self.step != "close" and not note:
            raise UserError(self.env._("Write a few words: others will read them."))
        if self.step == "reassign":
            if not self.user_id:
                raise UserError(self.env._("Choose who takes it over."))
            request._reassign(self.user_id, note)
        elif self.step == "answer":
            request._answered(note)
        elif self.step == "close":
            request._close(self.result, note)
        elif self.step == "drop":
            request._drop(note)
        else:
            request._reopen(note)
        return {"type": "ir.actions.act_window_close"}
