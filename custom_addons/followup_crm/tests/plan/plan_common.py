from datetime import date

from odoo import fields
from odoo.tests.common import freeze_time
from odoo.tools import SQL

from ..common import FollowupCase

MARCH = date(2026, 3, 1)


def day(number, month=3):
    return date(2026, month, number)


class PlanCase(FollowupCase):
    """Customers with tiers and a last contact; plans of a user for March 2026.

    Work is done from Monday to Friday, eight hours, in UTC. The clock stands at noon of
    20 February unless a test says otherwise.
    """

    @classmethod
    def setUpClass(cls):
        frozen = freeze_time("2026-02-20 12:00:00")
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Week", "company_id": cls.company_a.id, "tz": "UTC"}
        )
        cls.company_a.resource_calendar_id = cls.calendar
        cls.plans = cls.env["followup.interaction.plan"]
        cls.contacts = cls.env["followup.interaction"]
        scheme = cls.env["followup.tier.scheme"].search(
            [("code", "=", "amount"), ("company_id", "=", cls.company_a.id)]
        )
        cls.tiers = {tier.code: tier for tier in scheme.tier_ids}
        # Whose first visit falls into which month depends on ids.
        scheme.tier_ids.visit_interval_days = 0

    @classmethod
    def _customer(cls, name, tier, last=None, user=None, **vals):
        """A customer file in a tier of the amount scheme, with its last contact."""
        customer = cls._create_customer(name, user, **vals)
        cls._set_tier(customer, tier)
        # The clock of the database is the real one.
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                """UPDATE followup_customer SET create_date = %s WHERE id = %s""",
                fields.Datetime.now(),
                customer.id,
            )
        )
        customer.invalidate_recordset(["create_date"])
        if last:
            customer.sudo().last_contact_date = last
        return customer

    @classmethod
    def _set_tier(cls, customer, code):
        tier = cls.tiers[code]
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                """
                INSERT INTO followup_tier_assignment
                       (customer_id, company_id, scheme_id, tier_id)
                VALUES (%s, %s, %s, %s)
                ON CONFLICT (scheme_id, customer_id)
                DO UPDATE SET tier_id = EXCLUDED.tier_id
                """,
                customer.id,
                customer.company_id.id,
                tier.scheme_id.id,
                tier.id,
            )
        )
        cls.env.invalidate_all()
        customer.sudo().write({"tier_id": tier.id, "tier_sequence": tier.sequence})

    @classmethod
    def _plan(cls, user=None, month=MARCH, generate=True, **vals):
        """The plan of a user, as he or she makes it."""
        user = user or cls.user_own
        plans = cls.plans.with_user(user).with_context(
            allowed_company_ids=user.company_id.ids
        )
        plan = plans.create({"month": month, **vals})
        if generate:
            plan.action_generate()
        return plan

    def _lines(self, plan, customer=None):
        """(day, is it a visit) of a plan's contacts, in order."""
        lines = plan.line_ids.sorted(lambda line: (line.date, line.id))
        if customer:
            lines = lines.filtered(lambda line: line.customer_id.id == customer.id)
        return [(line.date, line.method == "visit") for line in lines]

    def _contact(self, customer, when, user=None, **vals):
        """A contact planned by hand."""
        user = user or self.user_own
        contacts = self._as(self.contacts, user)
        return contacts.create(
            {
                "customer_id": customer.id,
                "purpose": "By hand",
                "date": when,
                **vals,
            }
        )

    def _do(self, contacts, when=None):
        """Do contacts on their day, or on another one."""
        for contact in contacts:
            contact.content = "Talked about the next season."
            contact.sudo()._done(when)
