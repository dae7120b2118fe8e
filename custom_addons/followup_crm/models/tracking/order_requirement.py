from odoo import api, fields, models
from odoo.exceptions import AccessError


class OrderRequirement(models.Model):
    """A requirement of the customer, ticked off on one of its orders (K9)."""

    _name = "followup.order.requirement"
    _description = "Requirement on an order"
    _order = "tracking_id, id"
    _rec_name = "requirement_id"
    _check_company_auto = True

    tracking_id = fields.Many2one(
        "followup.order.tracking",
        string="Order",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="tracking_id.company_id", store=True)
    requirement_id = fields.Many2one(
        "followup.requirement",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    description = fields.Text(related="requirement_id.description", string="Details")
    group = fields.Selection(related="requirement_id.group", string="Concerns")
    checked_date = fields.Date(string="Checked on", readonly=True)
    checked_user_id = fields.Many2one("res.users", string="Checked by", readonly=True)
    note = fields.Char(string="Remark")

    _once = models.UniqueIndex(
        "(tracking_id, requirement_id)", "This requirement is on the order already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """The requirements of an order are those of its customer."""
        if not self.env.su:
            raise AccessError(
                self.env._("Add the requirement to the customer's requirement sheet.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if set(vals) - {"note"} and not self.env.su:
            raise AccessError(self.env._("Tick requirements off by their button."))
        return super().write(vals)

    # === ACTIONS === #

    def action_toggle(self):
        """It was checked by the current user today, or it was not after all."""
        self.check_access("write")
        today = fields.Date.context_today(self)
        # Elevated: who checked when is nobody's to write but by this button.
        for requirement in self.sudo():
            done = bool(requirement.checked_date)
            requirement.write(
                {
                    "checked_date": False if done else today,
                    "checked_user_id": False if done else self.env.uid,
                }
            )
