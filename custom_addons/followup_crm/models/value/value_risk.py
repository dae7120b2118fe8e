from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.day import company_today
from ..interaction.interaction import OPEN_STATES


class Value(models.Model):
    """The list of customers at risk, and the contact that is proposed for each (V7)."""

    _inherit = "followup.value"

    proposed_contact = fields.Char(
        compute="_compute_proposed_contact", string="Next contact"
    )
    contact_id = fields.Many2one(
        "followup.interaction",
        compute="_compute_proposed_contact",
        string="Planned contact",
    )
    late_days = fields.Integer(
        compute="_compute_late_days",
        string="Days late",
        aggregator=None,
        help="Days since its order was due by its usual rhythm.",
    )

    @api.depends("last_order_date", "median_days")
    def _compute_late_days(self):
        for value in self:
            days = 0
            if value.last_order_date and value.own_rhythm:
                today = company_today(value.company_id)
                since = (today - value.last_order_date).days
                days = max(0, round(since - value.median_days))
            value.late_days = days

    @api.depends("churn_state", "last_order_date")
    @api.depends_context("lang")
    def _compute_proposed_contact(self):
        """What is planned already, else what to do next."""
        planned = self.env["followup.interaction"].search(
            Domain("customer_id", "in", self.customer_id.ids)
            & Domain("state", "in", OPEN_STATES),
            order="date desc, id desc",
        )
        # The earliest one of a customer is the last that the dict keeps.
        next_ones = {contact.customer_id: contact for contact in planned}
        for value in self:
            contact = next_ones.get(value.customer_id)
            value.contact_id = contact
            value.proposed_contact = value._get_proposed_contact(contact)

    def _get_proposed_contact(self, contact):
        if contact:
            return self.env._(
                "Planned %(date)s: %(purpose)s",
                date=self._day(contact.date),
                purpose=contact.purpose,
            )
        if self.churn_state == "churned":
            return self.env._("Visit or call: find out why, offer a way back.")
        if self.churn_state == "at_risk":
            return self.env._("Call: ask when the next order comes, and what hinders.")
        return ""

    # === ACTIONS === #

    def action_plan_contact(self):
        """Plan the proposed contact for the account owner, and open it.

        One for each time that a customer falls behind: it is found again, not doubled.
        """
        self.ensure_one()
        customer = self.customer_id
        customer.check_access("write")
        if self.contact_id:
            return self._open_contact(self.contact_id)
        if self.churn_state not in ("at_risk", "churned"):
            raise UserError(
                self.env._("This customer orders as usual: plan a contact on its file.")
            )
        contact = self.env["followup.interaction"].create(
            self._prepare_contact_vals(customer)
        )
        self.invalidate_recordset(["contact_id", "proposed_contact"])
        return self._open_contact(contact)

    def _prepare_contact_vals(self, customer):
        last = self._day(self.last_order_date)
        purpose = self.env._(
            "No order since %(date)s: ask when the next one comes", date=last
        )
        if self.churn_state == "churned":
            purpose = self.env._(
                "No order since %(date)s: find out why, offer a way back", date=last
            )
        return {
            "customer_id": customer.id,
            "user_id": (customer.user_id or self.env.user).id,
            "method": customer.preferred_method or "phone",
            "kind": "other",
            "date": company_today(self.company_id),
            "purpose": purpose,
        }

    def _open_contact(self, contact):
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.interaction",
            "res_id": contact.id,
            "view_mode": "form",
        }

    def action_open_customer(self):
        """Open the customer file at its value."""
        self.ensure_one()
        action = self.customer_id.get_formview_action()
        return action

    def action_start_winback(self):
        """Open a win-back case for this customer, the one that runs if there is."""
        self.ensure_one()
        return self.customer_id.action_start_winback()
