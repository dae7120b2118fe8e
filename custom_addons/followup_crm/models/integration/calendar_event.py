from odoo import api, fields, models

from ..interaction.interaction import OPEN_STATES
from ..interaction.interaction_meeting import ECHO

TIME_FIELDS = frozenset(
    {"start", "stop", "duration", "start_date", "stop_date", "allday", "user_id"}
)


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    fcrm_interaction_ids = fields.One2many(
        "followup.interaction",
        "event_id",
        string="Contact with a customer",
        groups="followup_crm.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A meeting about a customer is its owner's, unless who makes it works there.

        Owner, deputy and team keep their own meetings; what somebody else or a program
        makes without naming an organizer goes to the owner.
        """
        owners = self._fcrm_get_owners(vals_list)
        vals_list = [
            {**vals, "user_id": owner.id} if owner else vals
            for vals, owner in zip(vals_list, owners, strict=True)
        ]
        return super().create(vals_list)

    def write(self, vals):
        """A moved meeting moves its contact; an archived one cancels it."""
        names, archived = set(vals), vals.get("active") is False
        result = super().write(vals)
        if not self.env.context.get(ECHO) and (names & TIME_FIELDS or archived):
            for contact in self._fcrm_get_contacts():
                if archived:
                    contact._cancel_from_outside()
                else:
                    contact._follow_meeting(contact.event_id)
        return result

    def unlink(self):
        """A deleted meeting cancels its contact."""
        contacts = self._fcrm_get_contacts()
        if not self.env.context.get(ECHO) and contacts:
            contacts.event_id = False
            contacts._cancel_from_outside()
        return super().unlink()

    def _fcrm_get_contacts(self):
        """Open contacts of these meetings."""
        # Elevated: a contact follows its meeting whoever may change the meeting.
        return (
            self.env["followup.interaction"]
            .sudo()
            .search([("event_id", "in", self.ids), ("state", "in", OPEN_STATES)])
        )

    @api.model
    def _fcrm_get_owners(self, vals_list):
        """The owner for each of these values, empty where Odoo's rule holds."""
        context = self.env.context
        # Elevated: the owner takes the meeting also where its maker sees no file.
        files = self.env["followup.customer"].sudo()
        found = []
        for vals in vals_list:
            model = vals.get("res_model") or context.get("default_res_model")
            res_id = vals.get("res_id") or context.get("default_res_id")
            customer = files.browse()
            if "user_id" not in vals and "default_user_id" not in context:
                lead_id = vals.get("opportunity_id") or (
                    res_id if model == "crm.lead" else False
                )
                if model == "followup.customer" and res_id:
                    customer = files.browse(res_id)
                elif lead_id:
                    lead = self.env["crm.lead"].sudo().browse(lead_id)
                    customer = files._for_partner(lead.partner_id)
            workers = (
                customer.user_id | customer.team_user_ids | customer.deputy_user_id
            )
            owner = customer.user_id
            found.append(owner if self.env.user not in workers else owner.browse())
        return found
