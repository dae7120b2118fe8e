from odoo import api, models

# What is watched of key accounts, of the company and of its people.
WATCHED = frozenset(
    {
        "property_payment_term_id",
        "credit_limit",
        "use_partner_credit_limit",
        "name",
        "function",
        "active",
        "parent_id",
        "type",
    }
)


class ResPartner(models.Model):
    """Payment terms, credit limit and people of key accounts are watched (A4)."""

    _inherit = "res.partner"

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        contacts = partners.filtered(lambda p: p.parent_id and p.type == "contact")
        if contacts:
            self.env["followup.account"]._find_of_partners(contacts)._watch()
        return partners

    def write(self, vals):
        if not WATCHED & vals.keys():
            return super().write(vals)
        accounts = self.env["followup.account"]._find_of_partners(self)
        accounts._prepare_watch()
        result = super().write(vals)
        if "parent_id" in vals:
            accounts |= accounts._find_of_partners(self)
        if accounts:
            accounts._watch()
        return result
