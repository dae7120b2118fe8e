from odoo import api, models
from odoo.fields import Domain


class Customer(models.Model):
    """A file that is made for a prospect keeps through what channel it came (N3)."""

    _inherit = "followup.customer"

    @api.model_create_multi
    def create(self, vals_list):
        customers = super().create(vals_list)
        customers._take_provenance()
        return customers

    def _insert_files(self, candidates):
        """Files that are made by the night's batch, too."""
        result = super()._insert_files(candidates)
        # Elevated: the files belong to whoever owns the customers.
        files = self.sudo().with_context(active_test=False)
        partners = [row[0] for row in candidates]
        leads = self._get_provenance_leads(partners)
        if leads:
            partners = leads.partner_id.commercial_partner_id.ids
            files.search([("partner_id", "in", partners)])._take_provenance(leads)
        return result

    @api.model
    def _get_provenance_leads(self, partner_ids):
        """Leads of these customers that tell how they came to us, the oldest first."""
        # Elevated: where a customer came from is known whoever has the lead.
        leads = self.env["crm.lead"].sudo().with_context(active_test=False)
        told = Domain("fcrm_channel_id", "!=", False)
        told |= Domain("fcrm_method_id", "!=", False)
        return leads.search(
            told & Domain("partner_id.commercial_partner_id", "in", list(partner_ids)),
            order="create_date, id",
        )

    def _take_provenance(self, leads=None):
        """Take channel and method from the leads: the oldest that tells it counts.

        What the file says already stays. Each lead is noted once under what we learnt.

        :param leads: as of ``_get_provenance_leads``, where they are known
        """
        if not self:
            return
        # Elevated: it is part of making the file, or of winning the lead.
        customers = self.sudo()
        if leads is None:
            leads = self._get_provenance_leads(customers.partner_id.ids)
        if not leads:
            return
        by_partner = leads.grouped(lambda lead: lead.partner_id.commercial_partner_id)
        vals_list = []
        for customer in customers:
            for lead in by_partner.get(customer.partner_id, leads.browse()):
                if lead.company_id and lead.company_id != customer.company_id:
                    continue
                if not customer.source_channel_id and lead.fcrm_channel_id:
                    customer.source_channel_id = lead.fcrm_channel_id
                vals_list.append(lead._fcrm_prepare_information(customer))
        self.env["followup.information"].sudo()._note_once(vals_list)
