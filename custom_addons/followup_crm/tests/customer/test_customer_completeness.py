from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import tagged

from ...const import COMPLETENESS
from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestCustomerCompleteness(FollowupCase):
    """Completeness by data group, explained; stale data reminded once (P10)."""

    def _detail(self, customer, group):
        customer.invalidate_recordset(["completeness_detail"])
        return next(d for d in customer.completeness_detail if d["group"] == group)

    def test_counts_by_hand(self):
        """P10: 2 of 38 fields are 5 %; the group says what is missing."""
        self.assertEqual(sum(map(len, COMPLETENESS.values())), 38)
        customer = self._create_customer("Two", phone="+49 1", settlement_day=5)
        self.assertEqual(customer.completeness, 5)
        credit = self._detail(customer, "credit")
        self.assertEqual(credit["percent"], 20)
        self.assertEqual(
            credit["missing"],
            [
                "Registered capital",
                "Founding date",
                "Trading history",
                "Credit period (days)",
            ],
        )

    def test_rises_with_details_and_partner_data(self):
        """P10: details and the contact's own data count as soon as they are there."""
        customer = self._create_customer("Rise")
        self.assertEqual(customer.completeness, 0)
        self.env["followup.competing.product"].create(
            {"customer_id": customer.id, "name": "Rival shirt"}
        )
        self.assertEqual(customer.completeness, 2)
        customer.partner_id.write({"city": "Hamburg", "street": "Elbchaussee 1"})
        self.assertEqual(customer.completeness, 7)
        self.env["followup.customer.relation"].create(
            {"customer_id": customer.id, "name": "Rival", "kind": "competitor"}
        )
        self.assertEqual(customer.completeness, 10)
        self.assertEqual(self._detail(customer, "market")["percent"], 25)

    def test_groups_are_dated(self):
        """P10: a change dates its group only; confirming dates what holds something."""
        customer = self._create_customer("Dates", settlement_day=3)
        self._age(customer, 20)
        customer.trade_area = "Harbour district"
        today = fields.Date.context_today(customer)
        self.assertEqual(customer.operating_checked_on, today)
        self.assertTrue(customer.is_stale)
        self.assertTrue(self._detail(customer, "credit")["stale"])
        self._as(customer, self.user_own).action_confirm_data()
        self.assertFalse(customer.is_stale)
        self.assertFalse(customer.judgement_checked_on)

    def test_owner_is_reminded_once(self):
        """P10: one activity, not one a day; again only after the data were checked."""
        customer = self._create_customer("Stale", settlement_day=3)
        fresh = self._create_customer("Fresh", settlement_day=3)
        self._age(customer, 13)
        for _night in range(2):
            self._run_cron("followup_crm.customer_cron_stale_data")
        activity = customer.sudo().activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.user_own)
        self.assertIn("Credit data", activity.summary)
        self.assertFalse(fresh.sudo().activity_ids)
        self._as(customer, self.user_own).action_confirm_data()
        self.assertFalse(customer.sudo().activity_ids)
        self._age(customer, 13)
        self._run_cron("followup_crm.customer_cron_stale_data")
        self.assertEqual(len(customer.sudo().activity_ids), 1)

    def test_months_are_a_setting_of_the_company(self):
        """P10: N months; what is stale for one company is not for another."""
        customer = self._create_customer("Setting", settlement_day=3)
        self._age(customer, 7)
        files = self._as(self.env["followup.customer"], self.user_own)
        self.assertNotIn(customer, files.search([("is_stale", "=", True)]))
        self.company_a.fcrm_stale_months = 6
        customer.invalidate_recordset(["is_stale"])
        self.assertIn(customer, files.search([("is_stale", "=", True)]))
        self.assertNotIn(customer, files.search([("is_stale", "=", False)]))
        self.assertTrue(customer.is_stale)

    def test_list_costs_the_same_for_few_and_many(self):
        """P10: no query per customer when a page of files is read."""
        customers = self.env["followup.customer"]
        for number in range(40):
            customers |= self._create_customer(f"Many {number}")
        names = ["display_name", "completeness", "is_stale", "user_id", "code"]
        counts = []
        # The first page warms what is cached for good (rights, translations).
        for page in (customers[:1], customers[:5], customers):
            self.env.invalidate_all()
            page = self._as(page, self.user_all)
            before = self.env.cr.sql_log_count
            page.read([*names, "completeness_detail"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def _age(self, customer, months):
        """Make all data of the file look ``months`` months old."""
        customer.flush_recordset()
        old = fields.Date.context_today(customer) - relativedelta(months=months)
        dates = ["basic_checked_on", "credit_checked_on"]
        customer.sudo().write(dict.fromkeys(dates, old))
