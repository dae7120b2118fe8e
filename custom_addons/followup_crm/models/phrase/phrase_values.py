from datetime import date

from odoo import api, fields, models
from odoo.tools import format_amount, format_date

from ...tools.phrase import PLACEHOLDERS, fill

# How one addresses somebody whose name is not known.
NOBODY = {"en": "Sir or Madam", "zh": "先生／女士"}


class Phrase(models.Model):
    """What is filled in for the placeholders: from a record that the user may read."""

    _inherit = "followup.phrase"

    def _render(self, record, partner=None):
        """Subject and text of a phrase for a record, as plain text.

        :param record: what the mail is about; may be empty
        :param partner: who gets the mail (default: the record's contact)
        """
        self.ensure_one()
        values = self._get_values(record, partner)
        return fill(self.subject or "", values), fill(self.body or "", values)

    def _get_values(self, record, partner=None):
        """The values of the placeholders; what is not known is left out."""
        self.ensure_one()
        if record:
            record.check_access("read")
        lang = self._get_locale(partner or self._get_contact(record))
        here = record.with_context(lang=lang) if record is not None else record
        partner = partner or self._get_contact(record)
        values = {
            **self._get_sender_values(record, lang),
            **self._get_contact_values(partner),
        }
        if here:
            values |= self._get_record_values(here, lang)
        return {name: str(values.get(name) or "") for name in PLACEHOLDERS}

    def _get_locale(self, partner):
        """The locale in which dates and amounts are written."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        fitting = [code for code in installed if code.startswith(self.language)]
        own = partner.lang if partner else None
        if own in fitting:
            return own
        return fitting[0] if fitting else self.env.lang

    @api.model
    def _get_contact(self, record):
        """Who the record is about: its contact, else its customer."""
        partners = self.env["res.partner"]
        if not record:
            return partners
        if record._name == "res.partner":
            return record
        for name in ("partner_id", "customer_id"):
            # Any model of Odoo may come here: its fields may mean something else.
            found = self._read(record, name)
            if found and getattr(found, "_name", None) == "followup.customer":
                # Elevated: the name of who gets the mail is known to who writes it.
                return found.sudo().partner_id
            if found and getattr(found, "_name", None) == "res.partner":
                return found
        return partners

    def _get_contact_values(self, partner):
        # Elevated: as ``_get_contact``.
        partner = partner.sudo() if partner else self.env["res.partner"]
        person = partner.name if partner and not partner.is_company else False
        return {
            "contact": person or NOBODY.get(self.language),
            "customer": partner.commercial_partner_id.name,
        }

    def _get_sender_values(self, record, lang):
        user = self.env.user
        company = (
            record.company_id
            if record and "company_id" in record._fields and record.company_id
            else self.env.company
        )
        # Elevated: how we are called and reached is no secret.
        sender = user.sudo().partner_id
        today = fields.Date.context_today(self)
        return {
            "user": user.name,
            "company": company.sudo().name,
            "phone": sender.phone or company.sudo().phone,
            "email": sender.email or company.sudo().email,
            "today": format_date(self.env, today, lang_code=lang),
        }

    def _get_record_values(self, record, lang):
        """What the record itself tells: its number, product, order and dates."""
        values = {
            "number": record["name"] if "name" in record._fields else "",
            "subject": self._read(record, "subject"),
        }
        product = self._get_product(record)
        if product and product._name in ("product.product", "product.template"):
            values["product"] = product.display_name
        order = record if record._name == "sale.order" else self._get_order(record)
        if order:
            values |= self._get_order_values(order, lang)
            values["product"] = values.get("product") or values.pop("products")
        sent = self._read(record, "sent_on")
        if isinstance(sent, date):
            values["date_sent"] = format_date(self.env, sent, lang_code=lang)
        return values

    @api.model
    def _read(self, record, name):
        return record[name] if name in record._fields else False

    @api.model
    def _get_product(self, record):
        """The product that a record, or what it is a part of, is about."""
        tracking = self._read(record, "tracking_id")
        found = self._read(record, "product_id")
        if found or not isinstance(tracking, models.BaseModel):
            return found
        return self._read(tracking, "product_id")

    @api.model
    def _get_order(self, record):
        """The order that a record is about, if the user may read it."""
        for name in ("order_id", "quotation_id"):
            order = self._read(record, name)
            if order and order._name == "sale.order" and order.has_access("read"):
                return order
        return self.env["sale.order"]

    def _get_order_values(self, order, lang):
        dates = {
            "valid_until": order.validity_date,
            "delivery_date": order.commitment_date,
            "date_sent": order.date_order,
        }
        products = order.order_line.product_id.mapped("name")
        more = len(products) > 3
        return {
            "order": order.name,
            "reference": order.client_order_ref,
            "products": ", ".join(products[:3]) + (" …" if more else ""),
            "amount": format_amount(
                self.env, order.amount_total, order.currency_id, lang_code=lang
            ),
            **{
                name: format_date(self.env, day, lang_code=lang)
                for name, day in dates.items()
                if day
            },
        }
