from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install", "followup_crm", "result")
class TestResultLine(ResultCase):
    """S4: What each person did and brought, one by one."""

    def _lines(self, kind, user=None):
        rows = self._rows("followup.result.line", user, [("kind", "=", kind)])
        return [(row.user_id, str(row.date), row.amount) for row in rows]

    def test_orders_belong_to_their_salesperson(self):
        """S4: a handover moves nothing; where nobody is named the owner counts."""
        self._sold(self.user_all, 100, "2026-05-04")
        self._sold(self.env["res.users"], 30, "2026-05-05")
        self._sold(self.user_all, 500, "2026-05-06", state="draft")
        expected = [
            (self.user_own, "2026-05-05", 30),
            (self.user_all, "2026-05-04", 100),
        ]
        self.assertEqual(self._lines("sale"), expected)
        self.assertEqual(self._lines("signed"), expected)
        self.assertEqual(len(self._lines("quotation")), 3)

    def test_currency_and_missing_rate(self):
        """S4: 100 EUR are 200 USD from March on; without a rate there is no amount."""
        self._sold(self.user_own, 100, "2026-05-04", currency=self.eur)
        self._sold(self.user_own, 100, "2026-05-05", currency=self.gbp)
        amounts = [amount for _user, _date, amount in self._lines("signed")]
        self.assertEqual(amounts, [0, 200])

    def test_new_customers(self):
        """S4: new on the day of the first sale, and once; imported years are old."""
        self.env["followup.sales.history"].sudo().create(
            {"customer_id": self.other.id, "year": 2020, "amount": 10}
        )
        self._sold(self.user_all, 100, "2026-05-04")
        self._sold(self.user_own, 100, "2026-05-05")
        self._sold(self.user_own_2, 9, "2026-05-05", self.other.sudo().partner_id)
        self.assertEqual(self._lines("customer"), [(self.user_all, "2026-05-04", 100)])

    def test_collected(self):
        """S4: payments count by the invoice's salesperson, as far as matched."""
        self._load_accounts()
        invoices = self._invoice(self.partner, 100) | self._invoice(self.partner, 50)
        invoices[0].invoice_user_id = self.user_own
        invoices[1].invoice_user_id = self.user_all
        self._pay(invoices[0], 60, "2026-05-02")
        self._pay(invoices[1], 50, "2026-05-03")
        refund = self._invoice(self.partner, 20, move_type="out_refund")
        refund.invoice_user_id = self.user_own
        self._pay(refund, 20, "2026-05-04")
        self.assertEqual(
            self._lines("collected"),
            [
                (self.user_own, "2026-05-04", -20),
                (self.user_all, "2026-05-03", 50),
                (self.user_own, "2026-05-02", 60),
            ],
        )

    def test_credit_notes_are_no_money(self):
        """S4: an invoice that a credit note settles has brought no money."""
        self._load_accounts()
        invoice = self._invoice(self.partner, 100)
        refund = self._invoice(self.partner, 100, move_type="out_refund")
        lines = (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.assertEqual(self._lines("collected"), [])

    def _pay(self, move, amount, day):
        register = self.env["account.payment.register"].sudo()
        wizard = register.with_context(
            active_model="account.move", active_ids=move.ids
        ).create({"amount": amount, "payment_date": day})
        wizard.action_create_payments()

    def test_work(self):
        """S4: contacts, opportunities, information; what is personal is not told."""
        contacts = self.env["followup.interaction"].sudo()
        done = contacts.create(
            [
                {
                    "customer_id": self.customer.id,
                    "purpose": "Call",
                    "content": "Said yes",
                    "user_id": self.user_own.id,
                    "date": TODAY,
                    "is_personal": personal,
                    "company_id": self.company_a.id,
                }
                for personal in (False, True)
            ]
        )
        done.action_done()
        won = self._lead(self.user_own, 70)
        won.action_set_won()
        lost = self._lead(self.user_all, 80)
        lost.action_set_lost()
        self._lead(self.user_all, 90).action_archive()
        self.assertEqual(len(self._lines("contact")), 1)
        self.assertEqual(self._lines("won"), [(self.user_own, str(TODAY), 70)])
        self.assertEqual(self._lines("lost"), [(self.user_all, str(TODAY), 80)])
        self.assertEqual(len(self._lines("opened")), 2)

    def test_who_sees_whose(self):
        """S4, attack 1: own; a leader the team's; all and managers all; none else."""
        self._sold(self.user_own, 1, "2026-05-04")
        self._sold(self.user_all, 2, "2026-05-04", self.partner)
        self._sold(self.user_own_2, 3, "2026-05-04", self.other.sudo().partner_id)

        def seen(user):
            return sorted(amount for _user, _date, amount in self._lines("sale", user))

        self.assertEqual(seen(self.user_own), [1])
        self.assertEqual(seen(self.user_own_2), [3])
        self.assertEqual(seen(self.leader), [1, 2])
        self.assertEqual(seen(self.user_all), [1, 2, 3])
        self.assertEqual(seen(self.manager), [1, 2, 3])
        self.assertFalse(self._rows("followup.result.line", self.user_b))
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._rows("followup.result.line", user)

    def test_handed_over(self):
        """S4, attack 8: entries of a customer that was handed over are not listed."""
        self._sold(self.user_own, 1, "2026-05-04")
        self.customer.sudo()._change_owner(self.user_own_2, "assigned", "Holiday")
        self.assertEqual(self._lines("sale", self.user_own), [])
        self.assertEqual(len(self._lines("sale", self.manager)), 1)

    def test_reference_needs_the_right(self):
        """S4: the record's name shows to those who may read the record."""
        lead = self._lead(self.user_own, 70)
        domain = [("kind", "=", "opened")]
        row = self._rows("followup.result.line", self.user_own, domain)
        self.assertFalse(row.reference)
        self.user_own.group_ids += self.env.ref("sales_team.group_sale_salesman")
        row = self._rows("followup.result.line", self.user_own, domain)
        self.assertEqual(row.reference, lead.display_name)
        self.assertEqual(row.action_open()["res_id"], lead.id)

    def test_references_in_one_pass(self):
        """S4: twenty rows cost as many queries as two."""
        contacts = self.env["followup.interaction"].sudo()
        for number in range(20):
            contacts |= contacts.create(
                {
                    "customer_id": self.customer.id,
                    "purpose": f"Call {number}",
                    "content": "Said yes",
                    "user_id": self.user_own.id,
                    "date": TODAY,
                    "company_id": self.company_a.id,
                }
            )
        contacts.action_done()
        rows = self._rows("followup.result.line", self.user_own)
        self.assertEqual(len(rows), 20)
        rows[:2].mapped("reference")
        counts = []
        for some in (rows[:2], rows):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(some.mapped("reference")))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
