from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .person_access import REASONS

OPEN_MINUTES = 15
LOGGED_FIELDS = {"person_id", "reason", "note", "expires_at"}


class PersonWindow(models.AbstractModel):
    """A short look at personal data: who asked, why, and until when it is open (R3).

    A window stores no personal data. It belongs to the user who opened it, closes by
    itself, and follows that user's rights to the person at every look.
    """

    _name = "followup.person.window"
    _description = "Look at personal data"
    # What opening it is called in the access log.
    _access_action = None

    person_id = fields.Many2one("followup.person", ondelete="cascade")
    reason = fields.Selection(REASONS, required=True, string="What for")
    note = fields.Char(
        string="Remark", help="Do not write personal data here: it goes into the log."
    )
    expires_at = fields.Datetime(readonly=True, string="Expires at")

    @api.constrains("reason", "note")
    def _check_note(self):
        if any(window.reason == "other" and not window.note for window in self):
            raise ValidationError(
                self.env._("Say in the remark what you need the data for.")
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Open windows: checked against the user's rights, and logged."""
        expires_at = self._get_expiry()
        vals_list = [{**vals, "expires_at": expires_at} for vals in vals_list]
        windows = super().create(vals_list)
        windows._check_access_to_persons("read")
        windows._log_opening()
        return windows

    def write(self, vals):
        if not self.env.su and {"person_id", "reason", "note", "expires_at"} & set(
            vals
        ):
            raise AccessError(
                self.env._("What was logged cannot be changed. Reveal the data again.")
            )
        return super().write(vals)

    def export_data(self, fields_to_export):
        """Refused: what is taken away is taken by the person's own export."""
        raise AccessError(
            self.env._("Personal data are exported with the button on the person only.")
        )

    # === BUSINESS === #

    @api.model
    def _get_expiry(self):
        return fields.Datetime.now() + timedelta(minutes=OPEN_MINUTES)

    def _get_shown_persons(self):
        """The persons whose data each window shows: dict window → persons."""
        return {window: window.person_id for window in self}

    def _log_opening(self):
        accesses = self.env["followup.person.access"]
        vals_list = [
            vals
            for window, persons in self._get_shown_persons().items()
            for vals in accesses._prepare_log_vals(
                persons, self._access_action, window.reason, window.note
            )
        ]
        # Elevated: nobody may write the log by hand.
        accesses.sudo().create(vals_list)

    def _check_access_to_persons(self, operation):
        """Raise unless the user may do this with the persons of all windows."""
        # Elevated: a window tells its person even to one who may not see that person.
        persons = self.sudo().person_id.sudo(False)
        if len(self.sudo().filtered("person_id")) != len(self):
            raise UserError(self.env._("Choose the person first."))
        persons.check_access(operation)

    def _check_open(self):
        """Raise unless the current user may look through all of these windows now."""
        # Elevated: only who made the window, and when, is read.
        windows = self.sudo()
        if any(window.create_uid.id != self.env.uid for window in windows):
            raise AccessError(
                self.env._("Someone else revealed these data. Reveal them yourself.")
            )
        now = fields.Datetime.now()
        if any(not w.expires_at or w.expires_at <= now for w in windows):
            raise UserError(
                self.env._(
                    "These data were open for %(minutes)s minutes and are hidden again."
                    " Reveal them once more.",
                    minutes=OPEN_MINUTES,
                )
            )
        self._check_access_to_persons("read")
