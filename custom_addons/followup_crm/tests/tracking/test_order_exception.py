from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderException(TrackingCase):
    """K4: each exception has a cause, an owner, a decision, and the customer told."""

    def test_from_report_to_close(self):
        tracking = self._as(self._track(), self.user_own)
        exception = self.env["followup.order.exception"].with_user(self.user_own)
        exception = exception.create(
            {"name": "300 m missing", "kind": "shortage", "tracking_id": tracking.id}
        )
        self.assertEqual(tracking.risk, "at_risk")
        self.assertEqual(tracking.late_reason, "300 m missing")
        with self.assertRaises(UserError):
            exception.action_decide()
        with self.assertRaises(UserError):
            exception.state = "closed"
        exception.decision = "Other mill"
        exception.action_decide()
        with self.assertRaises(UserError):
            exception.action_close()
        exception.action_told()
        self.assertEqual(exception.told_user_id, self.user_own)
        exception.action_close()
        self.assertEqual(exception.state, "closed")
        self.assertEqual(tracking.risk, "on_track")

    def test_becomes_an_action_where_there_are_actions(self):
        exception = self.env["followup.order.exception"].create(
            {"name": "Short", "tracking_id": self._track().id}
        )
        if exception.has_actions:
            exception.action_make_action()
            self.assertEqual(exception.action_ref._name, "followup.action")
        else:
            with self.assertRaises(UserError):
                exception.action_make_action()
