from odoo import models
from odoo.exceptions import AccessError, UserError


class Customer(models.Model):
    """Who owns a customer: assignment by those who see all customers."""

    _inherit = "followup.customer"

    # === ACTIONS === #

    def action_assign(self):
        """Open the dialog that gives these customers an owner."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign owner"),
            "res_model": "followup.customer.assign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_ids": [(6, 0, self.ids)]},
        }

    # === BUSINESS === #

    def _assign(self, user):
        """Give the files an owner (or none); the former owner loses them.

        Whoever may not see all customers may not assign. Raises where the new owner
        does not work in a file's company.
        """
        self.check_access("write")
        roles = ("followup_crm.group_user_all", "followup_crm.group_manager")
        if not self.env.su and not any(self.env.user.has_group(r) for r in roles):
            raise AccessError(
                self.env._("Only users who see all customers may assign them.")
            )
        for customer in self:
            if user and customer.company_id not in user.sudo().company_ids:
                raise UserError(
                    self.env._(
                        "%(user)s does not work in %(company)s and cannot own"
                        " %(customer)s.",
                        user=user.name,
                        company=customer.company_id.name,
                        customer=customer.display_name,
                    )
                )
        former = self.user_id - user
        # Elevated: the owner is closed to direct writing.
        self.sudo().write({"user_id": user.id})
        for customer in self.sudo():
            staying = customer.team_user_ids | customer.deputy_user_id | user
            customer.message_unsubscribe((former - staying).partner_id.ids)
        self.sudo().activity_ids.filtered(
            lambda activity: activity.user_id in former
        ).write({"user_id": user.id or self.env.uid})
