import datetime

import pytz

from odoo.fields import Command

from ..common import FollowupCase


class FactsCase(FollowupCase):
    """Documents of two companies, and what they add up to in plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls.env["product.product"].create(
            {"name": "Shirt", "type": "service", "list_price": 10, "taxes_id": False}
        )
        cls.usd = cls.company_a.currency_id
        cls.eur = cls.env.ref("base.EUR")
        cls.gbp = cls.env.ref("base.GBP")
        (cls.eur | cls.gbp).active = True
        rates = cls.env["res.currency.rate"].sudo()
        rates.search([]).unlink()
        rates.create(
            [
                {
                    "currency_id": cls.eur.id,
                    "company_id": company.id,
                    "name": day,
                    "rate": rate,
                }
                for company in cls.company_a | cls.company_b
                for day, rate in (("2025-01-01", 0.8), ("2026-03-01", 0.5))
            ]
        )

    @classmethod
    def _load_accounts(cls):
        """Invoices can be posted in both companies."""
        for company in cls.company_a | cls.company_b:
            cls.env["account.chart.template"].try_loading(
                "generic_coa", company=company, install_demo=False
            )

    def _order(self, partner, price=100, quantity=1, day="2026-02-10", **values):
        """An order of one line, confirmed unless ``state`` says otherwise.

        ``day`` is a day or a moment in UTC.
        """
        company = values.pop("company", self.company_a)
        currency = values.pop("currency", company.currency_id)
        state = values.pop("state", "sale")
        moment = day if " " in day else f"{day} 10:00:00"
        order = (
            self.env["sale.order"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "pricelist_id": self._pricelist(company, currency).id,
                    "date_order": moment,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "product_uom_qty": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        ),
                        Command.create({"display_type": "line_note", "name": "Note"}),
                    ],
                }
            )
        )
        order.write({"state": state, "date_order": moment})
        return order

    def _pricelist(self, company, currency):
        pricelists = self.env["product.pricelist"].sudo()
        values = {"currency_id": currency.id, "company_id": company.id}
        domain = [(name, "=", value) for name, value in values.items()]
        return pricelists.search(domain, limit=1) or pricelists.create(
            {"name": f"{company.name} {currency.name}", **values}
        )

    def _invoice(self, partner, price=100, quantity=1, day="2026-02-10", **values):
        """A posted invoice of one line, or another ``move_type``."""
        company = values.pop("company", self.company_a)
        currency = values.pop("currency", company.currency_id)
        move = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .create(
                {
                    "move_type": values.pop("move_type", "out_invoice"),
                    "partner_id": partner.id,
                    "invoice_date": day,
                    "currency_id": currency.id,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "quantity": quantity,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
        )
        move.action_post()
        return move

    def _months(self, customer=None):
        """What is stored: (customer, month) → amount, quantity, deals, unvalued."""
        companies = self.company_a | self.company_b
        domain = [("company_id", "in", companies.ids)]
        if customer:
            domain = [("customer_id", "=", customer.id)]
        return {
            (row.customer_id.id, str(row.month)): (
                row.amount,
                row.quantity,
                row.document_count,
                row.rate_missing_count,
            )
            for row in self.env["followup.sales.month"].sudo().search(domain)
        }

    # === THE SAME IN PLAIN PYTHON === #

    def _expected_months(self):
        """The sums of all documents by the rules of the issue, read by the ORM."""
        result = {}
        for partner, company, day, amount, quantity in self._documents():
            files = self.env["followup.customer"].sudo()
            file = files.with_context(active_test=False).search(
                [
                    ("partner_id", "=", partner.commercial_partner_id.id),
                    ("company_id", "=", company.id),
                ]
            )
            if not file:
                continue
            key = (file.id, f"{day.year}-{day.month:02d}-01")
            row = result.setdefault(key, [0, 0, 0, 0])
            row[0] += amount or 0
            row[1] += quantity
            row[2] += 1
            row[3] += amount is None
        return result

    def _documents(self):
        """Yield partner, company, day, amount (None: no rate) and quantity."""
        ours = [("company_id", "in", (self.company_a | self.company_b).ids)]
        confirmed = [("state", "=", "sale"), *ours]
        for order in self.env["sale.order"].sudo().search(confirmed):
            company = order.company_id
            if company.followup_sales_basis != "order":
                continue
            zone = pytz.timezone(company.partner_id.tz or "UTC")
            day = pytz.utc.localize(order.date_order).astimezone(zone).date()
            amount = order.amount_untaxed / order.currency_rate
            if not self._has_rate(order.currency_id, company, order.date_order.date()):
                amount = None
            quantity = sum(
                line.product_uom_qty
                for line in order.order_line
                if not line.display_type
            )
            yield order.partner_id, company, day, amount, quantity
        kinds = ("out_invoice", "out_refund", "out_receipt")
        posted = [("state", "=", "posted"), *ours]
        for move in self.env["account.move"].sudo().search(posted):
            company = move.company_id
            basis = company.followup_sales_basis
            if move.move_type not in kinds or basis != "invoice":
                continue
            sign = -1 if move.move_type == "out_refund" else 1
            amount = sum(-line.balance for line in move.invoice_line_ids)
            if not self._has_rate(move.currency_id, company, move.invoice_date):
                amount = None
            quantity = sign * sum(move.invoice_line_ids.mapped("quantity"))
            # As Odoo's accounts: it stays the debtor's when a contact changes employer.
            debtor = move.commercial_partner_id
            yield debtor, company, move.invoice_date, amount, quantity

    def _has_rate(self, currency, company, day: datetime.date):
        rates = self.env["res.currency.rate"].sudo()
        return currency == company.currency_id or bool(
            rates.search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("company_id", "in", (False, company.root_id.id)),
                    ("name", "<=", day),
                ]
            )
        )

    def _assert_months_right(self, note=""):
        """Refreshed months equal the plain sums to the cent; twice writes nothing."""
        months = self.env["followup.sales.month"].sudo()
        months._refresh()
        found, expected = self._months(), self._expected_months()
        self.assertEqual(set(found), set(expected), note)
        for key, (amount, quantity, deals, missing) in expected.items():
            self.assertAlmostEqual(found[key][0], amount, delta=0.00501, msg=note)
            self.assertAlmostEqual(found[key][1], quantity, places=4, msg=note)
            self.assertEqual(found[key][2:], (deals, missing), note)
        self.assertEqual(months._refresh(), 0, note)
