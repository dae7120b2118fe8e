import unittest
from contextlib import contextmanager

from odoo.tests import tagged

from .facts_common import FactsCase

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as some
except ImportError:
    # In an Odoo that was not set up by requirements-dev.txt.
    given = None

# Posting invoices takes its time.
EXAMPLES = {"order": 4, "invoice": 2, "both": 2}
STEPS = 8


@unittest.skipUnless(given, "needs the Python package hypothesis")
@tagged("post_install", "-at_install", "followup_crm", "facts")
class TestSalesMonthProperty(FactsCase):
    """Whatever is done to documents, the months equal their sum in plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._load_accounts()
        cls.company_b.partner_id.tz = "Asia/Shanghai"

    def setUp(self):
        super().setUp()
        self.partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}", "is_company": True} for n in range(4)]
        )
        self.contacts = self.env["res.partner"].create(
            [{"name": f"Contact {p.id}", "parent_id": p.id} for p in self.partners]
        )
        for company in self.company_a | self.company_b:
            for partner in self.partners[:3]:
                self.env["followup.customer"].sudo().with_company(company).create(
                    {"partner_id": partner.id, "company_id": company.id}
                )

    def test_orders(self):
        """T20, R2: sequences of steps on the basis of orders."""
        self._try_sequences("order")

    def test_invoices(self):
        """T20, R2: sequences of steps on the basis of invoices."""
        self._try_sequences("invoice")

    def test_both(self):
        """T20, R2: one company by orders, the other by invoices, and switching."""
        self._try_sequences("both")

    def _try_sequences(self, basis):
        """Have hypothesis look for a sequence after which the sums are wrong.

        It looks at the same ones each time, and tells the shortest that fails.
        """

        @settings(
            max_examples=EXAMPLES[basis],
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(some.data())
        def sequence(data):
            with self._undone():
                self._run(data, basis)

        sequence()

    @contextmanager
    def _undone(self):
        """Take back what an example did, in the database and in memory."""
        partners, contacts = self.partners, self.contacts
        with self.cr.savepoint() as savepoint:
            try:
                yield
            finally:
                savepoint.rollback()
                self.env.invalidate_all(flush=False)
                self.partners, self.contacts = partners, contacts

    def _run(self, data, basis):
        self.draw = data.draw
        self.orders = self.env["sale.order"].sudo()
        self.moves = self.env["account.move"].sudo()
        self.company_a.followup_sales_basis = "order" if basis == "both" else basis
        self.company_b.followup_sales_basis = "invoice" if basis == "both" else basis
        steps = self._get_steps(basis)
        # Something to change.
        first = steps[0]
        first()
        done = [first.__name__]
        for _number in range(STEPS):
            step = self._choice(steps)
            step()
            done.append(step.__name__)
            self.env.flush_all()
            self._assert_months_right(f"after {done}")

    def _get_steps(self, basis):
        steps = []
        if basis != "invoice":
            steps += [self._step_order] * 2 + [
                self._step_confirm,
                self._step_change,
                self._step_cancel,
                self._step_customer,
                self._step_date,
            ]
        if basis != "order":
            steps += [self._step_invoice] * 2 + [self._step_refund, self._step_draft]
        steps += [self._step_merge, self._step_contact, self._step_archive]
        if basis == "both":
            steps.append(self._step_basis)
        return steps

    def _choice(self, options):
        return self.draw(some.sampled_from(list(options)))

    def _number(self, least, most):
        return self.draw(some.integers(least, most))

    def _partner(self):
        return self._choice(self.partners | self.contacts)

    def _company(self):
        return self._choice(self.company_a | self.company_b)

    def _day(self):
        year, month = self._choice((2024, 2025, 2026)), self._number(1, 6)
        return f"{year}-{month:02d}-{self._number(1, 28):02d}"

    def _values(self):
        return {
            "price": self._number(1, 99_999) / 100,
            "quantity": self._number(1, 9),
            "company": self._company(),
            "currency": self._choice((self.usd, self.eur, self.gbp)),
        }

    def _some(self, records):
        return records and self._choice(records)

    def _step_order(self):
        moment = f"{self._day()} {self._number(0, 23):02d}:30:00"
        state = self._choice(("draft", "sale", "sale"))
        self.orders |= self._order(
            self._partner(), day=moment, state=state, **self._values()
        )

    def _step_confirm(self):
        drafts = self.orders.filtered(lambda o: o.state == "draft")
        if drafts:
            order = self._some(drafts)
            order.with_company(order.company_id).action_confirm()

    def _step_change(self):
        if order := self._some(self.orders):
            order.order_line[0].write(
                {"product_uom_qty": self._number(0, 20), "price_unit": 12.34}
            )

    def _step_cancel(self):
        if order := self._some(self.orders):
            order.write({"state": self._choice(("cancel", "sale"))})

    def _step_customer(self):
        if order := self._some(self.orders):
            order.write({"partner_id": self._partner().id})

    def _step_date(self):
        if order := self._some(self.orders):
            order.write({"date_order": f"{self._day()} 16:00:00"})

    def _step_invoice(self):
        self.moves |= self._invoice(self._partner(), day=self._day(), **self._values())

    def _step_refund(self):
        posted = self.moves.filtered(lambda m: m.state == "posted")
        if posted:
            move = self._some(posted)
            refund = move.with_company(move.company_id)._reverse_moves(
                [{"invoice_date": move.invoice_date, "date": move.invoice_date}]
            )
            if refund.move_type == "out_refund":
                refund.action_post()
                self.moves |= refund

    def _step_draft(self):
        if move := self._some(self.moves):
            move.button_draft()
            if self._choice((True, False)):
                move.button_cancel()
            else:
                move.action_post()

    def _step_merge(self):
        if len(self.partners) < 3:
            return
        source = self._choice(self.partners)
        target = self._choice(self.partners - source)
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (source | target).ids, target
        )
        self.env.invalidate_all()
        self.partners -= source

    def _step_contact(self):
        contact = self._some(self.contacts)
        contact.parent_id = self._some(self.partners)

    def _step_archive(self):
        contact = self._some(self.contacts)
        contact.active = not contact.active

    def _step_basis(self):
        company = self._company()
        company.followup_sales_basis = (
            "order" if company.followup_sales_basis == "invoice" else "invoice"
        )
