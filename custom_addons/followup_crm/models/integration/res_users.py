from odoo import api, fields, models
from odoo.exceptions import UserError


class ResUsers(models.Model):
    _inherit = "res.users"

    fcrm_capacity = fields.Integer(
        string="Customers at most",
        groups="followup_crm.group_manager,base.group_erp_manager",
        help="How many customers this user may own; 0 for the company's figure.",
    )
    fcrm_first_capacity = fields.Integer(
        string="Customers of the best tier at most",
        groups="followup_crm.group_manager,base.group_erp_manager",
        help="Of these, how many of the best tier; 0 for the company's figure.",
    )

    # === CRUD === #

    def write(self, vals):
        """Whoever is deactivated leaves nothing behind that gets lost (F10)."""
        if "active" in vals and not vals["active"]:
            self._fcrm_park()
        return super().write(vals)

    def action_archive(self):
        """Ask for the successor; Odoo would delete the user's activities."""
        handovers = self._fcrm_park()
        result = super().action_archive()
        return handovers._get_form_action() if handovers else result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fcrm_owner(self):
        # Elevated: files that the current user may not see count, too.
        files = self.env["followup.customer"].sudo().with_context(active_test=False)
        if files.search_count([("user_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This user owns customers. Archive the user instead: you are then"
                    " asked who takes over."
                )
            )

    def _fcrm_park(self):
        """Park what active users among these have open, before they are deactivated."""
        leaving = self.filtered("active") - self.env.user
        return self.env["followup.handover"]._park_for(leaving)
