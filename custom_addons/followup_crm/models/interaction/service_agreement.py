from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ServiceAgreement(models.Model):
    """Response times that were promised to one customer (服务协议, F12).

    They hold instead of those that follow from the customer's tier.
    """

    _name = "followup.service.agreement"
    _inherit = ["followup.customer.detail.mixin", "mail.thread"]
    _description = "Service agreement with a customer"
    _order = "date_from desc, id desc"

    name = fields.Char(
        required=True, tracking=True, help="For example: Supply contract 2026, annex 3."
    )
    active = fields.Boolean(default=True)
    date_from = fields.Date(
        string="Valid from",
        required=True,
        default=fields.Date.context_today,
        tracking=True,
    )
    date_to = fields.Date(string="Valid until", tracking=True)
    response_hours = fields.Float(
        string="First answer within (hours)",
        required=True,
        tracking=True,
        help="Working hours, as promised to this customer.",
    )
    proposal_hours = fields.Float(
        string="Proposal within (hours)",
        tracking=True,
        help="Working hours until a written proposal to a complaint; 0: as the tier.",
    )
    resolution_hours = fields.Float(
        string="Solved within (hours)",
        tracking=True,
        help="Working hours until a complaint is settled; 0: as the tier says.",
    )
    note = fields.Text()
    is_valid = fields.Boolean(compute="_compute_is_valid", string="Valid today")

    _hours_positive = models.Constraint(
        "CHECK (response_hours > 0 AND proposal_hours >= 0 AND resolution_hours >= 0)",
        "Promise an answer within more than zero hours.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "An agreement cannot end before it begins.",
    )

    @api.depends("date_from", "date_to", "active")
    def _compute_is_valid(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            agreement.is_valid = bool(
                agreement.active
                and agreement.date_from
                and agreement.date_from <= today
                and (not agreement.date_to or agreement.date_to >= today)
            )

    @api.constrains("customer_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        for agreement in self.filtered("active"):
            domain = (
                Domain("customer_id", "=", agreement.customer_id.id)
                & Domain("id", "!=", agreement.id)
                & (
                    Domain("date_to", "=", False)
                    | Domain("date_to", ">=", agreement.date_from)
                )
            )
            if agreement.date_to:
                domain &= Domain("date_from", "<=", agreement.date_to)
            other = self.search(domain, limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "'%(other)s' holds in the same time: end it first, so that one"
                        " promise counts.",
                        other=other.name,
                    )
                )

    # === BUSINESS === #

    @api.model
    def _get_valid(self, customers, day=None):
        """The agreement that holds for each customer on a day.

        :return: dict customer id → ``followup.service.agreement``
        """
        day = day or fields.Date.context_today(self)
        # Elevated: a promise to a customer binds everybody who answers it.
        found = self.sudo().search(
            Domain("customer_id", "in", customers.ids)
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
        return {agreement.customer_id.id: agreement for agreement in found}


class Customer(models.Model):
    """What a customer was promised: its agreement, else what its tier says."""

    _inherit = "followup.customer"

    agreement_ids = fields.One2many(
        "followup.service.agreement", "customer_id", string="Service agreements"
    )

    def _get_promised_hours(self, base_hours, kind="response", day=None):
        """Working hours within which each customer was promised something.

        An agreement overrides the tier; without one, the usual hours are multiplied by
        the factor of the customer's tier.

        :param base_hours: the usual hours, for a tier with the factor 1
        :param kind: ``response``, ``proposal`` or ``resolution``
        :param day: the day that counts (default: today)
        :return: dict customer id → hours
        """
        agreements = self.env["followup.service.agreement"]._get_valid(self, day)
        hours = {}
        for customer in self:
            agreement = agreements.get(customer.id)
            promised = agreement[f"{kind}_hours"] if agreement else 0
            factor = customer.tier_id.response_factor if customer.tier_id else 1.0
            hours[customer.id] = promised or base_hours * factor
        return hours
