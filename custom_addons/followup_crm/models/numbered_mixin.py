import pytz

from odoo import api, fields, models


class NumberedMixin(models.AbstractModel):
    """A record with a number of its company and year, drawn for many at once.

    A model that inherits it has ``name``, ``company_id`` and ``received_date``, and
    calls ``_fill_numbers`` in ``create``.
    """

    _name = "followup.numbered.mixin"
    _description = "Numbered by company and year"
    # What stands before the year.
    _number_prefix = ""

    # === BUSINESS === #

    def _fill_numbers(self, vals_list):
        """Give each new record the next number of its company and year."""
        by_range = {}
        for vals in vals_list:
            company = self.env["res.company"].browse(vals["company_id"])
            date = self._get_local_date(vals["received_date"], company)
            key = (company, date.replace(month=1, day=1))
            by_range.setdefault(key, []).append(vals)
        for (company, date), group in by_range.items():
            numbers = self._get_number_range(company, date)._draw(len(group))
            for vals, number in zip(group, numbers, strict=True):
                vals["name"] = number

    @api.model
    def _get_local_date(self, moment, company):
        """The day of a moment (naive, UTC) where the company is."""
        # Elevated: the time zone of the company is no secret.
        zone = pytz.timezone(company.sudo().partner_id.tz or "UTC")
        return (
            pytz.utc.localize(fields.Datetime.to_datetime(moment))
            .astimezone(zone)
            .date()
        )

    @api.model
    def _get_number_range(self, company, date):
        """The numbers of a company's year; made at the first need, under a lock."""
        # Elevated: nobody reads the sequence, a serial tells how many there are.
        ranges = self.env["ir.sequence.date_range"].sudo()
        domain = [
            ("sequence_id.code", "=", self._name),
            ("sequence_id.company_id", "=", company.id),
            ("date_from", "<=", date),
            ("date_to", ">=", date),
        ]
        found = ranges.search(domain, limit=1)
        if not found:
            # Two first records at the same moment must not make two ranges.
            company.sudo().lock_for_update()
            found = ranges.search(domain, limit=1)
        return found or self._get_sequence(company)._create_date_range_seq(date)

    @api.model
    def _get_sequence(self, company):
        # Elevated as the numbers themselves.
        sequences = self.env["ir.sequence"].sudo()
        domain = [("code", "=", self._name), ("company_id", "=", company.id)]
        return sequences.search(domain, limit=1) or sequences.create(
            {
                "name": f"Follow-up CRM: {self._name} of {company.name}",
                "code": self._name,
                "company_id": company.id,
                "prefix": f"{self._number_prefix}%(range_year)s-",
                "padding": 5,
                "use_date_range": True,
            }
        )
