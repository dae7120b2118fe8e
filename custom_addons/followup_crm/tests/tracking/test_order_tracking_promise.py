from freezegun import freeze_time

from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderTrackingPromise(TrackingCase):
    """K5: a promise is checked when a date is set."""

    def test_quotation(self):
        order = self._create_order(promised="2026-03-14 12:00:00")
        warning = self._as(order, self.manager).fcrm_promise_warning
        self.assertIn("12 days", warning)
        self.assertIn("30 are usual", warning)
        self.assertIn("not a working day", warning)
        order.commitment_date = "2026-04-01 12:00:00"
        self.assertFalse(self._as(order, self.manager).fcrm_promise_warning)

    def test_tracking(self):
        tracking = self._as(self._track(), self.user_own)
        self.assertFalse(tracking.promise_warning)
        self._milestone(tracking, "materials").expected_date = "2026-03-24"
        self.assertIn("7 days after the promise", tracking.promise_warning)

    def test_dialog_shows_what_moves(self):
        tracking = self._as(self._track(), self.user_own)
        milestone = self._milestone(tracking, "materials")
        dialog = (
            self.env["followup.milestone.postpone"]
            .with_user(self.user_own)
            .create({"milestone_id": milestone.id, "date": "2026-03-19"})
        )
        self.assertIn("4 later milestones", dialog.effect)
        dialog.action_apply()
        self.assertEqual(f"{milestone.forecast_date}", "2026-03-19")
