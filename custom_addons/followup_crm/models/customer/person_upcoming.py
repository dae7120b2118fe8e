from calendar import isleap
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class Person(models.Model):
    """Reminders of birthdays and other days (P5), without the year."""

    _inherit = "followup.person"

    @api.model
    def _get_upcoming_dates(self, days=14, customers=None):
        """Birthdays and other days ahead, for those who greet: the account team.

        Told are the contact, the kind of day, month and day. The year, the age and
        the description stay behind the reveal, and days not marked for reminders are
        left out. For files of which the current user is owner, team member or deputy,
        whatever else he or she may see; the group "Personal data" is not needed. A
        29 February is kept on the 28th where the year has none.

        :param int days: how far to look, today included
        :param customers: only these files
        :return: list of dicts ``contact_id``, ``customer_id`` (ids), ``kind`` (a key of
            ``DATE_KINDS``, or ``birthday``), ``month``, ``day``, ``date`` (when it
            comes next); sorted by date
        """
        dates_by_day = self._get_days_ahead(days)
        domain = self._get_account_team_domain()
        if customers is not None:
            domain &= Domain("id", "in", customers.ids)
        files = self.env["followup.customer"]._search(domain)
        upcoming = [
            {
                "contact_id": contact_id,
                "customer_id": customer_id,
                "kind": kind,
                "month": int(day[:2]),
                "day": int(day[2:]),
                "date": dates_by_day[day],
            }
            for contact_id, customer_id, kind, day in self._find_days(
                tuple(dates_by_day), files
            )
        ]
        return sorted(upcoming, key=lambda row: (row["date"], row["contact_id"]))

    @api.model
    def _get_days_ahead(self, days):
        """Dict of month and day as ``MMDD`` → the date when that comes next."""
        today = fields.Date.context_today(self)
        dates_by_day = {}
        for offset in range(min(days, 365) + 1):
            date = today + timedelta(days=offset)
            day = f"{date:%m%d}"
            dates_by_day.setdefault(day, date)
            if day == "0228" and not isleap(date.year):
                dates_by_day.setdefault("0229", date)
        return dates_by_day

    @api.model
    def _find_days(self, days, files):
        """Rows (contact, file, kind, ``MMDD``) on these days, for these files.

        :param files: query of ``followup.customer``
        """
        # No rule is needed: the files are the user's, and neither year nor text leaves.
        self.env["followup.person"].flush_model()
        self.env["followup.person.date"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT known.contact_id, known.customer_id, known.kind, known.day
                  FROM (
                        SELECT contact_id, customer_id, 'birthday' AS kind,
                               to_char(birthday, 'MMDD') AS day
                          FROM followup_person
                         WHERE birthday IS NOT NULL AND remind_birthday
                     UNION ALL
                        SELECT contact_id, customer_id, kind,
                               month || lpad(day::text, 2, '0') AS day
                          FROM followup_person_date
                         WHERE remind
                       ) AS known
                 WHERE known.day IN %(days)s AND known.customer_id IN %(files)s
                """,
                days=days,
                files=files.subselect(),
            )
        )

    @api.model
    def _get_account_team_domain(self):
        """Customer files of whose account team the current user is a member."""
        uid = self.env.uid
        return (
            Domain("user_id", "=", uid)
            | Domain("team_user_ids", "in", [uid])
            | Domain("deputy_user_id", "=", uid)
        )
