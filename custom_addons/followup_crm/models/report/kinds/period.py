"""The days of a period as a condition on a date or a moment."""

from datetime import datetime, time, timedelta

import pytz

from odoo.fields import Domain


def period_domain(model, name, options):
    """Records whose date is within the period, in the time zone of the user."""
    begin, end = options._get_dates()
    if model._fields[name].type == "date":
        return Domain(name, ">=", begin) & Domain(name, "<=", end)
    zone = pytz.timezone(options.env.user.tz or "UTC")
    first, after = (
        zone.localize(datetime.combine(day, time.min))
        .astimezone(pytz.utc)
        .replace(tzinfo=None)
        for day in (begin, end + timedelta(days=1))
    )
    return Domain(name, ">=", first) & Domain(name, "<", after)
