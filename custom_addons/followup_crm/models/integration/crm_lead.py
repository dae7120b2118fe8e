from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        """A lead of a customer with a file goes to its owner, if nobody is named."""
        partners = self.env["res.partner"]
        for vals in vals_list:
            if (
                vals.get("partner_id")
                and "user_id" not in vals
                and "default_user_id" not in self.env.context
            ):
                partner = partners.browse(vals["partner_id"])
                owner = self._fcrm_get_owner(partner, vals.get("company_id"))
                if owner:
                    vals["user_id"] = owner.id
        return super().create(vals_list)

    @api.onchange("partner_id")
    def _onchange_fcrm_partner_id(self):
        """Propose the owner where only the usual default, oneself, stands there."""
        if self.partner_id and self.user_id in (self.env.user, self.user_id.browse()):
            owner = self._fcrm_get_owner(self.partner_id, self.company_id.id)
            self.user_id = owner or self.user_id

    @api.model
    def _fcrm_get_owner(self, partner, company_id=False):
        """The owner of a partner's customer file, empty where there is none."""
        company = self.env["res.company"].browse(company_id) or self.env.company
        # Elevated: the owner takes the lead also where its maker sees no file.
        files = self.env["followup.customer"].sudo()
        return files._for_partner(partner, company).user_id.sudo(False)
