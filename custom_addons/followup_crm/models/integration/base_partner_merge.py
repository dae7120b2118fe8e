from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Combine customer files and personal data before Odoo moves the keys.

        Odoo's merge deletes rows that clash with a UNIQUE constraint.
        """
        # Elevated: who may merge partners merges all their data.
        self.env["followup.person"].sudo()._combine_for_contacts(
            src_partners, dst_partner
        )
        self.env["followup.customer"]._combine_for_partners(src_partners, dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["followup.customer"]._refresh_facts_of(dst_partner)
        return result
