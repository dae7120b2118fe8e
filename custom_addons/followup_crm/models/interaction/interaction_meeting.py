from datetime import timedelta

from odoo import fields, models

from .interaction import OPEN_STATES

# Set while one side brings the other up to date, which then does not answer.
ECHO = "fcrm_from_interaction"
DEFAULT_HOURS = 1.0


class Interaction(models.Model):
    """A contact with a time is a meeting in Odoo's calendar.

    The time goes both ways by one path: who moves the contact moves the meeting, which
    tells the contact. Subject and responsible go from the contact to the meeting.
    """

    _inherit = "followup.interaction"

    def _pass_on(self, vals):
        """Pass on to meeting and activity what has been written."""
        if self.env.context.get(ECHO):
            return
        if {"start", "date", "duration"} & set(vals):
            self._move_meetings()
        if {"purpose", "user_id", "customer_id", "method"} & set(vals):
            self._rename_meetings()
        if {"date", "user_id", "purpose"} & set(vals):
            self._update_activities()

    def _put_into_calendar(self):
        """Make the meetings of open contacts that have a time and no meeting yet."""
        new = self.filtered(
            lambda c: c.start and not c.event_id and c.state in OPEN_STATES
        )
        if not new:
            return
        # Elevated: a meeting may be for a colleague; nobody is sent an invitation.
        events = self.env["calendar.event"].sudo().with_context(**self._quiet())
        made = events.create([contact._prepare_event_vals() for contact in new])
        for contact, event in zip(new, made, strict=True):
            contact.sudo().with_context(**{ECHO: True}).event_id = event

    @staticmethod
    def _quiet():
        """Context in which the calendar neither writes mails nor answers."""
        return {
            ECHO: True,
            "no_mail_to_attendees": True,
            "skip_attendee_notification": True,
            "skip_contact_description": True,
            "mail_activity_quick_update": True,
        }

    def _prepare_event_vals(self):
        self.ensure_one()
        hours = self.duration or DEFAULT_HOURS
        partner = self.sudo().user_id.partner_id  # one's own attendance
        return {
            "name": self._get_event_name(),
            "start": self.start,
            "stop": self.start + timedelta(hours=hours),
            "user_id": self.user_id.id,
            "partner_ids": [(6, 0, partner.ids)],
            "privacy": "private" if self.is_personal else False,
            "activity_ids": [],
        }

    def _get_event_name(self):
        return f"{self.customer_id.display_name}: {self.purpose}"

    def _move_meetings(self):
        """Bring meetings to the contacts' time; make or remove them where need be."""
        self._put_into_calendar()
        # Elevated: the meeting follows the contact whoever organised it.
        for contact in self.sudo().with_context(**self._quiet()):
            event = contact.event_id
            if event and not contact.start:
                contact.event_id = False
                event.unlink()
            elif event and contact.state in OPEN_STATES:
                hours = contact.duration or DEFAULT_HOURS
                stop = contact.start + timedelta(hours=hours)
                if (event.start, event.stop) != (contact.start, stop):
                    event.write({"start": contact.start, "stop": stop})

    def _rename_meetings(self):
        """Subject and responsible of the meetings follow the contacts."""
        # Elevated: the meeting follows the contact whoever organised it.
        for contact in self.sudo().with_context(**self._quiet()):
            event = contact.event_id
            if not event:
                continue
            vals = {"name": contact._get_event_name()}
            if event.user_id != contact.user_id:
                vals["user_id"] = contact.user_id.id
                vals["partner_ids"] = [
                    (3, event.user_id.partner_id.id),
                    (4, contact.user_id.partner_id.id),
                ]
            event.write(vals)

    def _drop_companions(self):
        """Remove the meetings and activities of contacts that do not take place."""
        # Elevated: they go with the contact, whoever they are assigned to.
        contacts = self.sudo().with_context(**self._quiet())
        contacts.activity_id.filtered("active").unlink()
        contacts.event_id.unlink()

    def _drop_future_meetings(self):
        """A contact that took place earlier than planned needs its meeting no more."""
        # Elevated: the meeting goes with the contact, whoever organised it.
        contacts = self.sudo().with_context(**self._quiet())
        contacts.event_id.filtered(lambda e: e.start > fields.Datetime.now()).unlink()

    def _follow_meeting(self, event):
        """The meeting was moved in the calendar: so is the contact."""
        self.ensure_one()
        vals = {
            "start": event.start,
            "duration": (event.stop - event.start).total_seconds() / 3600,
        }
        user = event.user_id
        if user and not user.share and self.company_id in user.company_ids:
            vals["user_id"] = user.id
        changed = {
            name: value
            for name, value in vals.items()
            if value != self._fields[name].convert_to_write(self[name], self)
        }
        if changed:
            self.with_context(**{ECHO: True}).write(changed)
            self.with_context(**{ECHO: True})._update_activities()

    def _cancel_from_outside(self):
        """Meeting or activity were deleted: the contact is not wanted any more."""
        open_contacts = self.filtered(lambda contact: contact.state in OPEN_STATES)
        if open_contacts:
            open_contacts.write({"state": "cancelled"})
            open_contacts._drop_companions()
