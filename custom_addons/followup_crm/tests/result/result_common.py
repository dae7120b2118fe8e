from datetime import date

from odoo.fields import Command

from ..facts.facts_common import FactsCase

TODAY = date(2026, 5, 20)


class ResultCase(FactsCase):
    """Three persons, two of them in a team, and what they did by hand-made tables."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader = cls._create_user("leader", "followup_crm.group_user")
        cls.team = cls.env["crm.team"].create(
            {
                "name": "Europe",
                "company_id": cls.company_a.id,
                "user_id": cls.leader.id,
                "member_ids": [Command.set((cls.user_own | cls.user_all).ids)],
            }
        )
        cls.customer = cls._create_customer("Nordlicht")
        cls.other = cls._create_customer("Sundown", user=cls.user_own_2)
        cls.partner = cls.customer.sudo().partner_id

    def _sold(self, user, price, day, partner=None, **values):
        order = self._order(partner or self.partner, price, day=day, **values)
        order.user_id = user
        return order

    def _lead(self, user, revenue, **values):
        lead = self.env["crm.lead"].create(
            {
                "name": f"Lead of {revenue}",
                "type": "opportunity",
                "user_id": user.id,
                "team_id": self.team.id,
                "company_id": self.company_a.id,
                "partner_id": self.partner.id,
                "expected_revenue": revenue,
                "date_conversion": TODAY,
                **values,
            }
        )
        return lead

    def _rows(self, model, user=None, domain=(), company=None):
        """What a user (default: nobody, elevated) sees of company A."""
        self.env.flush_all()
        self.env.invalidate_all()
        records = self.env[model]
        records = self._as(records, user) if user else records.sudo()
        company = company or self.company_a
        return records.search([("company_id", "=", company.id), *domain])
