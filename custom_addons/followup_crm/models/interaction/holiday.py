from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..customer.person_date import MONTHS


class Holiday(models.Model):
    """A day on which customers of some countries are greeted (F5).

    It has a fixed day, or a list of dates where it moves with the moon.
    """

    _name = "followup.holiday"
    _description = "Holiday on which customers are greeted"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    month = fields.Selection(MONTHS, help="Empty where the date moves.")
    day = fields.Integer()
    date_ids = fields.One2many("followup.holiday.date", "holiday_id", string="Dates")
    country_ids = fields.Many2many(
        "res.country",
        "followup_holiday_country_rel",
        "holiday_id",
        "country_id",
        string="Countries",
        help="Customers of these countries are greeted; empty: all customers.",
    )
    lead_days = fields.Integer(
        string="Propose (days before)",
        default=10,
        help="So long before the day the greetings are proposed.",
    )
    template_id = fields.Many2one(
        "mail.template",
        string="Greeting",
        domain="[('model', '=', 'followup.interaction')]",
        ondelete="set null",
        help="Written in the language of each recipient.",
    )
    next_date = fields.Date(compute="_compute_next_date", string="Next on")

    @api.depends("month", "day", "date_ids.date")
    def _compute_next_date(self):
        today = fields.Date.context_today(self)
        for holiday in self:
            holiday.next_date = holiday._get_next_date(today)

    @api.constrains("month", "day")
    def _check_day(self):
        for holiday in self.filtered("month"):
            try:
                date(2000, int(holiday.month), holiday.day)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(holiday)s: there is no such day in that month.",
                        holiday=holiday.name,
                    )
                ) from error

    # === BUSINESS === #

    def _get_next_date(self, today):
        """The next date from today on; False where none is known."""
        self.ensure_one()
        if not self.month:
            known = (line.date for line in self.date_ids)
            return min((day for day in known if day >= today), default=False)
        for year in (today.year, today.year + 1):
            # 29 February is kept on the 28th where the year has none.
            day = self.day
            if (self.month, day) == ("02", 29) and year % 4:
                day = 28
            found = date(year, int(self.month), day)
            if found >= today:
                return found
        return False


class HolidayDate(models.Model):
    """A date of a holiday that moves."""

    _name = "followup.holiday.date"
    _description = "Date of a holiday"
    _rec_name = "date"
    _order = "date, id"

    holiday_id = fields.Many2one(
        "followup.holiday", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)

    _date_unique = models.UniqueIndex(
        "(holiday_id, date)", "A holiday has each of its dates once."
    )
