from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .request_common import RequestCase


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestCustomerRequest(RequestCase):
    def test_real_contact(self):
        """F8, Q1: A request by phone is a contact, also of a stranger matched later."""
        with freeze_time("2026-03-02 10:00:00"):
            request = self._ask(customer_id=False)
            self.customer._refresh_last_contact()
            self.assertFalse(self.customer.last_contact_date)
            request._match_customer(self._as(self.customer, self.user_own))
        with freeze_time("2026-03-05 10:00:00"):
            self.customer._refresh_last_contact()
            self.assertEqual(self.customer.last_contact_date, date(2026, 3, 2))
            self._step(request, "answer")
            self.customer._refresh_last_contact(since="2026-03-05 00:00:00")
        self.assertEqual(self.customer.last_contact_date, date(2026, 3, 5))

    def test_no_request_is_no_contact(self):
        """F8, Q1: What was no request is no contact."""
        self._step(self._ask(), "drop")
        self.customer._refresh_last_contact()
        self.assertFalse(self.customer.last_contact_date)

    def test_combine_and_merge(self):
        """Q1: Combined files and merged contacts keep their requests."""
        other = self._create_customer("Harrow and Finch Ltd")
        request = self._ask(customer_id=other.id)
        merge = self.env["base.partner.merge.automatic.wizard"].sudo()
        merge._merge(
            (self.customer.partner_id + other.partner_id).ids, self.customer.partner_id
        )
        self.env.invalidate_all()
        self.assertEqual(request.customer_id, self.customer)
        self.assertEqual(request.partner_id, self.customer.partner_id)

    def test_handover(self):
        """Q1: Open requests move with the customer, closed ones stay."""
        open_one, done = self._ask(), self._ask()
        done.action_start()
        self._step(done, "close", result="silent")
        self.customer.sudo()._change_owner(self.user_own_2, "handover")
        self.assertEqual(open_one.sudo().user_id, self.user_own_2)
        self.assertEqual(done.sudo().user_id, self.user_own)

    def test_on_the_file_and_the_work_list(self):
        """Q1: The file counts them, the work list shows those that wait for me."""
        request = self._ask()
        own = self._as(self.customer, self.user_own)
        self.assertEqual((own.request_count, own.open_request_count), (1, 1))
        today = self._as(self.env["followup.interaction"], self.user_own).get_today()
        section = next(one for one in today["sections"] if one["key"] == "requests")
        self.assertEqual(section["rows"][0]["id"], request.id)
        self.assertIn(request.name, section["rows"][0]["purpose"])

    def test_privacy(self):
        """Q1: The privacy lookup finds what a stranger wrote."""
        request = self._ask(customer_id=False, email_from="nia@new.test")
        self.env.flush_all()
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": "Nia New", "email": "nia@new.test"}
        )
        wizard.action_lookup()
        found = [(line.res_model, line.res_id) for line in wizard.line_ids]
        self.assertIn(("followup.request", request.id), found)
