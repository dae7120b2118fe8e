from datetime import date

from odoo.tools import SQL

from ..common import FollowupCase

TODAY = date(2026, 7, 1)
YEAR_AGO = date(2025, 7, 1)


class TierCase(FollowupCase):
    """Orders by the row, and classes by the customer's name.

    Orders are inserted directly: what is tested is what is made of them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engine = cls.env["followup.tier.engine"].sudo()
        cls.assignments = cls.env["followup.tier.assignment"].sudo()
        cls.changes = cls.env["followup.tier.change"].sudo()

    @classmethod
    def _scheme(cls, code, company=None):
        schemes = cls.env["followup.tier.scheme"].sudo().with_context(active_test=False)
        return schemes.search(
            [("code", "=", code), ("company_id", "=", (company or cls.company_a).id)]
        ).with_context(active_test=True)

    @classmethod
    def _tier(cls, scheme, code):
        return scheme.tier_ids.filtered(lambda tier: tier.code == code)

    @classmethod
    def _orders(cls, *rows, company=None):
        """Insert confirmed orders.

        :param rows: (customer or contact, amount, date or moment in UTC[, currency,
            rate])
        """
        company = company or cls.company_a
        cls.env.flush_all()
        for row in rows:
            owner, amount, moment, *money = row
            if owner._name == "followup.customer":
                owner = owner.sudo().partner_id
            currency, rate = money or (company.currency_id, 1)
            cls.env.cr.execute(
                SQL(
                    """
                    INSERT INTO sale_order (name, partner_id, partner_invoice_id,
                        partner_shipping_id, company_id, picking_policy, currency_id,
                        currency_rate, date_order, state, amount_untaxed)
                    VALUES ('T', %(partner)s, %(partner)s, %(partner)s, %(company)s,
                        'direct', %(currency)s, %(rate)s, %(moment)s, 'sale',
                        %(amount)s)
                    """,
                    partner=owner.id,
                    company=company.id,
                    currency=currency.id,
                    rate=rate,
                    moment=str(moment) if ":" in str(moment) else f"{moment} 12:00:00",
                    amount=amount,
                )
            )
        cls.env.invalidate_all()

    def _compute(self, *schemes, today=TODAY, **options):
        """Compute these schemes; return their runs."""
        together = self.env["followup.tier.scheme"].sudo().union(*schemes)
        return self.engine._compute_schemes(
            together, today=today, **{"notify": False, **options}
        )

    def _classes(self, scheme):
        """Code of each customer's class, by name."""
        found = self.assignments.search([("scheme_id", "=", scheme.id)])
        return {
            row.customer_id.name: row.tier_id.code or None
            for row in found.with_context(active_test=False)
        }

    def _assignment(self, customer, scheme):
        return self.assignments.search(
            [("customer_id", "=", customer.id), ("scheme_id", "=", scheme.id)]
        )

    def _log(self, scheme, customer=None):
        """(from, to, direction) of a scheme's history, oldest first."""
        domain = [("scheme_id", "=", scheme.id)]
        if customer:
            domain.append(("customer_id", "=", customer.id))
        return [
            (row.from_tier_id.code or None, row.to_tier_id.code or None, row.direction)
            for row in self.changes.search(domain, order="id")
        ]

    def _versions(self):
        """Physical version of every row that the engine could write."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT 'a', id, xmin::text, ctid::text FROM followup_tier_assignment
                 UNION ALL
                SELECT 'c', id, xmin::text, ctid::text FROM followup_tier_change
                 UNION ALL
                SELECT 'f', id, xmin::text, ctid::text FROM followup_customer
                 UNION ALL
                SELECT 't', id, xmin::text, ctid::text FROM followup_tier
                 ORDER BY 1, 2
                """
            )
        )


class TwoCustomersCase(TierCase):
    """Big with 90 and Small with 10, in the amount scheme without a buffer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls._scheme("amount")
        cls.scheme.hysteresis_periods = 0
        cls.big = cls._create_customer("Big")
        cls.small = cls._create_customer("Small")
        cls._orders((cls.big, 90, "2026-01-10"), (cls.small, 10, "2026-01-10"))

    def _overtake(self, day="2026-07-01"):
        """Small becomes the first one: Big falls to the last class."""
        self._orders((self.small, 10000, day))
