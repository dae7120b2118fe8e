from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
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
        with self.assertRaises(AccessError):
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

    def test_becomes_an_action(self):
        """K4: what happened and why go along; the second press opens the same one."""
        exceptions = self._as(self.env["followup.order.exception"], self.user_own)
        exception = exceptions.create(
            {
                "name": "Short",
                "tracking_id": self._track().id,
                "cause": "The mill stood still",
                "decision": "Second mill",
            }
        )
        shown = exception.action_make_action()
        action = exception.action_id
        self.assertEqual(
            (shown["res_model"], shown["res_id"]), (action._name, action.id)
        )
        self.assertEqual(action.origin, "tracking")
        self.assertEqual(action.customer_id, self.customer)
        self.assertEqual(action.root_cause, "The mill stood still")
        self.assertEqual(action.description, "Second mill")
        self.assertEqual(action.exception_ids, exception)
        self.assertEqual(exception.action_make_action()["res_id"], action.id)
        with self.assertRaises(AccessError):
            exception.action_id = False
        with self.assertRaises(AccessError):
            self._as(exception, self.officer).action_make_action()
