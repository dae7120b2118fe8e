from odoo import fields, models


class InteractionPlanReturn(models.TransientModel):
    """Dialog: give a submitted plan back to its user, with the reason."""

    _name = "followup.interaction.plan.return"
    _description = "Return of a contact plan"

    plan_id = fields.Many2one(
        "followup.interaction.plan", required=True, ondelete="cascade"
    )
    reason = fields.Text(required=True, string="What has to be changed")

    def action_return(self):
        """Give the plan back; its user is told why."""
        self.ensure_one()
        self.plan_id._return(self.reason)
        return {"type": "ir.actions.act_window_close"}
