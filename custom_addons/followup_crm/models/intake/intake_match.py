from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import email_normalize


class IntakeMixin(models.AbstractModel):
    """Strangers become customers: now or later, never by a guess."""

    _inherit = "followup.intake.mixin"

    # === BUSINESS === #

    def _fill_customers(self, vals_list):
        """Who names a customer must see it; a contact leads to its customer's file.

        One search for all of them.
        """
        named = {vals["customer_id"] for vals in vals_list if vals.get("customer_id")}
        self.env["followup.customer"].browse(named).check_access("read")
        lone = [
            vals
            for vals in vals_list
            if vals.get("partner_id") and not vals.get("customer_id")
        ]
        # Elevated: a record reaches its customer whoever writes it down.
        partners = self.env["res.partner"].sudo()
        partners = partners.browse({vals["partner_id"] for vals in lone})
        files = (
            self.env["followup.customer"]
            .sudo()
            .search(
                Domain("partner_id", "in", partners.commercial_partner_id.ids)
                & Domain("company_id", "in", [vals["company_id"] for vals in lone])
            )
            if lone
            else self.env["followup.customer"]
        )
        by_key = {(file.partner_id.id, file.company_id.id): file.id for file in files}
        for vals in lone:
            commercial = partners.browse(vals["partner_id"]).commercial_partner_id
            vals["customer_id"] = by_key.get((commercial.id, vals["company_id"]))

    def _match_customer(self, customer, partner=None):
        """It is known now who wrote: the customer's tier and owner take over."""
        self.check_access("write")
        if any(record.company_id != customer.company_id for record in self):
            raise UserError(self.env._("The customer file belongs to another company."))
        vals = {"customer_id": customer.id}
        if partner or not self.partner_id:
            vals["partner_id"] = (partner or customer.partner_id).id
        self.write(vals)

    def _get_matching_partners(self):
        """Contacts that may have written: the same address of mail or phone."""
        self.ensure_one()
        partners = self.env["res.partner"]
        email = email_normalize(self.email_from or "")
        if email:
            partners |= partners.search([("email_normalized", "=", email)], limit=10)
        if self.phone:
            partners |= partners.search([("phone", "=", self.phone)], limit=10)
        return partners

    def _follow_customer(self):
        """The customer was matched or changed: its tier orders the lists."""
        # Elevated: the order is closed to direct writing.
        for record in self.sudo():
            record.tier_sequence = record.customer_id.tier_sequence or 999
