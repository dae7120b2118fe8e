from datetime import timedelta
from random import Random

from odoo import Command, api, models

from .profiles import PROFILES

# Days that one customer's payments differ from its own average.
SPREAD_DAYS = 6
# Customers that were granted a credit note, with the reason and the part in percent.
CREDIT_NOTES = {
    "brightwell": ("Shade deviation in two cartons", 4),
    "blauwbaan": ("Returned jeans, shade", 6),
    "cascadia": ("Chargeback: labels", 2),
    "nordwind": ("Late delivery, agreed deduction", 3),
    "corsini": ("Short delivery", 5),
    "al_noor": ("Agreed deduction", 2),
}


class Demo(models.AbstractModel):
    """Invoices, credit notes and payments of the demonstration."""

    _inherit = "followup.demo"

    @api.model
    def _load_invoices(self, orders, today):
        """Invoice what was delivered, on the day of delivery, and let it be paid."""
        company = self.env.company
        if not company.chart_template:
            self.env["account.chart.template"].try_loading(
                "generic_coa", company=company, install_demo=False
            )
        due = {o: p for o, p in orders.items() if p.delivery < today}
        moves = self.env["account.move"].create(
            [self._prepare_invoice_vals(order, due[order]) for order in due]
        )
        customers = [planned.customer for planned in due.values()]
        invoices = dict(zip(moves, customers, strict=True))
        credit_notes = self._load_credit_notes(invoices)
        (moves + self.env["account.move"].concat(*credit_notes.values())).action_post()
        self._load_payments(invoices, credit_notes, today)

    @api.model
    def _prepare_invoice_vals(self, order, planned):
        return {
            **order._prepare_invoice(),
            "invoice_date": planned.delivery,
            "invoice_line_ids": [
                Command.create(line._prepare_invoice_line(quantity=line.product_uom_qty))
                for line in order.order_line
            ],
        }

    @api.model
    def _load_credit_notes(self, invoices):
        """One credit note for an older invoice of each customer that got one.

        :return: dict of the invoice → its credit note, in draft
        """
        found = {}
        for customer, (reason, percent) in CREDIT_NOTES.items():
            own = [move for move, name in invoices.items() if name == customer]
            invoice = own[len(own) * 3 // 4]
            found[invoice] = self.env["account.move"].create(
                {
                    "move_type": "out_refund",
                    "partner_id": invoice.partner_id.id,
                    "currency_id": invoice.currency_id.id,
                    "invoice_date": invoice.invoice_date + timedelta(days=12),
                    "ref": f"{reason}: {invoice.ref or ''}",
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": reason,
                                "price_unit": invoice.amount_total * percent / 100,
                                "tax_ids": [],
                            }
                        )
                    ],
                }
            )
        return found

    @api.model
    def _load_payments(self, invoices, credit_notes, today):
        """Bank statement lines for the invoices that were paid, and reconcile them."""
        paid = self._get_payment_days(invoices, today)
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )
        lines = self.env["account.bank.statement.line"].create(
            [
                self._prepare_payment_vals(invoice, credit_notes.get(invoice), day)
                | {"journal_id": journal.id}
                for invoice, day in paid.items()
            ]
        )
        self.env["account.move.line"]._reconcile_plan(
            [
                self._get_receivable(
                    invoice
                    + line.move_id
                    + credit_notes.get(invoice, invoice.browse())
                )
                for invoice, line in zip(paid, lines, strict=True)
            ]
        )

    @api.model
    def _get_payment_days(self, invoices, today):
        """Invoice → day of payment, for those that were paid before today."""
        last = {}
        for invoice, customer in invoices.items():
            last.setdefault(customer, []).append(invoice)
        days = {}
        for customer, own in last.items():
            profile, rng = PROFILES[customer], Random(f"payments {customer}")
            paying = own[: len(own) - profile.unpaid]
            for invoice in paying:
                late = round(rng.gauss(profile.late, SPREAD_DAYS))
                day = invoice.invoice_date_due + timedelta(days=late)
                day = max(day, invoice.invoice_date)
                if day < today:
                    days[invoice] = day
        return days

    @api.model
    def _prepare_payment_vals(self, invoice, credit_note, day):
        """What the bank shows; currency is sold forward at the rate of the invoice."""
        moves = invoice + (credit_note or invoice.browse())
        receivable = self._get_receivable(moves)
        vals = {
            "date": day,
            "payment_ref": f"{invoice.name} {invoice.partner_id.name}",
            "partner_id": invoice.partner_id.id,
            "amount": sum(receivable.mapped("balance")),
            "counterpart_account_id": receivable.account_id.id,
        }
        if invoice.currency_id != invoice.company_currency_id:
            vals |= {
                "foreign_currency_id": invoice.currency_id.id,
                "amount_currency": sum(receivable.mapped("amount_currency")),
            }
        return vals

    @api.model
    def _get_receivable(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
