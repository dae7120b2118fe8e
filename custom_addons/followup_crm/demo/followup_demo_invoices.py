from datetime import timedelta
from random import Random

from odoo import Command, api, models

from .order_plan import is_delivered
from .profiles import PROFILES

# Days that one customer's payments differ from its own average.
SPREAD_DAYS = 6
# The bank's advices of a week are booked together, on this weekday.
FRIDAY = 4
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
        done = {o: p for o, p in orders.items() if is_delivered(p, today)}
        moves = self.env["account.move"].create(
            [
                self._prepare_invoice_vals(*order_and_plan)
                for order_and_plan in done.items()
            ]
        )
        customers = [planned.customer for planned in done.values()]
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
                Command.create(
                    line._prepare_invoice_line(quantity=line.product_uom_qty)
                )
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
        """One entry a week in the bank journal for what was paid, reconciled."""
        paid = self._get_payment_days(invoices, today)
        weeks = {}
        for invoice, day in paid.items():
            weeks.setdefault(day, []).append(self._get_receivable(invoice))
            if invoice in credit_notes:
                weeks[day].append(self._get_receivable(credit_notes[invoice]))
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=1
        )
        entries = self.env["account.move"].create(
            [
                self._prepare_receipts_vals(journal, day, receivables)
                for day, receivables in weeks.items()
            ]
        )
        entries.action_post()
        receipts = (line for entry in entries for line in self._get_receivable(entry))
        owed = (line for receivables in weeks.values() for line in receivables)
        self.env["account.move.line"]._reconcile_plan(
            [line + receipt for line, receipt in zip(owed, receipts, strict=True)]
        )

    @api.model
    def _get_payment_days(self, invoices, today):
        """Invoice → Friday of payment, for those that were paid before today."""
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
                day += timedelta(days=(FRIDAY - day.weekday()) % 7)
                if day < today:
                    days[invoice] = day
        return days

    @api.model
    def _prepare_receipts_vals(self, journal, day, receivables):
        """The receipts of one week; currency is sold forward at the invoice's rate."""
        lines, received = [], {}
        for owed in receivables:
            lines.append(
                {
                    "name": owed.move_name,
                    "account_id": owed.account_id.id,
                    "partner_id": owed.partner_id.id,
                    "currency_id": owed.currency_id.id,
                    "balance": -owed.balance,
                    "amount_currency": -owed.amount_currency,
                }
            )
            total = received.setdefault(owed.currency_id, [0, 0])
            total[0] += owed.balance
            total[1] += owed.amount_currency
        lines += [
            {
                "name": f"Receipts in {currency.name}",
                "account_id": journal.default_account_id.id,
                "currency_id": currency.id,
                "balance": balance,
                "amount_currency": amount,
            }
            for currency, (balance, amount) in received.items()
        ]
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": day,
            "ref": "Receipts of the week",
            "line_ids": [Command.create(line) for line in lines],
        }

    @api.model
    def _get_receivable(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
