"""When a promised time is over, in working hours or round the clock.

All moments are naive and in UTC, as Odoo stores them.
"""

from bisect import bisect_right
from datetime import timedelta

UNITS = [
    ("hour", "Hours round the clock"),
    ("work_hour", "Working hours"),
    ("work_day", "Working days"),
    ("day", "Days"),
]
# How far ahead working hours are looked up at first, and at most.
HORIZON = timedelta(days=45)
LAST_HORIZON = timedelta(days=1500)


class Clock:
    """The clock of one company.

    :param load: function (start, end) → sorted working intervals [(start, end)…], or
        None where the company has no working hours: then it runs round the clock
    :param hours_per_day: what a working day counts
    """

    def __init__(self, load, hours_per_day=8.0):
        self._load = load
        self._hours_per_day = hours_per_day or 8.0
        self._start = self._end = None
        self._intervals = []

    def deadline(self, start, amount, unit, pauses=()):
        """The moment at which ``amount`` of ``unit`` is over, pauses left out.

        :param pauses: [(start, end)…] of finished pauses
        """
        if unit in ("hour", "day"):
            hours = amount * (24 if unit == "day" else 1)
            return self._round_the_clock(start, timedelta(hours=hours), pauses)
        hours = amount * (self._hours_per_day if unit == "work_day" else 1)
        return self._working(start, timedelta(hours=hours), pauses)

    def prepare(self, first, last):
        """Look up the working hours between two moments, and some more, at once."""
        self._look_up(first, last + HORIZON)

    @staticmethod
    def _round_the_clock(start, left, pauses):
        moment = start + left
        for begin, end in sorted(pauses):
            if begin < moment and end > start:
                moment += end - max(begin, start)
        return moment

    def _working(self, start, left, pauses):
        horizon = HORIZON
        while horizon <= LAST_HORIZON:
            intervals = self._between(start, start + horizon)
            if intervals is None:
                break
            found = walk(cut(intervals, start, sorted(pauses)), left)
            if found:
                return found
            horizon *= 2
        # No working hours at all, or none within years.
        return self._round_the_clock(start, left, pauses)

    def _between(self, start, end):
        if self._start is None or start < self._start or end > self._end:
            self._look_up(min(start, self._start or start), max(end, self._end or end))
        if self._intervals is None:
            return None
        place = bisect_right(self._intervals, (start, start))
        return self._intervals[max(place - 1, 0) :]

    def _look_up(self, start, end):
        self._start, self._end = start, end
        self._intervals = self._load(start, end)


def cut(intervals, start, pauses):
    """Yield the intervals after ``start`` without the pauses."""
    for begin, end in intervals:
        begin = max(begin, start)
        for pause_begin, pause_end in pauses:
            if pause_end <= begin or pause_begin >= end:
                continue
            if pause_begin > begin:
                yield begin, pause_begin
            begin = max(begin, pause_end)
        if begin < end:
            yield begin, end


def walk(intervals, left):
    """The moment at which ``left`` has passed within the intervals, or None."""
    for begin, end in intervals:
        if end - begin >= left:
            return begin + left
        left -= end - begin
    return None
