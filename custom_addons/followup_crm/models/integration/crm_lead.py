from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.depends("partner_id", "company_id")
    def _compute_user_id(self):
        """A lead of a customer with a file goes to the owner of the file."""
        owners = self.env["res.partner"]._fcrm_get_owners(self)
        result = super()._compute_user_id()
        for lead in self:
            if lead in owners and not lead._origin.user_id:
                lead.user_id = owners[lead]
        return result
