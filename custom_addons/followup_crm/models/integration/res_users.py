from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    fcrm_daily_digest = fields.Boolean(
        string="Daily list of contacts by e-mail",
        default=True,
        help="In the morning of a working day, what is due and what waits; nothing"
        " where there is nothing to do.",
    )
    fcrm_digest_date = fields.Date(string="Last daily list", readonly=True, copy=False)

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "fcrm_daily_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "fcrm_daily_digest"]

    def action_archive(self):
        """Odoo deletes a leaver's activities; the contacts stay, for the successor."""
        self = self.with_context(fcrm_keep_contacts=True)
        return super().action_archive()

    # === BUSINESS === #

    def _fcrm_get_calendar(self, company=None):
        """The user's working hours, else those of the company (or the user's own).

        :return: (``resource.calendar``, ``resource.resource``), both maybe empty
        """
        self.ensure_one()
        company = company or self.env.company
        # Elevated: whoever plans for a colleague has to know the working days.
        resources = self.sudo().resource_ids
        resource = resources.filtered(lambda r: r.company_id == company)[:1]
        resource = resource or resources[:1]
        calendar = resource.calendar_id or company.sudo().resource_calendar_id
        return calendar.sudo(), resource.sudo()

    def _fcrm_get_working_days(self, first, last, company=None):
        """Days on which the user works: working calendar, holidays, leave.

        :param first: first date to look at
        :param last: last date, included
        :return: sorted list of dates; without any calendar, Monday to Friday
        """
        calendar, resource = self._fcrm_get_calendar(company)
        if not calendar:
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            return [day for day in days if day.weekday() < 5]
        zone = pytz.timezone(self.sudo().tz or calendar.tz or "UTC")  # no secret
        begin = zone.localize(datetime.combine(first, time.min))
        end = zone.localize(datetime.combine(last, time.max))
        intervals = calendar._work_intervals_batch(
            begin, end, resources=resource or None, tz=zone
        )[resource.id or False]
        worked = {start.astimezone(zone).date() for start, _stop, _meta in intervals}
        return sorted(day for day in worked if first <= day <= last)

    def _fcrm_next_working_day(self, day, company=None):
        """The first day from ``day`` on on which the user works (within 60 days)."""
        self.ensure_one()
        days = self._fcrm_get_working_days(day, day + timedelta(days=60), company)
        return days[0] if days else day

    @api.model
    def _fcrm_get_followers(self, company):
        """Active users of Follow-up CRM who work in a company."""
        # Elevated: who has a role is read to reach the people who have it.
        group = self.env.ref("followup_crm.group_user").sudo()
        return group.all_user_ids.filtered(
            lambda user: (
                user.active
                and not user.share
                and company in user.company_ids
                and user.id != self.env.ref("base.user_root").id
            )
        )
