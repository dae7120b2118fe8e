from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .complaint_common import ComplaintCase

ANSWER = "Here they are"


@tagged("post_install", "-at_install", "complaint")
class TestComplaintClock(ComplaintCase):
    """C3: Promised times, pauses, warnings, escalation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Shanghai office", "tz": "Asia/Shanghai"}
        )
        # Eight hours on weekdays there: 0 to 4 and 5 to 9 o'clock UTC.
        cls.calendar.attendance_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "name": f"{day} {begin}",
                        "dayofweek": str(day),
                        "hour_from": begin,
                        "hour_to": end,
                        "day_period": period,
                    }
                )
                for day in range(5)
                for begin, end, period in (
                    (8, 12, "morning"),
                    (13, 17, "afternoon"),
                )
            ),
        ]
        cls.company_a.resource_calendar_id = cls.calendar

    @freeze_time("2026-03-06 08:00:00")
    def test_major_across_weekend_and_zone(self):
        """C3: Friday 16:00 in Shanghai, four working hours: Monday 11:00 there."""
        complaint = self._complain(severity="major")
        self.assertEqual(complaint.acknowledge_deadline, datetime(2026, 3, 9, 3))
        # Contain: a working day of eight hours; propose: three of them.
        self.assertEqual(complaint.contain_deadline, datetime(2026, 3, 9, 8))
        self.assertEqual(complaint.propose_deadline, datetime(2026, 3, 11, 8))
        self.assertEqual(complaint.capa_deadline, datetime(2026, 3, 20, 8))
        self.assertEqual(complaint.close_deadline, datetime(2026, 5, 5, 8))
        self.assertEqual(complaint.next_clock, "acknowledge")
        self.assertEqual(complaint.clock_state, "ok")

    @freeze_time("2026-03-06 08:00:00")
    def test_holiday(self):
        """C3: A public holiday of the company does not count."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company_a.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-08 16:00:00",
                "date_to": "2026-03-09 15:59:59",
            }
        )
        complaint = self._complain(severity="major")
        self.assertEqual(complaint.acknowledge_deadline, datetime(2026, 3, 10, 3))

    @freeze_time("2026-03-07 20:00:00")
    def test_critical_round_the_clock(self):
        """C3: Critical hours run at night and on Sunday; a proposal does not."""
        complaint = self._complain(severity="critical")
        self.assertEqual(complaint.acknowledge_deadline, datetime(2026, 3, 7, 21))
        self.assertEqual(complaint.contain_deadline, datetime(2026, 3, 8, 0))
        self.assertEqual(complaint.propose_deadline, datetime(2026, 3, 10, 9))

    @freeze_time("2026-03-02 00:00:00")
    def test_tier_shortens(self):
        """C3: Tier I gets everything in half the time."""
        tier = self.env.ref("followup_crm.tier_amount_1")
        self.assertEqual(tier.response_factor, 0.5)
        self.customer.sudo().write({"tier_id": tier.id, "tier_sequence": 10})
        complaint = self._complain(severity="major")
        self.assertEqual(complaint.acknowledge_deadline, datetime(2026, 3, 2, 2))
        self.assertEqual(complaint.tier_sequence, 10)

    @freeze_time("2026-03-02 00:00:00")
    def test_judging_plans_again(self):
        """C3: Severity changes the promises; a minor one has no corrective clock."""
        complaint = self._complain(severity="major")
        complaint.severity = "minor"
        self.assertEqual(complaint.acknowledge_deadline, datetime(2026, 3, 2, 9))
        self.assertFalse(complaint.capa_deadline)
        self.assertFalse(complaint.contain_deadline)

    def test_service_agreement(self):
        """C3: An agreement comes before the tier, but never loosens critical hours."""
        tier = self.env.ref("followup_crm.tier_amount_1")
        self.customer.sudo().tier_id = tier
        agreed = {self.customer.id: {"acknowledge": (3, "work_hour")}}
        model = self.env.registry["followup.complaint"]
        with (
            freeze_time("2026-03-02 00:00:00"),
            patch.object(model, "_get_agreed_targets", lambda *_args: agreed),
        ):
            major = self._complain(severity="major")
            critical = self._complain(severity="critical")
        self.assertEqual(major.acknowledge_deadline, datetime(2026, 3, 2, 3))
        self.assertEqual(major.contain_deadline, datetime(2026, 3, 2, 4), "By tier.")
        self.assertEqual(critical.acknowledge_deadline, datetime(2026, 3, 2, 0, 30))

    def test_own_target_of_a_company(self):
        """C3: A company's own promise comes before the shipped one."""
        self.env["followup.complaint.target"].with_user(self.manager).create(
            {
                "severity": "minor",
                "clock": "acknowledge",
                "amount": 2,
                "unit": "work_hour",
                "company_id": self.company_a.id,
            }
        )
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="minor")
        self.assertEqual(complaint.acknowledge_deadline, datetime(2026, 3, 2, 2))

    def test_pause(self):
        """C3: Waiting for the customer stops the clocks, with the reason."""
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="major")
            complaint.action_acknowledge()
        with freeze_time("2026-03-02 02:00:00"):
            self._reason(complaint, "pause", "Asked for pictures of the cartons")
            self.assertEqual(complaint.clock_state, "paused")
        with freeze_time("2026-03-04 02:00:00"):
            complaint.action_resume()
        # Two hours before the pause, six after it; the promise was eight.
        self.assertEqual(complaint.contain_deadline, datetime(2026, 3, 4, 9))
        self.assertEqual(complaint.capa_deadline, datetime(2026, 3, 18, 0))
        self.assertEqual(
            complaint.pause_ids.reason, "Asked for pictures of the cartons"
        )
        self.assertEqual(complaint.pause_ids.user_id, self.user_own)

    def test_customers_answer_ends_the_pause(self):
        """C3: The customer writes: the clocks run on by themselves."""
        complaint = self._complain()
        complaint.action_acknowledge()
        self._reason(complaint, "pause", "Pictures")
        complaint.sudo().message_post(
            body=ANSWER,
            author_id=self.customer.partner_id.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertFalse(complaint.is_paused)

    def _reason(self, complaint, step, reason, user=None):
        wizard = self.env["followup.complaint.reason"].with_user(user or self.user_own)
        wizard.create(
            {"complaint_id": complaint.id, "step": step, "reason": reason}
        ).action_apply()

    def test_warned_and_escalated_once(self):
        """C3: Warned at 75 %, escalated when missed, each once."""
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="major")
        with freeze_time("2026-03-02 02:59:00"):
            self._run_cron("followup_crm.complaint_cron_watch")
            self.assertFalse(complaint.is_warned)
        with freeze_time("2026-03-02 03:01:00"):
            self.assertEqual(complaint.clock_state, "warning")
            self._run_cron("followup_crm.complaint_cron_watch")
            self._run_cron("followup_crm.complaint_cron_watch")
        warned = complaint.sudo().activity_ids
        self.assertEqual(warned.user_id, self.user_own)
        self.assertEqual(len(warned), 1)
        with freeze_time("2026-03-02 04:01:00"):
            complaint.invalidate_recordset()
            self.assertEqual(complaint.clock_state, "late")
            self._run_cron("followup_crm.complaint_cron_watch")
            self._run_cron("followup_crm.complaint_cron_watch")
        escalated = complaint.sudo().activity_ids - warned
        self.assertEqual(len(escalated), 1)
        self.assertTrue(escalated.user_id.has_group("followup_crm.group_manager"))
        self.assertIn(self.company_a, escalated.user_id.company_ids)

    def test_escalated_in_the_readers_words(self):
        """C3: A missed promise is told in the handler's language and time zone."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_own.sudo().write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="major")
        with freeze_time("2026-03-02 04:01:00"):
            self._run_cron("followup_crm.complaint_cron_watch")
        told = complaint.sudo().message_ids.filtered(lambda m: "承诺" in (m.body or ""))
        self.assertEqual(len(told), 1)
        # 04:00 UTC is noon in Shanghai.
        self.assertIn("12:00", told.body)

    def test_one_that_fails(self):
        """R2: A complaint that cannot be watched does not keep the others waiting."""
        with freeze_time("2026-03-02 00:00:00"):
            broken, other = self._complain(), self._complain()
        model = self.env.registry["followup.complaint"]
        escalate = model._escalate

        def failing(record):
            if record == broken:
                raise ValueError("broken")
            return escalate(record)

        with (
            freeze_time("2026-03-03 00:00:00"),
            patch.object(model, "_escalate", failing),
            mute_logger("odoo.addons.followup_crm.models.complaint.complaint_watch"),
        ):
            self._run_cron("followup_crm.complaint_cron_watch")
        self.assertFalse(broken.is_escalated)
        self.assertTrue(other.is_escalated)

    def test_next_promise_is_watched_anew(self):
        """C3: After the first promise the next one is warned of, too."""
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="major")
            complaint.sudo()._warn()
            complaint.action_acknowledge()
        self.assertEqual(complaint.next_clock, "contain")
        self.assertFalse(complaint.is_warned)

    def test_paused_is_not_escalated(self):
        """C3: Nobody is blamed while we wait for the customer."""
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="major")
            complaint.action_acknowledge()
            self._reason(complaint, "pause", "Pictures")
        with freeze_time("2026-03-20 00:00:00"):
            self._run_cron("followup_crm.complaint_cron_watch")
        self.assertFalse(complaint.is_escalated)

    def test_one_query_for_a_list(self):
        """C3: Time left of two or eighty complaints costs no query more."""
        for count in (2, 80):
            self.env["followup.complaint"].with_user(self.manager).create(
                [
                    {
                        "subject": f"Complaint {number}",
                        "customer_id": self.customer.id,
                        "company_id": self.company_a.id,
                    }
                    for number in range(count)
                ]
            )
            self.env.flush_all()
            complaints = self._as(self.env["followup.complaint"], self.user_own)
            self.env.invalidate_all()
            found = complaints.search([("is_open", "=", True)], limit=count)
            found.mapped("name")
            with self.assertQueryCount(0):
                states = found.mapped("clock_state")
                found.mapped("time_left")
            self.assertEqual(len(states), count)

    def test_search_by_time(self):
        """C3: Late and soon due ones are found."""
        with freeze_time("2026-03-02 00:00:00"):
            complaint = self._complain(severity="major")
        complaints = self._as(self.env["followup.complaint"], self.user_own)
        for moment, state in (
            ("2026-03-02 00:01:00", "ok"),
            ("2026-03-02 03:01:00", "warning"),
            ("2026-03-02 04:01:00", "late"),
        ):
            with freeze_time(moment):
                for other in ("ok", "warning", "late", "paused", "none"):
                    found = complaints.search([("clock_state", "=", other)])
                    self.assertEqual(complaint in found, other == state, moment)
