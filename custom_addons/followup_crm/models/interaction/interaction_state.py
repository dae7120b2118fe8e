from odoo import fields, models
from odoo.exceptions import LockError, UserError

# Verb → states from which it leads, state to which it leads.
TRANSITIONS = {
    "confirm": (("planned",), "confirmed"),
    "done": (("planned", "confirmed", "missed"), "done"),
    "miss": (("planned", "confirmed"), "missed"),
    "cancel": (("planned", "confirmed", "missed"), "cancelled"),
    "replan": (("confirmed", "missed", "cancelled"), "planned"),
}


class Interaction(models.Model):
    """The one state machine of a contact, and what each step brings about."""

    _inherit = "followup.interaction"

    # === ACTIONS === #

    def action_confirm(self):
        """The customer has agreed to the appointment."""
        self._move("confirm")

    def action_done(self):
        """It took place; what was said has to be told first."""
        self.check_access("write")
        for contact in self:
            if not (contact.content or "").strip():
                raise UserError(
                    self.env._(
                        "Write down what was said before '%(contact)s' is done.",
                        contact=contact.purpose,
                    )
                )
        self._done()

    def action_miss(self):
        """It did not take place."""
        self._move("miss")
        self._drop_companions()

    def action_cancel(self):
        """It is not wanted any more; meeting and activity go, too."""
        self._move("cancel")
        self._drop_companions()

    def action_replan(self):
        """Plan it again; a day that has passed becomes today."""
        self._move("replan")
        today = fields.Date.context_today(self)
        for contact in self:
            if contact.date < today:
                contact.write({"date": today, "start": False})
        self._put_into_calendar()

    def action_postpone(self):
        """Move these contacts to the next day on which their responsible works."""
        self.check_access("write")
        tomorrow = fields.Date.add(fields.Date.context_today(self), days=1)
        for contact in self:
            contact.date = contact.user_id._fcrm_next_working_day(
                tomorrow, contact.company_id
            )

    def action_open_meeting(self):
        """Open the meeting in Odoo's calendar."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.event_id.display_name,
            "res_model": "calendar.event",
            "view_mode": "form",
            "res_id": self.event_id.id,
        }

    def action_open_customer(self):
        """Open the customer file."""
        self.ensure_one()
        self.check_access("read")
        return self.customer_id._get_form_action()

    # === BUSINESS === #

    def _move(self, verb):
        """Take a step of the state machine; raise where it does not lead from here.

        The rows are locked: two people who press two buttons at the same moment do not
        overwrite each other.
        """
        self.check_access("write")
        sources, target = TRANSITIONS[verb]
        self._lock()
        self.invalidate_recordset(["state"])
        for contact in self:
            if contact.state not in sources:
                state = dict(contact._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "'%(contact)s' is %(state)s already: reload the page.",
                        contact=contact.purpose,
                        state=state[contact.state].lower(),
                    )
                )
        # Elevated: the state is closed to direct writing.
        self.sudo().write({"state": target})

    def _lock(self):
        """Lock the rows, or say that somebody else is at them."""
        try:
            self.lock_for_update()
        except LockError as error:
            raise LockError(
                self.env._(
                    "A colleague is changing this contact at this moment: try again."
                )
            ) from error

    def _done(self, day=None):
        """Mark as done, finish the activity, plan what comes next.

        :param day: when it took place (default: its own day, at the latest today)
        """
        self._move("done")
        today = fields.Date.context_today(self)
        for contact in self:
            done = min(day or contact.date, today)
            # Elevated: protected fields.
            contact.sudo().write({"done_date": done, "date": done})
        self._finish_activities()
        self._drop_future_meetings()
        self._count_as_contact()
        self._plan_next()

    def _count_as_contact(self):
        """A done contact with content resets the customer's clock, an empty one not."""
        for contact in self:
            if (contact.content or "").strip():
                contact.customer_id._note_contact(contact.done_date)

    def _plan_next(self):
        """Make the next contact of each that names a next step; once."""
        for contact in self:
            if not contact.next_step or contact._get_next():
                continue
            # Elevated: links between contacts are closed to direct writing.
            contact.sudo().create(contact._prepare_next_vals())

    def _get_next(self):
        return self.sudo().search([("previous_id", "in", self.ids)], limit=1)  # counts

    def _prepare_next_vals(self):
        """Values of the contact that the next step becomes."""
        return {
            "customer_id": self.customer_id.id,
            "user_id": self.user_id.id,
            "purpose": self.next_step,
            "date": self.next_date or fields.Date.context_today(self),
            "method": self.method,
            "kind": "other",
            "contact_ids": [(6, 0, self.contact_ids.ids)],
            "previous_id": self.id,
        }
