from datetime import timedelta

import pytz

from odoo import api, models

from ..tools.clock import Clock


class ClockMixin(models.AbstractModel):
    """Promised times in working hours, and who hears of broken ones."""

    _name = "followup.clock.mixin"
    _description = "Promised times"

    # === BUSINESS === #

    def _describe_time_left(self, left):
        """A duration as a person says it; negative where it is too late."""
        late = left < timedelta()
        minutes = int(abs(left).total_seconds() // 60)
        days, hours = divmod(minutes // 60, 24)
        if days >= 3:
            text = self.env._("%(days)s d", days=days)
        elif days:
            text = self.env._("%(days)s d %(hours)s h", days=days, hours=hours)
        elif hours:
            text = self.env._(
                "%(hours)s h %(minutes)s min", hours=hours, minutes=minutes % 60
            )
        else:
            text = self.env._("%(minutes)s min", minutes=minutes)
        return self.env._("%(time)s late", time=text) if late else text

    @api.model
    def _get_clock(self, company):
        """The working clock of a company; round the clock where it has no hours."""
        # Elevated: working hours are no secret, and mails come without a user.
        calendar = company.sudo().resource_calendar_id
        hours_domain = [
            ("time_type", "=", "leave"),
            ("company_id", "in", (False, company.id)),
        ]

        def load(start, end):
            if not calendar.attendance_ids:
                return None
            found = calendar._work_intervals_batch(
                pytz.utc.localize(start), pytz.utc.localize(end), domain=hours_domain
            )[False]
            return [
                (
                    begin.astimezone(pytz.utc).replace(tzinfo=None),
                    stop.astimezone(pytz.utc).replace(tzinfo=None),
                )
                for begin, stop, _meta in found
            ]

        return Clock(load, calendar.hours_per_day)

    @api.model
    def _get_manager_of(self, company):
        """The manager of a company who is told and asked; administrators last."""
        # Elevated: users may not read groups.
        members = self.env.ref("followup_crm.group_manager").sudo().all_user_ids
        return members.filtered(
            lambda user: (
                user.active
                and company in user.company_ids
                and user != self.env.ref("base.user_root")
            )
        ).sorted(lambda user: (user.has_group("base.group_system"), user.id))[:1]
