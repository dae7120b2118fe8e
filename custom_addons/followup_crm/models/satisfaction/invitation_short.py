from datetime import timedelta

from odoo import api, fields, models

# A closed complaint is asked about a day later, a delivery when it was looked at.
COMPLAINT_DELAY = timedelta(hours=24)
DELIVERY_DELAY = timedelta(days=3)


class SatisfactionInvitation(models.Model):
    """Short questions: after a delivery, after a complaint (G5, K7)."""

    _inherit = "followup.satisfaction.invitation"

    @api.model
    def _ask_after_deliveries(self, pickings):
        """Ask about goods that have arrived; each delivery once.

        :param pickings: done outgoing transfers, elevated
        """
        pickings = pickings.filtered(
            lambda one: (
                one.company_id.fcrm_survey_delivery
                and one.picking_type_code == "outgoing"
                and one.partner_id
            )
        )
        survey = pickings and self.env["survey.survey"]._fcrm_get_for("delivery")
        if not survey:
            return
        asked = self.search([("picking_id", "in", pickings.ids)]).picking_id
        files = self._get_files(pickings)
        vals_list = []
        for picking in pickings - asked:
            customer = files.get(
                (picking.partner_id.commercial_partner_id.id, picking.company_id.id)
            )
            if customer:
                contact = self._get_short_contact(customer, picking.partner_id)
                vals = self._prepare_short(customer, contact, survey, DELIVERY_DELAY)
                category = picking.move_ids.product_id[:1].categ_id
                vals_list.append(
                    {**vals, "picking_id": picking.id, "categ_id": category.id}
                )
        self.create(vals_list)

    @api.model
    def _ask_after_complaint(self, complaint):
        """Ask how a closed complaint was dealt with; each complaint once."""
        customer = complaint.customer_id
        survey = self.env["survey.survey"]._fcrm_get_for("complaint")
        if (
            not customer
            or not survey
            or not complaint.company_id.fcrm_survey_complaint
            or self.search_count([("complaint_id", "=", complaint.id)], limit=1)
        ):
            return
        contact = self._get_short_contact(customer, complaint.partner_id)
        vals = self._prepare_short(customer, contact, survey, COMPLAINT_DELAY)
        category = complaint.product_id.categ_id
        self.create({**vals, "complaint_id": complaint.id, "categ_id": category.id})

    @api.model
    def _get_files(self, pickings):
        """Files of those the goods went to: (partner id, company id) → file."""
        files = self.env["followup.customer"].search(
            [
                ("partner_id", "in", pickings.partner_id.commercial_partner_id.ids),
                ("company_id", "in", pickings.company_id.ids),
            ]
        )
        return {(one.partner_id.id, one.company_id.id): one for one in files}

    @api.model
    def _get_short_contact(self, customer, partner):
        """Who got the goods or complained, where there is an address; else the file's
        person in charge, else the company."""
        is_theirs = partner.commercial_partner_id == customer.partner_id
        return (
            (partner.filtered("email") if is_theirs else partner.browse())
            or customer.person_in_charge_id.filtered("email")
            or customer.partner_id
        )

    @api.model
    def _prepare_short(self, customer, contact, survey, delay):
        return {
            "company_id": customer.company_id.id,
            "customer_id": customer.id,
            "tier_id": customer.tier_id.id,
            "country_id": customer.country_id.id,
            "user_id": customer.user_id.id,
            "survey_id": survey.id,
            "kind": survey.fcrm_kind,
            "partner_id": contact.id,
            "state": "queued",
            "due_date": fields.Datetime.now() + delay,
        }
