from datetime import timedelta

from babel.dates import format_skeleton

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import babel_locale_parse, format_date, format_time, get_lang

from .interaction import MEETING_METHODS, OPEN_STATES
from .interaction_meeting import DEFAULT_HOURS

SHOWN = 4


class Interaction(models.Model):
    """Clashes (F4): what else the user, or the team at this customer, has then."""

    _inherit = "followup.interaction"

    clash_note = fields.Text(
        compute="_compute_clash_note",
        string="Clashes",
        help="Appointments of the responsible at this time, and colleagues' contacts"
        " with this customer on this day.",
    )

    @api.depends("start", "date", "duration", "user_id", "customer_id", "state")
    def _compute_clash_note(self):
        for contact in self:
            lines = []
            if contact.state in OPEN_STATES and contact.date:
                lines = [*contact._get_user_clashes(), *contact._get_team_clashes()]
                lines += contact._get_absence_clashes()
            contact.clash_note = "\n".join(lines[:SHOWN]) or False

    # === BUSINESS === #

    def _get_span(self):
        """Begin and end of the contact, in UTC."""
        hours = self.duration or DEFAULT_HOURS
        return self.start, self.start + timedelta(hours=hours)

    def _get_user_clashes(self):
        """Sentences on meetings of the responsible that overlap."""
        if not self.start or not self.user_id:
            return []
        begin, end = self._get_span()
        # Elevated: when a colleague is busy may be known; what private meetings are
        # about is not told.
        events = (
            self.env["calendar.event"]
            .sudo()
            .search(
                Domain("start", "<", end)
                & Domain("stop", ">", begin)
                & Domain("show_as", "=", "busy")
                & Domain("partner_ids", "in", self.user_id.sudo().partner_id.ids)
                & Domain("id", "!=", self._origin.event_id.id or 0),
                limit=SHOWN,
                order="start, id",
            )
        )
        return [
            self.env._(
                "%(user)s is busy from %(begin)s to %(end)s: %(meeting)s",
                user=self.user_id.name,
                begin=self._format_time(event.start),
                end=self._format_time(event.stop),
                meeting=event.with_env(self.env).display_name,
            )
            for event in events
        ]

    def _get_team_clashes(self):
        """Sentences on other open contacts with the customer on the same day."""
        if not self.customer_id:
            return []
        others = self.search(
            Domain("customer_id", "=", self.customer_id._origin.id)
            & Domain("state", "in", OPEN_STATES)
            & Domain("date", "=", self.date)
            & Domain("id", "!=", self._origin.id or 0),
            limit=SHOWN,
            order="start, id",
        )
        if self.method not in MEETING_METHODS:
            others = others.filtered("start")
        return [
            self.env._(
                "%(user)s plans '%(purpose)s' with this customer on %(day)s",
                user=other.user_id.name,
                purpose=other.purpose,
                day=f"{format_date(self.env, other.date)}"
                f" {self._format_time(other.start) if other.start else ''}".strip(),
            )
            for other in others
        ]

    def _get_absence_clashes(self):
        """A sentence where the responsible does not work on that day."""
        if not self.user_id:
            return []
        if self.date in self.user_id._fcrm_get_working_days(self.date, self.date):
            return []
        return [
            self.env._(
                "%(user)s does not work on %(day)s",
                user=self.user_id.name,
                day=format_date(self.env, self.date),
            )
        ]

    def _format_time(self, moment):
        """A moment (UTC) as the time of day where the current user is."""
        local = fields.Datetime.context_timestamp(self, moment)
        return format_time(self.env, local.time(), time_format="short")

    @api.model
    def _format_day(self, day, skeleton="MMMEd"):
        """A day without its year, as the user's language writes it.

        :param skeleton: Unicode's name of what is shown: weekday, month, day
        """
        locale = babel_locale_parse(get_lang(self.env).code)
        return format_skeleton(skeleton, day, locale=locale)
