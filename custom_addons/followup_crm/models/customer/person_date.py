from calendar import monthrange

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import NO_ACCESS

MONTHS = [
    ("01", "January"),
    ("02", "February"),
    ("03", "March"),
    ("04", "April"),
    ("05", "May"),
    ("06", "June"),
    ("07", "July"),
    ("08", "August"),
    ("09", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]
DATE_KINDS = [
    ("anniversary", "Anniversary"),
    ("family_birthday", "Birthday in the family"),
    ("name_day", "Name day"),
    ("other", "Other important day"),
]
# A leap year, so that 29 February is a day like any other.
LEAP_YEAR = 2000


class PersonDate(models.Model):
    """A day of the year that matters to a decision maker (P5).

    Day, month and kind serve reminders; what exactly the day is about, and the year,
    are personal data and open to nobody but through a reveal. Written through the
    sheet only.
    """

    _name = "followup.person.date"
    _description = "Important date of a decision maker"
    _rec_name = "kind"
    _order = "month, day, id"

    person_id = fields.Many2one(
        "followup.person", required=True, index=True, ondelete="cascade"
    )
    # Stored, so that a privacy lookup of the contact finds the date.
    contact_id = fields.Many2one(
        related="person_id.contact_id", store=True, index=True, ondelete="restrict"
    )
    customer_id = fields.Many2one(
        related="person_id.customer_id", store=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="person_id.company_id", store=True, index=True)
    kind = fields.Selection(DATE_KINDS, required=True, default="anniversary")
    month = fields.Selection(MONTHS, required=True)
    day = fields.Integer(required=True)
    remind = fields.Boolean(
        default=True,
        help="Show day and kind to the account team when the day comes near. The"
        " year and the description stay hidden.",
    )
    label = fields.Char(string="Description", groups=NO_ACCESS)
    year = fields.Integer(groups=NO_ACCESS)

    @api.constrains("month", "day")
    def _check_day(self):
        for date in self:
            if not 1 <= date.day <= monthrange(LEAP_YEAR, int(date.month))[1]:
                raise ValidationError(
                    self.env._(
                        "%(month)s has no day %(day)s. Check the important date.",
                        month=dict(
                            date._fields["month"]._description_selection(self.env)
                        )[date.month],
                        day=date.day,
                    )
                )

    # === BUSINESS === #

    def _erase_for_privacy(self):
        """Delete the dates because the privacy lookup says so; logged."""
        persons = self.person_id
        self.unlink()
        self.env["followup.person.access"]._log(
            persons, "edit", reason="request", field_names=["date_ids"]
        )
