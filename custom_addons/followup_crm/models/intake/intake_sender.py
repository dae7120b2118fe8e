from odoo import api, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class IntakeMixin(models.AbstractModel):
    """Who it is that writes: matched by the address, and never by a guess."""

    _inherit = "followup.intake.mixin"

    @api.model
    def _match_sender(self, address, company):
        """The contact with exactly this address.

        Empty where nobody has it, where different customers share it, and where it is
        a colleague's: a record without a customer is matched by a person, one of the
        wrong customer shows that customer what is none of its business.

        :param address: as written by the sender
        :return: ``res.partner``, elevated
        """
        # Elevated: the gateway and the public form look up; nothing is told to them.
        partners = self.env["res.partner"].sudo()
        email = email_normalize(address or "")
        if not email:
            return partners
        partners = partners.search(
            Domain("email_normalized", "=", email)
            & Domain("company_id", "in", (False, company.id)),
            limit=50,
        )
        customers = partners.commercial_partner_id
        ours = partners.user_ids.filtered(lambda user: not user.share)
        if len(customers) != 1 or ours or self._is_own_company(customers):
            return partners.browse()
        contacts = partners - customers
        return (contacts or partners).sorted("id")[:1]

    @api.model
    def _is_own_company(self, partners):
        # Elevated: companies of the same database count, whoever asks.
        return bool(
            self.env["res.company"]
            .sudo()
            .search_count([("partner_id", "in", partners.ids)], limit=1)
        )

    def _is_from_customer(self, address):
        """Whether an address is that of who wrote, or of the same customer."""
        self.ensure_one()
        email = email_normalize(address or "")
        if not email:
            return False
        # Elevated: see ``_match_sender``.
        own = self.sudo()
        if email in (
            email_normalize(own.email_from or ""),
            own.partner_id.email_normalized,
        ):
            return True
        customer = own._get_commercial_partner()
        return bool(customer) and bool(
            self.env["res.partner"]
            .sudo()
            .search_count(
                [("email_normalized", "=", email), ("id", "child_of", customer.ids)],
                limit=1,
            )
        )

    def _get_commercial_partner(self):
        """The company that wrote, as far as it is known."""
        self.ensure_one()
        return (self.customer_id.partner_id or self.partner_id).commercial_partner_id

    # === ACTIONS === #

    def action_confirm_sender(self):
        """Somebody made sure, for example by a call, that the sender is genuine."""
        self.ensure_one()
        self.check_access("write")
        # Elevated: the field is closed to direct writing.
        self.sudo().is_sender_verified = True
        self.message_post(
            body=self.env._("%(user)s confirmed the sender.", user=self.env.user.name)
        )
