from collections import defaultdict
from datetime import datetime, time, timedelta

import pytz

from odoo import models

# Shorter than this, and it is no day for planned contacts.
SHORTEST_DAY_HOURS = 1.0


class InteractionPlan(models.Model):
    """The working days of the plans' users: calendar, public holidays and leaves."""

    _inherit = "followup.interaction.plan"

    def _get_day_capacities(self):
        """How many contacts each day of a plan has room for.

        Days are those of the user's time zone; a day on which only half of the usual
        hours are worked has room for half.

        :return: dict of plan: dict of date: capacity, working days only
        """
        result = {}
        for key, plans in self._group_by_hours().items():
            calendar, zone, first, last = key
            hours = self._get_hours(calendar, zone, first, last, plans)
            for plan, resource in plans:
                result[plan] = plan._get_capacities(hours[resource.id], calendar)
        return result

    def _group_by_hours(self):
        """Plans whose hours are found together: (plan, resource) by what they share."""
        # Elevated: when somebody works is read, whoever makes the plan.
        resources = self._get_resources()
        groups = defaultdict(list)
        for plan in self.sudo():
            resource = resources.get((plan.user_id, plan.company_id))
            resource = resource or self.env["resource.resource"]
            calendar = resource.calendar_id or plan.company_id.resource_calendar_id
            zone = plan.user_id.tz or calendar.tz or "UTC"
            key = (calendar, zone, plan.month, plan.date_to)
            groups[key].append((plan.sudo(False), resource))
        return groups

    def _get_resources(self):
        """(user, company) → what the working hours and leaves of the user belong to."""
        # Elevated: when somebody works is read, whoever makes the plan.
        resources = self.env["resource.resource"].sudo()
        found = resources.search(
            [
                ("user_id", "in", self.user_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("resource_type", "=", "user"),
            ],
            order="id desc",
        )
        return {(resource.user_id, resource.company_id): resource for resource in found}

    def _get_hours(self, calendar, zone, first, last, plans):
        """Hours worked per day of each resource; of none: those of the calendar.

        :return: dict of resource id (False for none): dict of date: hours
        """
        zone = pytz.timezone(zone)
        resources = self.env["resource.resource"].union(*(row[1] for row in plans))
        if not calendar:
            return defaultdict(lambda: _plain_hours(first, last))
        intervals = calendar._work_intervals_batch(
            zone.localize(datetime.combine(first, time.min)),
            zone.localize(datetime.combine(last + timedelta(days=1), time.min)),
            resources=resources,
            tz=zone,
        )
        hours = {}
        for resource_id, worked in intervals.items():
            days = defaultdict(float)
            for start, stop, _meta in worked:
                days[start.date()] += (stop - start).total_seconds() / 3600
            hours[resource_id] = days
        return hours

    def _get_capacities(self, hours, calendar):
        """The room of the days of one plan, from the hours worked on each."""
        self.ensure_one()
        full = calendar.hours_per_day or 8.0
        return {
            day: self.day_capacity * min(1.0, worked / full)
            for day, worked in hours.items()
            if worked >= SHORTEST_DAY_HOURS and self.month <= day <= self.date_to
        }


def _plain_hours(first, last):
    """Monday to Friday, where nobody has said when work is done."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {day: 8.0 for day in days if day.weekday() < 5}
