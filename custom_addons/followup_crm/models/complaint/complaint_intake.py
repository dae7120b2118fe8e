from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

# What a portal page, a public form or a mail may say about a complaint (C10).
CHANNEL_FIELDS = frozenset(
    """subject description company_id complainant_name complainant_company email_from
    phone order_id picking_id move_id product_id lot_id quantity wanted wish""".split()
)


class Complaint(models.Model):
    """How complaints come in, and how strangers become customers (C1, C10)."""

    _inherit = "followup.complaint"

    @api.model
    def _create_from_channel(
        self, channel, vals, partner=None, verified=True, message_id=None
    ):
        """Register what came in by portal, public form or mail.

        :param channel: ``portal``, ``form`` or ``email``
        :param vals: values; keys outside ``CHANNEL_FIELDS`` are dropped
        :param partner: ``res.partner`` of who complains, where that is known
        :param verified: False where the sender may be forged
        :param message_id: Message-Id of the mail; the same mail never makes a second
            complaint: the unique index raises
        :return: the complaint, elevated
        """
        own = {name: vals[name] for name in CHANNEL_FIELDS & vals.keys()}
        own["subject"] = (own.get("subject") or "").strip() or self.env._(
            "(no subject)"
        )
        own |= {
            "channel": channel,
            "partner_id": partner.id if partner else False,
            "is_sender_verified": verified,
            "source_message_id": message_id or False,
            "received_by_id": False,
        }
        # Elevated: portal users, visitors and the mail gateway have no right to create;
        # the values are an allow-list.
        return self.sudo().create(own)

    def _match_customer(self, customer, partner=None):
        """It is known now who complained: the customer's tier and owner take over."""
        self.check_access("write")
        if any(complaint.company_id != customer.company_id for complaint in self):
            raise UserError(
                self.env._("The customer file belongs to another company.")
            )
        vals = {"customer_id": customer.id}
        if partner or not self.partner_id:
            vals["partner_id"] = (partner or customer.partner_id).id
        self.write(vals)

    def _get_matching_partners(self):
        """Contacts that may have complained: the same address of mail or phone."""
        self.ensure_one()
        partners = self.env["res.partner"]
        email = email_normalize(self.email_from or "")
        if email:
            partners |= partners.search([("email_normalized", "=", email)], limit=10)
        if self.phone:
            partners |= partners.search([("phone", "=", self.phone)], limit=10)
        return partners
