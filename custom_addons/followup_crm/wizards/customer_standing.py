from odoo import fields, models

from ..models.customer.customer_standing import STANDINGS


class CustomerStanding(models.TransientModel):
    """Dialog: ask for another standing of a customer, with the reason (P17)."""

    _name = "followup.customer.standing"
    _description = "Change standing of a customer"

    customer_id = fields.Many2one("followup.customer", required=True)
    current_standing = fields.Selection(
        related="customer_id.standing", string="Current standing"
    )
    standing = fields.Selection(STANDINGS, string="New standing", required=True)
    reason = fields.Text(help="Whoever is refused a quotation will read it.")

    def action_apply(self):
        """Ask for the standing; a manager's own request takes effect at once."""
        self.ensure_one()
        self.customer_id._request_standing(self.standing, self.reason)
        return {"type": "ir.actions.act_window_close"}
