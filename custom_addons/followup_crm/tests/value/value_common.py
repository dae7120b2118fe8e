from datetime import date

from odoo.fields import Command
from odoo.tools import SQL

from ..tier.tier_common import TierCase

TODAY = date(2026, 7, 1)


class ValueCase(TierCase):
    """Customers with orders by the row, and their value on 1 July 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engine = cls.env["followup.value.engine"].sudo()
        cls.values = cls.env["followup.value"].sudo()

    def _compute(self, company=None, today=TODAY):
        """Compute a company's values; return the run."""
        return self.engine._compute(company or self.company_a, today)

    def _value(self, customer):
        return self.values.search([("customer_id", "=", customer.id)])

    def _days(self, customer, *days, amount=100, company=None):
        """Orders of a customer on some days."""
        rows = [(customer, amount, day) for day in days]
        self._orders(*rows, company=company)

    def _usual_rhythm(self, company=None):
        """25 customers with two orders each, 10 to 34 days apart, long ago.

        The gaps 10, 11, … 34 have the median 22, P80 29.2 and P95 32.8.
        """
        company = company or self.company_a
        user = self.user_b if company == self.company_b else self.user_own
        for gap in range(10, 35):
            customer = self._create_customer(f"Usual {gap}", user, company)
            day = date.fromordinal(date(2023, 1, 1).toordinal() + gap)
            self._days(customer, "2023-01-01", day, company=company)

    @classmethod
    def _product(cls, name, cost=0, **values):
        product = cls.env["product.product"].sudo().with_company(cls.company_a)
        return product.create({"name": name, "standard_price": cost, **values})

    def _order_lines(self, customer, day, *lines, company=None):
        """A confirmed order with lines (product, quantity, price[, discount])."""
        company = company or self.company_a
        partner = customer.sudo().partner_id
        orders = self.env["sale.order"].sudo().with_company(company)
        order = orders.create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": line[0].id,
                            "product_uom_qty": line[1],
                            "price_unit": line[2],
                            "discount": line[3] if len(line) > 3 else 0,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for line in lines
                ],
            }
        )
        order.write({"state": "sale", "date_order": f"{day} 10:00:00"})
        return order

    def _versions(self):
        """Physical version of every row that the engine could write."""
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT 'v', id, xmin::text, ctid::text FROM followup_value
                 UNION ALL
                SELECT 'c', id, xmin::text, ctid::text FROM followup_value_change
                 UNION ALL
                SELECT 'm', id, xmin::text, ctid::text FROM followup_value_month
                 UNION ALL
                SELECT 'p', id, xmin::text, ctid::text FROM followup_value_product
                 ORDER BY 1, 2
                """
            )
        )
