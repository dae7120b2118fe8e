from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.apart import work_apart
from ...models.customer.customer_completeness import CHECKED_FIELDS
from ..common import FollowupCase

LOGGER = "odoo.addons.followup_crm.models.apart"


@tagged("post_install", "-at_install", "followup_crm", "customer")
class TestApart(FollowupCase):
    """R2: One record that fails keeps no other of a scheduled action waiting."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["followup.customer"]
        for number in range(3):
            cls.customers |= cls._create_customer(f"Apart {number}")
        cls.customers = cls.customers.sudo()
        cls.bad = cls.customers[1]

    def test_together_where_it_can_be(self):
        """R2: Nothing fails: the work is done once, for all."""
        calls = []
        failed = work_apart(self.customers, calls.append)
        self.assertFalse(failed)
        self.assertEqual(calls, [self.customers])

    def test_one_fails(self):
        """R2: The others are done, the bad one leaves no trace and is in the log."""

        def work(some):
            some.write({"active": False})
            if self.bad in some:
                raise ValueError("bad")

        with self.assertLogs(LOGGER, "ERROR") as logs:
            failed = work_apart(self.customers, work)
        self.assertEqual(failed, self.bad)
        self.assertEqual(self.customers.filtered("active"), self.bad)
        self.assertEqual(len(logs.output), 1)
        self.assertIn(str(self.bad.id), logs.output[0])

    def _failing(self, name):
        """Make a method of files fail for the bad one."""
        model = type(self.env["followup.customer"])
        method = getattr(model, name)

        def work(records):
            if self.bad in records:
                raise ValueError("bad")
            return method(records)

        return patch.object(model, name, work)

    @mute_logger(LOGGER)
    def test_weekly_order_status(self):
        """R2: The others get their order status, and the run comes to its end."""
        self.customers.status_weekly = True
        with self._failing("_send_status"):
            self._run_cron("followup_crm.order_status_cron_send")
        sent = self.customers.filtered("status_sent_date")
        self.assertEqual(sent, self.customers - self.bad)

    @mute_logger(LOGGER)
    def test_stale_data(self):
        """R2: The other owners are reminded, and the run comes to its end."""
        self.customers.write(dict.fromkeys(CHECKED_FIELDS.values(), "2020-01-01"))
        domain = self.customers._get_stale_domain(self.company_a)
        stale = self.customers.filtered_domain(domain)
        self.assertIn(self.bad, stale)
        with self._failing("_remind_stale_data"):
            self._run_cron("followup_crm.customer_cron_stale_data")
        reminded = self.customers.filtered("stale_reminded_on")
        self.assertEqual(reminded, stale - self.bad)
