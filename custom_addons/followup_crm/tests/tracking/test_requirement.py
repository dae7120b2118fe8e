from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestRequirement(TrackingCase):
    """K9: the requirement sheet of a customer on each of its orders."""

    def test_on_new_and_running_orders(self):
        running = self._track()
        requirement = self.env["followup.requirement"].with_user(self.user_own)
        requirement = requirement.create(
            {"customer_id": self.customer.id, "name": "Cartons of at most 15 kg"}
        )
        new, other = self._track(), self._track(self.other)
        self.assertEqual(running.requirement_ids.requirement_id, requirement)
        self.assertEqual(new.requirement_ids.requirement_id, requirement)
        self.assertFalse(other.requirement_ids)
        check = self._as(running.requirement_ids, self.user_own)
        with self.assertRaises(AccessError):
            check.checked_date = "2026-01-01"
        check.action_toggle()
        self.assertEqual(check.checked_date, date(2026, 3, 2))
        self.assertEqual(check.checked_user_id, self.user_own)
        check.action_toggle()
        self.assertFalse(check.checked_date)
