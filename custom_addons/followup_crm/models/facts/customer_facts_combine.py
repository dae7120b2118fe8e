from odoo import api, models

from .customer_dealings import FIGURES


class Customer(models.Model):
    """Sales when two files turn out to be one: sums are computed anew, never moved."""

    _inherit = "followup.customer"

    def _combine_into(self, target):
        """Imported years of both files stay, and add up; months are computed anew."""
        # Elevated as the combination itself; months are nobody's to delete.
        months = self.env["followup.sales.month"].sudo()
        months.search([("customer_id", "in", (self - target).ids)]).unlink()
        result = super()._combine_into(target)
        self.env["followup.sales.month"]._refresh(target)
        return result

    @api.model
    def _is_combinable(self, field):
        return field.name not in FIGURES and super()._is_combinable(field)

    @api.model
    def _refresh_facts_of(self, partner):
        """After partners were merged: the documents are now this partner's."""
        # Elevated: whoever merges, the sums of all companies must be right.
        files = self.sudo().with_context(active_test=False)
        customers = files.search(
            [("partner_id", "=", partner.sudo().commercial_partner_id.id)]
        )
        if customers:
            self.env["followup.sales.month"]._refresh(customers)
            self._refresh_order_figures(customers.partner_id)
