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
        people = self._get_people_of(addresses, company)
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
    def _find_customer(self, addresses, company):
        """The one customer that has these addresses, with its people; else why not.

        A file that the user may not see makes an address ambiguous, too: nothing is
        attached to the wrong customer because the right one is hidden.

        :return: (``followup.customer``, ``res.partner``, None, ``none`` or ``several``)
        """
        found = self._match_people(addresses, company)
        people = self._get_people_of(addresses, company)
        # Elevated: how many files there are is compared, none is told.
        number = (
            self.env["followup.customer"]
            .sudo()
            .search_count(
                Domain("partner_id", "in", people.commercial_partner_id.ids)
                & Domain("company_id", "=", company.id)
            )
        )
        if len(found) == number == 1:
            return *found.popitem(), None
        reason = "several" if found else "none"
        return self.env["followup.customer"], self.env["res.partner"], reason

    @api.model
    def _get_people_of(self, addresses, company):
        """Everybody with one of these addresses, but us; elevated."""
        wanted = {email_normalize(address) for address in addresses} - {False}
        wanted -= self._get_own_addresses(wanted, company)
        # Elevated: callers tell only people of files that the user may see.
        return (
            self.env["res.partner"]
            .sudo()
            .search(Domain("email_normalized", "in", list(wanted)))
        )

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
