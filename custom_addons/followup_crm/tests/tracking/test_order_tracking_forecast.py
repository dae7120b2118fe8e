from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .tracking_common import NOON, TrackingCase


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderTrackingForecast(TrackingCase):
    """K1: dates by hand-made tables; March 2026 begins with a Sunday."""

    def test_planned_dates(self):
        """Order Mon 2 March, delivery Wed 1 April.

        order + 5 = Sat 7 March, on to Mon 9; delivery - 15 = Tue 17 March;
        - 2 = Mon 30 March; + 3 = Sat 4 April, back to Fri 3; + 10 = Sat 11, Fri 10.
        """
        tracking = self._track()
        wanted = ["03-02", "03-09", "03-17", "03-30", "04-01", "04-03", "04-10"]
        self.assertEqual(self._dates(tracking, "planned_date"), wanted)
        self.assertEqual(self._dates(tracking, "forecast_date"), wanted)

    def test_every_day_counts_where_the_template_says_so(self):
        self.template.working_days_only = False
        wanted = ["03-02", "03-07", "03-17", "03-30", "04-01", "04-04", "04-11"]
        self.assertEqual(self._dates(self._track(), "planned_date"), wanted)

    def test_holidays_are_no_working_days(self):
        """Mon 30 March is a holiday: the inspection goes back to Fri 27."""
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company_a.id,
                "calendar_id": self.company_a.resource_calendar_id.id,
                "date_from": datetime(2026, 3, 30, 0),
                "date_to": datetime(2026, 3, 30, 23),
            }
        )
        wanted = ["03-02", "03-09", "03-17", "03-27", "04-01", "04-03", "04-10"]
        self.assertEqual(self._dates(self._track(), "planned_date"), wanted)

    def test_nothing_is_planned_before_the_order(self):
        """Delivery Fri 6 March: its - 15 and - 2 lie before or at Mon 2 and Wed 4."""
        tracking = self._track(promised="2026-03-06 12:00:00")
        wanted = ["03-02", "03-09", "03-02", "03-04", "03-06", "03-09", "03-16"]
        self.assertEqual(self._dates(tracking, "planned_date"), wanted)

    def test_slip_moves_what_follows(self):
        """Materials on Fri 20 instead of Tue 17 March: 3 days for all that follow.

        inspection 30 + 3 = Thu 2 April; shipment 1 + 3 = Sat 4, on to Mon 6;
        documents 3 + 3 = Mon 6; payment 10 + 3 = Mon 13.
        """
        tracking = self._as(self._track(), self.user_own)
        materials = self._milestone(tracking, "materials")
        materials.write({"expected_date": "2026-03-20", "delay_cause": "Dye house"})
        wanted = ["03-02", "03-09", "03-20", "04-02", "04-06", "04-06", "04-13"]
        self.assertEqual(self._dates(tracking, "forecast_date"), wanted)
        self.assertEqual(tracking.risk, "late")
        self.assertEqual(tracking.days_late, 5)  # 6 April instead of 1 April
        self.assertEqual(tracking.late_milestone_id, materials)
        self.assertIn("Dye house", tracking.late_reason)
        body = tracking.message_ids[0].body
        self.assertIn("4 later dates", body)
        self.assertIn("5 days late", body)

    def test_time_made_up_again(self):
        """What is done on time again takes the delay away."""
        tracking = self._track()
        for name in ("deposit", "materials"):
            self._milestone(tracking, name).expected_date = "2026-03-20"
        with freeze_time("2026-03-30 12:00:00"):
            self._milestone(tracking, "materials").actual_date = "2026-03-24"
            self.assertEqual(tracking.risk, "late")
            self._milestone(tracking, "final_inspection").actual_date = "2026-03-30"
        self.assertEqual(
            self._dates(tracking, "forecast_date")[4:], ["04-01", "04-03", "04-10"]
        )

    def test_overdue_moves_with_today(self):
        """Nothing happens until Thu 19 March: materials, due Tue 17, are 2 behind."""
        tracking = self._track()
        self._milestone(tracking, "deposit").actual_date = "2026-03-02"
        with freeze_time("2026-03-19 12:00:00"):
            tracking._refresh_all()
            wanted = ["03-02", "03-02", "03-19", "04-01", "04-03", "04-06", "04-13"]
            self.assertEqual(self._dates(tracking, "forecast_date"), wanted)
            self.assertEqual(tracking.risk, "late")
            self.assertEqual(tracking.days_late, 2)
            self.assertEqual(
                tracking.late_milestone_id, self._milestone(tracking, "materials")
            )

    def test_behind_but_not_late_is_at_risk(self):
        """The payment slips after the goods have left: late; a parallel one: no."""
        tracking = self._track()
        self._milestone(tracking, "deposit").expected_date = "2026-03-10"
        self.assertEqual(tracking.days_behind, 1)
        self._milestone(tracking, "materials").actual_date = "2026-03-02"
        self.assertEqual(tracking.risk, "at_risk")
        self.assertEqual(tracking.days_late, 0)

    def test_letter_of_credit_limits(self):
        """K1: the latest shipment is watched like the promise."""
        tracking = self._as(self._track(), self.user_own)
        tracking.lc_latest_shipment = "2026-04-03"
        self.assertEqual(tracking.risk, "at_risk")
        tracking.lc_latest_shipment = "2026-03-31"
        self.assertEqual((tracking.risk, tracking.days_late), ("late", 1))
        self.assertIn("Latest shipment", tracking.promise_warning)

    def test_done_and_undone(self):
        tracking = self._as(self._track(), self.user_own)
        for milestone in tracking.milestone_ids:
            milestone.action_done()
        self.assertEqual((tracking.state, tracking.progress), ("done", 100))
        self._milestone(tracking, "payment").action_undo()
        self.assertEqual(tracking.state, "open")
        self.assertEqual(tracking.next_type_id, self.types["payment"])

    def test_nothing_is_done_in_the_future(self):
        milestone = self._milestone(self._track(), "materials")
        with self.assertRaises(ValidationError):
            milestone.actual_date = "2026-03-03"

    def test_evidence(self):
        """K1: not without evidence; a document that is received completes."""
        line = self.template.line_ids[2]
        line.write({"evidence_required": True, "completes": "document"})
        milestone = self._milestone(self._as(self._track(), self.user_own), "materials")
        with self.assertRaises(ValidationError):
            milestone.action_done()
        document = (
            self.env["ir.attachment"]
            .with_user(self.user_own)
            .create({"name": "Receipt", "raw": b"x"})
        )
        milestone.attachment_ids = document
        self.assertEqual(milestone.actual_date, date(2026, 3, 2))

    def test_template_change_reaches_open_orders(self):
        tracking = self._track()
        self._milestone(tracking, "deposit").actual_date = "2026-03-02"
        for line in self.template.line_ids:
            line.offset_days -= 1 if line.base == "delivery" else 0
        self.template.line_ids[-1].unlink()
        self.template.with_user(self.manager).action_apply()
        self.assertEqual(
            self._dates(tracking, "planned_date"),
            ["03-02", "03-09", "03-16", "03-27", "03-31", "04-03"],
        )

    def test_refresh_with_few_queries(self):
        """K1: as many statements for many orders as for one."""
        trackings = self._track()
        for _number in range(5):
            trackings += self._track()
        counts = []
        for some in (trackings[:1], trackings):
            some.env.flush_all()
            before = self.cr.sql_log_count
            some._refresh()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts)
        self.assertEqual(counts[0], 3)
