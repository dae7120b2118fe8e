from odoo import models

from ..interaction.interaction import OPEN_STATES
from ..interaction.interaction_meeting import ECHO


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def write(self, vals):
        """A contact's activity that is moved or handed over takes the contact along."""
        result = super().write(vals)
        if {"date_deadline", "user_id"} & set(vals) and not self.env.context.get(ECHO):
            for contact in self._fcrm_get_contacts():
                contact._follow_activity(contact.activity_id, vals)
        return result

    def _action_done(self, feedback=False, attachment_ids=None):
        """The activity of a contact is done: so is the contact, with the feedback."""
        contacts = self._fcrm_get_contacts()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        if not self.env.context.get(ECHO):
            for contact in contacts:
                if feedback:
                    said = [contact.content, feedback]
                    contact.content = "\n".join(text for text in said if text)
                contact._done()
        return result

    def unlink(self):
        """A contact whose activity is deleted is not wanted any more."""
        contacts = self._fcrm_get_contacts()
        if not self.env.context.get(ECHO) and contacts:
            contacts.activity_id = False
            if not self.env.context.get("fcrm_keep_contacts"):
                contacts._cancel_from_outside()
        return super().unlink()

    def _fcrm_get_contacts(self):
        """Open contacts whose activities these are."""
        # Elevated: a contact follows its activity whoever may change the activity.
        return (
            self.env["followup.interaction"]
            .sudo()
            .search([("activity_id", "in", self.ids), ("state", "in", OPEN_STATES)])
        )
