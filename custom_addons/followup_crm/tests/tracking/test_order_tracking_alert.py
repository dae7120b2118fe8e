from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderTrackingAlert(TrackingCase):
    """K1: alerts once per event, to the owner and the responsible."""

    def test_late_milestones_once(self):
        tracking = self._track()
        tracking.user_id = self.user_all
        with freeze_time("2026-03-10 12:00:00"):
            tracking._refresh_all()
            alerts = self.env["followup.order.tracking"]
            self.assertIn(self._milestone(tracking, "deposit"), alerts._alert_late())
            message = tracking.message_ids[0]
            self.assertEqual(
                message.partner_ids,
                self.user_all.partner_id | self.user_own.partner_id,
            )
            self.assertFalse(alerts._alert_late() & tracking.milestone_ids)
        with freeze_time("2026-03-11 12:00:00"):
            tracking._refresh_all()
            self.assertFalse(alerts._alert_late() & tracking.milestone_ids)

    def test_again_when_the_plan_changes(self):
        tracking = self._track()
        alerts = self.env["followup.order.tracking"]
        with freeze_time("2026-03-18 12:00:00"):
            tracking._refresh_all()
            alerts._alert_late()
            tracking.delivery_date = date(2026, 3, 31)
            told = alerts._alert_late() & tracking.milestone_ids
            self.assertEqual(told, self._milestone(tracking, "materials"))

    def test_letter_of_credit_once(self):
        tracking = self._track()
        tracking.lc_latest_shipment = "2026-03-10"
        alerts = self.env["followup.order.tracking"]
        self.assertIn(tracking, alerts._alert_credit())
        self.assertIn("Latest shipment", tracking.message_ids[0].body)
        self.assertNotIn(tracking, alerts._alert_credit())

    def test_in_the_language_of_the_reader(self):
        """K1: the scheduler has no language; who is told has one."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["followup_crm"], ["zh_CN"])
        self.user_own.lang = self.user_all.lang = "zh_CN"
        tracking = self._track()
        tracking.user_id = self.user_all
        tracking.lc_latest_shipment = "2026-03-10"
        alerts = self.env["followup.order.tracking"].with_context(lang=None)
        alerts._alert_credit()
        self.assertIn("信用证", tracking.message_ids[0].body)
        with freeze_time("2026-03-10 12:00:00"):
            tracking._refresh_all()
            alerts._alert_late()
        self.assertRegex(tracking.message_ids[0].body, "[一-龥]{2}")

    def test_scheduled_action(self):
        tracking = self._track()
        with freeze_time("2026-03-10 12:00:00"):
            self._run_cron("followup_crm.order_tracking_cron_refresh")
            self.assertEqual(tracking.days_behind, 1)
            self.assertTrue(self._milestone(tracking, "deposit").is_alerted)

    def test_orders_that_are_taken_in(self):
        """K1: what was overdue before all orders are taken in is told to nobody."""
        order = self._create_order()
        order.state = "sale"  # confirmed before orders were followed up
        alerts = self.env["followup.order.tracking"]
        with freeze_time("2026-03-10 12:00:00"):
            alerts._create_missing()
            tracking = self._tracking_of(order)
            self.assertEqual(self._milestone(tracking, "deposit").status, "late")
            self.assertFalse(alerts._alert_late() & tracking.milestone_ids)
        with freeze_time("2026-03-20 12:00:00"):
            alerts._refresh_all()
            told = alerts._alert_late() & tracking.milestone_ids
            self.assertEqual(told, self._milestone(tracking, "materials"))
