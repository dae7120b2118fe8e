from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.satisfaction import draw_sample
from .dimensions import RELATION_KINDS

ASKED_STATES = ("sent", "answered")


class SatisfactionRound(models.Model):
    """Who is asked: by tier, country and sample, and not too often (G2)."""

    _inherit = "followup.satisfaction.round"

    def _choose(self):
        """Write down whom this round asks, and whom not and why; anew each time."""
        self.ensure_one()
        # Elevated: managers choose among all customers of the company.
        own = self.sudo()
        own.invitation_ids.unlink()
        customers = own._get_candidates()
        contacts = own._get_contacts(customers)
        reasons = own._get_reasons(customers, contacts)
        snapshots = own.invitation_ids._prepare_snapshot(customers)
        own.invitation_ids.create(
            [
                {
                    **snapshots[customer.id],
                    "round_id": own.id,
                    "survey_id": own.survey_id.id,
                    "kind": own.survey_id.fcrm_kind or "satisfaction",
                    "partner_id": contacts[customer.id].id,
                    "state": "left_out" if customer.id in reasons else "proposed",
                    "reason": reasons.get(customer.id),
                }
                for customer in customers
            ]
        )

    def _get_candidates(self):
        """Customers of the wanted tiers and countries."""
        domain = Domain("company_id", "=", self.company_id.id)
        if self.tier_ids:
            domain &= Domain("tier_id", "in", self.tier_ids.ids)
        if self.country_ids:
            domain &= Domain("partner_id.country_id", "in", self.country_ids.ids)
        return self.env["followup.customer"].search(domain, order="tier_sequence, id")

    def _get_contacts(self, customers):
        """Whom to ask of each customer: file id → contact with an address, or none."""
        empty = self.env["res.partner"]
        if self.contact_role == "company":
            return {one.id: one.partner_id.filtered("email") for one in customers}
        if self.contact_role != "in_charge":
            found = self._get_persons(customers)
            return {one.id: found.get(one.id, empty) for one in customers}
        others = self._get_any_contacts(customers)
        return {
            one.id: one.person_in_charge_id.filtered("email")
            or others.get(one.partner_id.id, empty)
            or one.partner_id.filtered("email")
            for one in customers
        }

    def _get_persons(self, customers):
        """Decision makers in the wanted role: file id → contact."""
        persons = self.env["followup.person"].search(
            [("customer_id", "in", customers.ids), ("role", "=", self.contact_role)],
            order="id desc",
        )
        return {
            person.customer_id.id: person.contact_id
            for person in persons
            if person.contact_id.email
        }

    def _get_any_contacts(self, customers):
        """The first contact with an address of each company: partner id → contact."""
        contacts = self.env["res.partner"].search(
            [
                ("parent_id", "in", customers.partner_id.ids),
                ("email", "!=", False),
                ("type", "=", "contact"),
            ],
            order="id desc",
        )
        return {contact.parent_id.id: contact for contact in contacts}

    def _get_reasons(self, customers, contacts):
        """Why customers are not asked: file id → reason; the others are asked."""
        reasons, seen = {}, set()
        partners = self.env["res.partner"].union(*contacts.values())
        barred = self.invitation_ids._get_barred_emails(partners)
        asked = self._get_last_asked(partners, RELATION_KINDS)
        customers_asked = self._get_last_customers_asked(customers)
        for customer in customers:
            contact = contacts[customer.id]
            if reason := (
                self._get_customer_reason(customer, customers_asked.get(customer.id))
                or self._get_contact_reason(contact, barred, asked.get(contact.id))
                or (contact.email_normalized in seen and "same")
            ):
                reasons[customer.id] = reason
            else:
                seen.add(contact.email_normalized)
        if self.sample_size:
            wanted = [one.id for one in customers if one.id not in reasons]
            drawn = draw_sample(wanted, self.sample_size, self.seed)
            reasons.update((id_, "sample") for id_ in wanted if id_ not in drawn)
        return reasons

    def _get_customer_reason(self, customer, last):
        """Blacklisted, customer for too short a time, or asked within its interval."""
        today = fields.Date.context_today(self)
        least = timedelta(days=self.company_id.fcrm_survey_customer_days)
        if customer.standing == "blacklisted":
            return "standing"
        first = customer.first_order_date
        if not first or first > today - least:
            return "new"
        interval = timedelta(days=customer.survey_interval_days)
        if last and last > fields.Datetime.now() - interval:
            return "interval"
        return None

    def _get_contact_reason(self, contact, barred, last):
        """No address, an address that wants no mails, or one that was asked lately."""
        if not contact.email_normalized:
            return "no_contact"
        if contact.email_normalized in barred:
            return "blacklisted"
        rest = timedelta(days=self.company_id.fcrm_survey_days)
        if last and last > fields.Datetime.now() - rest:
            return "fatigue"
        return None

    @api.model
    def _get_last_asked(self, partners, kinds=None):
        """When each contact was asked last, in whatever company: partner id → moment.

        :param kinds: kinds of questionnaires that count; all of them by default
        """
        domain = Domain("partner_id", "in", partners.ids)
        if kinds:
            domain &= Domain("kind", "in", kinds)
        return self._get_last_sent(domain, "partner_id")

    @api.model
    def _get_last_customers_asked(self, customers):
        """When each customer was last asked about the relation: file id → moment."""
        domain = Domain("customer_id", "in", customers.ids)
        return self._get_last_sent(
            domain & Domain("kind", "in", RELATION_KINDS), "customer_id"
        )

    @api.model
    def _get_last_sent(self, domain, name):
        # Elevated: all rounds and short questions count, whoever may see them.
        groups = (
            self.env["followup.satisfaction.invitation"]
            .sudo()
            ._read_group(
                domain
                & Domain("source", "=", "online")
                & Domain("sent_date", "!=", False),
                [name],
                ["sent_date:max"],
            )
        )
        return {record.id: moment for record, moment in groups}
