from odoo import fields, models


class ProductAgree(models.TransientModel):
    """Dialog: who at the customer agreed to the specification, and when (K3)."""

    _name = "followup.product.agree"
    _description = "Agreement to a specification"

    tracking_id = fields.Many2one("followup.product.tracking", required=True)
    agreed_by = fields.Char(string="Agreed by", required=True)
    date = fields.Date(
        string="Agreed on", required=True, default=fields.Date.context_today
    )

    def action_apply(self):
        """Note it; samples come next."""
        self.ensure_one()
        self.tracking_id._agree(self.agreed_by, self.date)
        return {"type": "ir.actions.act_window_close"}
