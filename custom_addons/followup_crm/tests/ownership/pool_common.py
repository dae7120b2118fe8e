"""What the tests of the pool share: a company with the pool on, and its days."""

from datetime import date, timedelta

from odoo import fields
from odoo.tests.common import freeze_time

from ..common import FollowupCase

START = date(2026, 3, 2)


class PoolCase(FollowupCase):
    """Company A has the pool on; files are made on 2 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.write({"fcrm_pool_active": True})
        cls.company_a.partner_id.tz = "UTC"
        cls.engine = cls.env["followup.pool.engine"].sudo()
        cls.forecasts = cls.env["followup.pool.forecast"].sudo()
        cls.pool = cls.env["followup.pool"]
        cls.prospect = cls._owned("Prospect")

    @classmethod
    def _owned(cls, name, user=None, **vals):
        """A file of ``user`` that he or she got on the first day."""
        customer = cls._create_customer(name, user=user, owner_since=START, **vals)
        customer.sudo().activity_ids.unlink()
        return customer

    @classmethod
    def _pooled(cls, name, **vals):
        """A file in the pool since the first day, whom nobody ever owned."""
        customer = cls._owned(name, **vals)
        customer.sudo().write({"user_id": False})
        return customer

    def _day(self, number):
        """The day that many days after the first."""
        return START + timedelta(days=number)

    def _at(self, number):
        """A frozen clock at noon of that day."""
        return freeze_time(
            fields.Datetime.to_datetime(self._day(number)).replace(hour=12)
        )

    def _run(self, number):
        """The daily run of that day, in company A."""
        with self._at(number):
            ids = self.engine._get_endangered_ids(self.company_a)
            self.engine._apply_rules(self.company_a, ids)
            self.env.flush_all()
        self.env.invalidate_all()

    def _forecast(self, customer, number):
        """The forecast of a file as of that day: date of leaving, what keeps it."""
        with self._at(number):
            self.env.invalidate_all()
            row = self.forecasts.search([("id", "=", customer.id)])
            return row.leave_date, row.exemption

    def _contact(self, customer, number):
        customer.sudo().last_contact_date = self._day(number)

    def _activities(self, customer, name):
        kind = self.env.ref(f"followup_crm.mail_activity_type_{name}")
        return customer.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == kind
        )
