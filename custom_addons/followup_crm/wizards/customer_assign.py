from odoo import fields, models


class CustomerAssign(models.TransientModel):
    """Dialog: give customers an owner."""

    _name = "followup.customer.assign"
    _description = "Assign owner to customers"

    customer_ids = fields.Many2many("followup.customer", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="New owner",
        required=True,
        domain="[('share', '=', False)]",
    )

    def action_apply(self):
        """Assign and close."""
        self.ensure_one()
        self.customer_ids._assign(self.user_id)
        return {"type": "ir.actions.act_window_close"}
