from odoo import api, fields, models
from odoo.exceptions import UserError


class CustomerAssign(models.TransientModel):
    """Dialog: give customers an owner, after a look at what that does (F6, F7)."""

    _name = "followup.customer.assign"
    _description = "Assign owner to customers"

    customer_ids = fields.Many2many("followup.customer", required=True)
    user_id = fields.Many2one(
        "res.users",
        string="New owner",
        required=True,
        domain="[('share', '=', False)]",
    )
    reason = fields.Text(help="Kept in the history of owners.")
    preview = fields.Text(compute="_compute_preview", string="What happens")
    excess = fields.Char(compute="_compute_preview", string="Beyond the capacity")
    despite_capacity = fields.Boolean(
        string="Assign all the same", help="Beyond the capacity of the new owner."
    )

    @api.depends("customer_ids", "user_id")
    @api.depends_context("lang")
    def _compute_preview(self):
        for dialog in self:
            dialog.preview = "\n".join(dialog._get_preview())
            dialog.excess = dialog.user_id and dialog._get_excess()

    def _get_preview(self):
        """One line per present owner: how many customers go."""
        customers = self.customer_ids._origin
        staying = customers.filtered(lambda c: c.user_id == self.user_id)
        groups = (customers - staying).grouped("user_id")
        lines = [
            self.env._(
                "%(number)s from %(owner)s",
                number=len(files),
                owner=owner.name or self.env._("the pool (no owner)"),
            )
            for owner, files in groups.items()
        ]
        if staying and self.user_id:
            lines.append(
                self.env._("%(number)s have this owner already", number=len(staying))
            )
        return lines

    def _get_excess(self):
        customers = self.customer_ids._origin
        reasons = [
            self.env["followup.capacity"]._get_excess(self.user_id, company, files)
            for company, files in customers.grouped("company_id").items()
        ]
        return " ".join(filter(None, reasons))

    def action_apply(self):
        """Assign and close; beyond the capacity only if that is said."""
        self.ensure_one()
        excess = self._get_excess()
        if excess and not self.despite_capacity:
            raise UserError(
                self.env._(
                    "%(reason)s Tick 'Assign all the same', or choose fewer customers.",
                    reason=excess,
                )
            )
        self.customer_ids._assign(self.user_id, reason=self.reason)
        return {"type": "ir.actions.act_window_close"}
