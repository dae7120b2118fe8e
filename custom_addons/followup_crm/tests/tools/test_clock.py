from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ...tools.clock import Clock


def office(start, end):
    """Monday to Friday, 8 to 12 and 13 to 17 UTC; Wednesday 2026-03-04 is a holiday."""
    day, found = start.date() - timedelta(days=1), []
    while day <= end.date():
        if day.weekday() < 5 and str(day) != "2026-03-04":
            base = datetime.combine(day, datetime.min.time())
            for begin, stop in ((8, 12), (13, 17)):
                found.append((base.replace(hour=begin), base.replace(hour=stop)))
        day += timedelta(days=1)
    return found


def at(text):
    return datetime.fromisoformat(text)


@tagged("post_install", "-at_install", "tools")
class TestClock(BaseCase):
    """C3: Promised times in working hours, on the calendar and round the clock."""

    def setUp(self):
        super().setUp()
        self.clock = Clock(office, 8)

    def test_within_a_day(self):
        """C3: Four working hours jump over lunch."""
        found = self.clock.deadline(at("2026-03-02 10:00"), 4, "work_hour")
        self.assertEqual(found, at("2026-03-02 15:00"))

    def test_across_the_weekend(self):
        """C3: From Friday afternoon to Monday morning."""
        found = self.clock.deadline(at("2026-03-06 16:00"), 2, "work_hour")
        self.assertEqual(found, at("2026-03-09 09:00"))
        found = self.clock.deadline(at("2026-03-07 11:00"), 4, "work_hour")
        self.assertEqual(found, at("2026-03-09 12:00"))

    def test_across_a_holiday(self):
        """C3: A working day from Tuesday noon skips the Wednesday that is free."""
        found = self.clock.deadline(at("2026-03-03 12:00"), 1, "work_day")
        self.assertEqual(found, at("2026-03-05 12:00"))

    def test_round_the_clock(self):
        """C3: Critical hours know no weekend; days are days of the calendar."""
        found = self.clock.deadline(at("2026-03-06 23:30"), 1, "hour")
        self.assertEqual(found, at("2026-03-07 00:30"))
        found = self.clock.deadline(at("2026-03-06 23:30"), 14, "day")
        self.assertEqual(found, at("2026-03-20 23:30"))

    def test_pauses_are_left_out(self):
        """C3: What passes while we wait for the customer does not count."""
        pause = [(at("2026-03-02 11:00"), at("2026-03-03 09:00"))]
        found = self.clock.deadline(at("2026-03-02 10:00"), 4, "work_hour", pause)
        # One hour on Monday, three on Tuesday from nine on.
        self.assertEqual(found, at("2026-03-03 12:00"))
        found = self.clock.deadline(at("2026-03-02 10:00"), 4, "hour", pause)
        self.assertEqual(found, at("2026-03-03 12:00"))
        late = [(at("2026-03-05 08:00"), at("2026-03-06 08:00"))]
        found = self.clock.deadline(at("2026-03-02 10:00"), 4, "hour", late)
        self.assertEqual(found, at("2026-03-02 14:00"), "It was over by then.")

    def test_parts_of_an_hour(self):
        """C3: A tier's factor makes parts: three quarters of half a working hour."""
        found = self.clock.deadline(at("2026-03-02 08:00"), 0.5 * 0.75, "work_hour")
        self.assertEqual(found, at("2026-03-02 08:22:30"))

    def test_far_away(self):
        """C3: Longer than what was looked up at first."""
        found = self.clock.deadline(at("2026-03-02 08:00"), 60, "work_day")
        # 60 working days from Monday; the holiday costs one more.
        self.assertEqual(found, at("2026-05-25 17:00"))

    def test_no_working_hours(self):
        """C3: A company without hours is served round the clock."""
        clock = Clock(lambda start, end: None)
        found = clock.deadline(at("2026-03-06 23:00"), 4, "work_hour")
        self.assertEqual(found, at("2026-03-07 03:00"))
        never = Clock(lambda start, end: [])
        found = never.deadline(at("2026-03-06 23:00"), 4, "work_hour")
        self.assertEqual(found, at("2026-03-07 03:00"))

    def test_one_look_up_for_many(self):
        """C3: Prepared once, a thousand complaints ask the calendar no more."""
        calls = []

        def counting(start, end):
            calls.append(start)
            return office(start, end)

        clock = Clock(counting, 8)
        starts = [at("2026-03-02 08:00") + timedelta(hours=h) for h in range(1000)]
        clock.prepare(starts[0], starts[-1])
        for start in starts:
            clock.deadline(start, 3, "work_day")
        self.assertEqual(len(calls), 1)
