from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class Interaction(models.Model):
    """Whose message is it? By address, exactly; never by a guess (F14)."""

    _inherit = "followup.interaction"

    @api.model
    def _match_people(self, addresses, company):
        """People of customers by their e-mail addresses.

        Our own addresses do not count. Only files that the current user may see are
        found; an address that several customers have makes all of them candidates.

        :param addresses: list of e-mail addresses
        :return: dict of ``followup.customer`` → ``res.partner``
        """
        wanted = {email_normalize(address) for address in addresses} - {False}
        wanted -= self._get_own_addresses(wanted, company)
        if not wanted:
            return {}
        # Elevated: only people of files that the user may see are told.
        people = (
            self.env["res.partner"]
            .sudo()
            .search(Domain("email_normalized", "in", list(wanted)))
        )
        files = self.env["followup.customer"].search(
            Domain("partner_id", "in", people.commercial_partner_id.ids)
            & Domain("company_id", "=", company.id)
        )
        found = {}
        for customer in files:
            found[customer] = people.filtered(
                lambda p, customer=customer: (
                    p.commercial_partner_id == customer.partner_id
                )
            ).sudo(False)
        return found

    @api.model
    def _get_own_addresses(self, addresses, company):
        """Those of the addresses that are ours: users', the company's, aliases'."""
        # Elevated: our own addresses are compared, not shown.
        users = self.env["res.users"].sudo().with_context(active_test=False)
        staff = users.search(
            [("share", "=", False), ("email_normalized", "in", list(addresses))]
        )
        own = set(staff.mapped("email_normalized"))
        own |= {email_normalize(company.sudo().email or "")}
        aliases = self.env["mail.alias"].sudo()
        found = aliases.search([("alias_full_name", "in", list(addresses))])
        own |= set(found.mapped("alias_full_name"))
        return own
