"""What day it is where a company is."""

import pytz

from odoo import fields


def company_today(company):
    """Today's date where the company is (time zone of its own contact, else UTC)."""
    # Elevated: whoever computes needs the date, not the company's address.
    zone = pytz.timezone(company.sudo().partner_id.tz or "UTC")
    return pytz.utc.localize(fields.Datetime.now()).astimezone(zone).date()
