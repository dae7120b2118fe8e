import random

from odoo.tests import tagged

from .facts_common import FactsCase

STEPS = 40


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
        self.orders = self.env["sale.order"].sudo()
        self.moves = self.env["account.move"].sudo()
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
        """T20, R2: random sequences on the basis of orders."""
        for seed in (1, 2, 5):
            self._run(seed, "order")

    def test_invoices(self):
        """T20, R2: random sequences on the basis of invoices."""
        self._run(3, "invoice")

    def test_both(self):
        """T20, R2: one company by orders, the other by invoices, and switching."""
        self._run(4, "both")

    def _run(self, seed, basis):
        self.random = random.Random(seed)
        self.company_a.followup_sales_basis = "order" if basis == "both" else basis
        self.company_b.followup_sales_basis = "invoice" if basis == "both" else basis
        steps = []
        if basis != "invoice":
            steps += [self._step_order] * 3 + [
                self._step_confirm,
                self._step_change,
                self._step_cancel,
                self._step_customer,
                self._step_date,
            ]
        if basis != "order":
            steps += [self._step_invoice] * 3 + [self._step_refund, self._step_draft]
        steps += [self._step_merge, self._step_contact, self._step_archive]
        if basis == "both":
            steps.append(self._step_basis)
        done = []
        for _number in range(STEPS):
            step = self.random.choice(steps)
            step()
            done.append(step.__name__)
            self.env.flush_all()
            self._assert_months_right(f"seed {seed}: {done}")
        self.assertTrue(self._months(), "The sequence made no sale at all")

    def _partner(self):
        return self.random.choice(self.partners | self.contacts)

    def _company(self):
        return self.random.choice(self.company_a | self.company_b)

    def _day(self):
        return (
            f"{self.random.choice((2024, 2025, 2026))}-{self.random.randint(1, 6):02d}"
            f"-{self.random.randint(1, 28):02d}"
        )

    def _values(self):
        return {
            "price": self.random.randint(1, 99_999) / 100,
            "quantity": self.random.randint(1, 9),
            "company": self._company(),
            "currency": self.random.choice((self.usd, self.usd, self.eur, self.gbp)),
        }

    def _some(self, records):
        return records and self.random.choice(records)

    def _step_order(self):
        moment = f"{self._day()} {self.random.randint(0, 23):02d}:30:00"
        state = self.random.choice(("draft", "sale", "sale"))
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
                {"product_uom_qty": self.random.randint(0, 20), "price_unit": 12.34}
            )

    def _step_cancel(self):
        if order := self._some(self.orders):
            order.write({"state": self.random.choice(("cancel", "sale"))})

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
            if self.random.random() < 0.5:
                move.button_cancel()
            else:
                move.action_post()

    def _step_merge(self):
        if len(self.partners) < 3:
            return
        source, target = self.random.sample(list(self.partners), 2)
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
