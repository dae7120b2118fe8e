from odoo.fields import Command
from odoo.tests.common import freeze_time

from ..common import FollowupCase

# Turnover of six customers: the shares above them are 0, 50, 70, 85, 95 %.
TURNOVER = {"Ash": 500, "Beech": 200, "Cedar": 150, "Dogwood": 100, "Elm": 50, "Fir": 0}
# By hand, from 70/90/100: who is in which class.
CLASSES = {
    "Ash": "I",
    "Beech": "I",
    "Cedar": "II",
    "Dogwood": "II",
    "Elm": "III",
    "Fir": "III",
}
TODAY = "2026-11-15"


@freeze_time(TODAY)
class ClassificationCase(FollowupCase):
    """Six customers of company A with known turnover, and its amount scheme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.schemes = cls.env["followup.tier.scheme"].sudo()
        companies = cls.company_a | cls.company_b
        cls.schemes._make_for_companies(companies)
        cls.scheme = cls._get_scheme("amount")
        cls.tiers = {tier.code: tier for tier in cls.scheme.tier_ids}
        cls.product = cls.env["product.product"].create(
            {"name": "Coat", "type": "service", "invoice_policy": "order"}
        )
        cls.customers = {}
        for name, amount in TURNOVER.items():
            cls.customers[name] = cls._create_customer(name)
            if amount:
                cls._sell(cls.customers[name], amount, "2026-06-01")

    @classmethod
    def _get_scheme(cls, code, company=None):
        company = company or cls.company_a
        return cls.schemes.with_context(active_test=False).search(
            [("company_id", "=", company.id), ("code", "=", code)]
        )

    @classmethod
    def _sell(cls, customer, amount, date, company=None):
        """A confirmed order over that amount on that day."""
        company = company or cls.company_a
        order = (
            cls.env["sale.order"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "partner_id": customer.sudo().partner_id.id,
                    "company_id": company.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.product.id,
                                "price_unit": amount,
                                "tax_ids": [],
                            }
                        )
                    ],
                }
            )
        )
        order.write({"state": "sale", "date_order": f"{date} 10:00:00"})
        return order

    @classmethod
    def _compute(cls, scheme=None, today=None):
        engine = cls.env["followup.tier.engine"].sudo()
        return engine._compute_schemes(scheme or cls.scheme, notify=False, today=today)

    def _classes(self, scheme=None):
        """Name of each customer's class in a scheme."""
        assignments = (
            (scheme or self.scheme)
            .env["followup.tier.assignment"]
            .search([("scheme_id", "=", (scheme or self.scheme).id)])
        )
        return {a.customer_id.name: a.tier_id.code for a in assignments}

    def _cells(self, matrix):
        """Customers per (former, new) class name, without empty cells."""
        names = {row["id"]: row["name"] for row in matrix["rows"] + matrix["columns"]}
        return {
            (names[cell["from"]], names[cell["to"]]): cell["customers"]
            for row in matrix["rows"]
            for cell in row["cells"]
            if cell["customers"]
        }
