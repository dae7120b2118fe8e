from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import RequestCase


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestRequest(RequestCase):
    @freeze_time("2026-03-02 09:00:00")
    def test_quick_entry(self):
        """Q1: One sentence is enough; number, handler, tier and promise are given."""
        request = self._ask(customer_id=False)
        self.assertRegex(request.name, r"^R2026-\d{5}$")
        self.assertEqual((request.state, request.kind), ("new", "inquiry"))
        self.assertEqual(request.received_by_id, self.user_own)
        self.assertTrue(request.user_id)
        self.assertTrue(request.answer_deadline)
        known = self._ask()
        self.assertEqual(known.partner_id, self.customer.partner_id)
        self.assertEqual(known.user_id, self.user_own)
        self.assertNotEqual(known.name, request.name)

    def test_protected(self):
        """Q1: State, number, dates and links are nobody's to write."""
        request = self._ask()
        for name, value in (
            ("state", "closed"),
            ("name", "R1"),
            ("answered_date", fields.Datetime.now()),
            ("answer_result", "in_time"),
            ("user_id", self.user_own_2.id),
            ("is_sender_verified", True),
        ):
            with self.assertRaises(AccessError, msg=name):
                request.write({name: value})
        with self.assertRaises(AccessError):
            self._ask(state="closed")
        here = request.with_context(default_state="closed")
        self.assertEqual(here.create({"subject": "x"}).state, "new")

    def test_kept(self):
        """Q1: A request is neither deleted nor copied."""
        request = self._ask()
        with self.assertRaises(AccessError):
            request.unlink()
        with self.assertRaises(UserError):
            request.sudo().unlink()
        with self.assertRaises(UserError):
            request.copy()

    def test_many_at_once(self):
        """Q1: Entering forty requests takes hardly more queries than entering ten."""
        requests = self._as(self.env["followup.request"], self.user_all)
        self._ask(user=self.user_all)

        def count(number):
            vals = [
                {"subject": f"{n}", "customer_id": self.customer.id}
                for n in range(number)
            ]
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            requests.create(vals)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        count(2)
        small, large = count(10), count(40)
        # Odoo's own followers and messages take some for each record.
        self.assertLess((large - small) / 30, 12)
