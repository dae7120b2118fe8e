from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .request_common import RequestCase

# A Monday; the calendar works 8–12 and 13–17, in UTC.
MONDAY = "2026-03-02 10:00:00"


@tagged("post_install", "-at_install", "followup_crm", "request")
class TestRequestClock(RequestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_a.resource_calendar_id.tz = "UTC"
        cls.targets = cls.env["followup.request.target"]

    @freeze_time(MONDAY)
    def test_deadline_by_kind(self):
        """Q1: 8 working hours for an inquiry, 4 for a change: by hand."""
        self.assertEqual(self._ask().answer_deadline, datetime(2026, 3, 3, 10, 0))
        change = self._ask(kind="change")
        self.assertEqual(change.answer_deadline, datetime(2026, 3, 2, 15, 0))
        # 75 % of four hours: 10–12, 13–14.
        self.assertEqual(change.warning_date, datetime(2026, 3, 2, 14, 0))
        change.kind = "inquiry"
        self.assertEqual(change.answer_deadline, datetime(2026, 3, 3, 10, 0))

    @freeze_time(MONDAY)
    def test_tier_company_and_agreement(self):
        """Q1: The tier shortens, the company's row and an agreement come first."""
        tier = self.env["followup.tier"].search(
            [
                ("scheme_id.is_policy", "=", True),
                ("company_id", "=", self.company_a.id),
            ],
            limit=1,
        )
        tier.response_factor = 0.5
        self.customer.sudo()._write({"tier_id": tier.id})
        self.env.invalidate_all()
        # Four hours: 10–12, 13–15.
        self.assertEqual(self._ask().answer_deadline, datetime(2026, 3, 2, 15, 0))
        self.targets.create(
            {
                "kind": "inquiry",
                "amount": 2,
                "unit": "work_hour",
                "company_id": self.company_a.id,
            }
        )
        self.assertEqual(self._ask().answer_deadline, datetime(2026, 3, 2, 11, 0))
        self.env["followup.service.agreement"].create(
            {
                "customer_id": self.customer.id,
                "name": "Contract",
                "date_from": "2026-01-01",
                "response_hours": 3,
            }
        )
        self.assertEqual(self._ask().answer_deadline, datetime(2026, 3, 2, 14, 0))

    def test_time_left(self):
        """Q1: In time, soon due, late: by the clock, and found by it."""
        with freeze_time(MONDAY):
            request = self._ask(kind="change")
        for moment, state in (
            ("2026-03-02 10:30:00", "ok"),
            ("2026-03-02 14:30:00", "warning"),
            ("2026-03-02 15:30:00", "late"),
        ):
            with freeze_time(moment):
                request.invalidate_recordset(["time_state", "time_left"])
                self.assertEqual(request.time_state, state)
                found = request.search([("time_state", "=", state)])
                self.assertIn(request, found)
                others = {"ok", "warning", "late", "none"} - {state}
                found = request.search([("time_state", "in", list(others))])
                self.assertNotIn(request, found)

    def test_warned_and_escalated(self):
        """Q1: The handler is warned once, the manager told once."""
        with freeze_time(MONDAY):
            request = self._ask(kind="change")
        own = request.sudo()
        with freeze_time("2026-03-02 14:30:00"):
            self._run_cron("followup_crm.request_cron_watch")
            self._run_cron("followup_crm.request_cron_watch")
            self.assertEqual(len(own.activity_ids), 1)
            self.assertEqual(own.activity_ids.user_id, self.user_own)
        with freeze_time("2026-03-02 15:30:00"):
            self._run_cron("followup_crm.request_cron_watch")
            self._run_cron("followup_crm.request_cron_watch")
        self.assertTrue(own.is_escalated)
        self.assertEqual(len(own.activity_ids), 2)
        self.assertIn(self.manager, own.activity_ids.user_id)
        self.assertEqual(own.answer_result, "late")
        self.assertIn("promised", own.message_ids[0].body)

    def test_one_that_fails(self):
        """Q1: A request that cannot be watched does not keep the others waiting."""
        with freeze_time(MONDAY):
            first, second = self._ask(kind="change"), self._ask(kind="change")
        watched = type(first)._remind

        def remind(this, kind, user):
            if this == first:
                raise ValueError("broken")
            return watched(this, kind, user)

        self.patch(type(first), "_remind", remind)
        with (
            freeze_time("2026-03-02 14:30:00"),
            self.assertLogs("odoo.addons.followup_crm", level="ERROR"),
        ):
            self._run_cron("followup_crm.request_cron_watch")
        self.assertFalse(first.sudo().is_warned)
        self.assertTrue(second.sudo().is_warned)
