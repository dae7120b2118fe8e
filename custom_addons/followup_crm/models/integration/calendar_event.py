from odoo import fields, models

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
