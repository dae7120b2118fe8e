from odoo import fields, models
from odoo.exceptions import UserError

from ..models.key_account.account import DECISIONS


class AccountDecide(models.TransientModel):
    """Dialog: include customers among the key accounts by hand, or exclude (A1)."""

    _name = "followup.account.decide"
    _description = "Decide on a key account"

    customer_ids = fields.Many2many(
        "followup.customer", string="Customers", required=True
    )
    decision = fields.Selection(DECISIONS, required=True, default="include")
    reason = fields.Text(help="Kept in the history of the account.")

    def action_apply(self):
        """Decide; a decision by hand needs its reason."""
        self.ensure_one()
        if self.decision != "none" and not (self.reason or "").strip():
            raise UserError(self.env._("Say why: it is kept in the history."))
        accounts = self.env["followup.account"]._decide(
            self.customer_ids, self.decision, self.reason or ""
        )
        action = {"type": "ir.actions.act_window_close"}
        if len(accounts) == 1 and accounts.state == "current":
            action = accounts.customer_id.action_open_key_account()
        return action
