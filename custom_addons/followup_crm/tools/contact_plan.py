"""Which contacts a month asks for, and on which of a user's working days they go.

Plain Python without an environment: the database tells what is due and what is there
already, this module spreads it. Each contact goes on a working day near the one on
which the interval asks for it; the days are loaded evenly and none above its capacity.
The strictest intervals choose first; of the same interval, who has waited longest. The
next contact of a customer is asked for an interval after the day of this one.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from heapq import heapify, heappop, heappush

# How far a contact may lie from its day, as parts of the interval: rather earlier than
# later, because a customer who waits longer than the interval turns amber.
EARLY_PART = 6
LATE_PART = 7
# A first contact, or one that is late already, may wait this part of the interval.
OVERDUE_PART = 2


@dataclass(frozen=True)
class Demand:
    """What one customer asks for.

    Intervals are in days, 0 for none. ``last`` is the last day with a contact, done or
    planned before the month; ``planned`` are those that stand in the calendar from then
    on, as (day, is it a visit). ``visit_due`` is empty where no visit is due.
    """

    customer_id: int
    interval: int = 0
    last: date | None = None
    visit_interval: int = 0
    visit_due: date | None = None
    priority: int = 0
    planned: tuple[tuple[date, bool], ...] = ()


@dataclass
class Contact:
    """A contact that is asked for; ``day`` is where it was put."""

    customer_id: int
    due: date
    interval: int
    is_overdue: bool = False
    is_visit: bool = False
    day: date | None = None


@dataclass
class Days:
    """A user's working days in order, what each can hold and what it holds.

    ``capacity`` counts contacts; ``load`` is what is planned already.
    """

    capacity: dict[date, float]
    load: dict[date, float] = field(default_factory=dict)

    def __post_init__(self):
        self.days = sorted(day for day, size in self.capacity.items() if size > 0)

    def between(self, first, last):
        """The working days from ``first`` to ``last``, both included."""
        return self.days[bisect_left(self.days, first) : bisect_right(self.days, last)]

    def nearest(self, day):
        """The working day that is nearest to a day; of two, the earlier one."""
        place = bisect_left(self.days, day)
        near = self.days[max(place - 1, 0) : place + 1]
        return min(near, key=lambda one: abs(one - day), default=None)

    def best(self, days, ideal, weight):
        """The day with room that is loaded least, then nearest to the ideal one."""
        found, best = None, None
        for day in days:
            size = self.capacity[day]
            load = self.load.get(day, 0) + weight
            # A visit on a short day is better than none: an empty day takes anything.
            if load > size and load > weight:
                continue
            score = (load / size, abs((day - ideal).days), day)
            if best is None or score < best:
                found, best = day, score
        return found

    def put(self, day, weight):
        self.load[day] = self.load.get(day, 0) + weight


def spread(demands, days, first, last, visit_weight=1):
    """Put all contacts of a user's month on working days.

    :param demands: list of ``Demand``
    :param days: ``Days``; their load grows
    :param first: the first day that can be planned: the first of the month, or today
    :param last: the last day of the month
    :param visit_weight: how many contacts a visit takes as much time as
    :return: (contacts with a day, contacts for which no day had room)
    """
    month = _Month(days, first, last, visit_weight)
    waiting = [entry for entry in map(month.begin, demands) if entry]
    heapify(waiting)
    while waiting:
        *order, line = heappop(waiting)
        if month.place(line):
            heappush(waiting, (*order, line))
    return month.placed, month.left_out


class _Line:
    """The contacts of one customer, one after the other."""

    def __init__(self, demand, due, is_overdue, visit_due):
        self.demand = demand
        self.interval = demand.interval or demand.visit_interval
        self.due = due
        self.is_overdue = is_overdue
        self.visit_due = visit_due

    def is_visit(self):
        """Is the visit nearer to this contact than to the next one?"""
        if not self.visit_due:
            return False
        here = abs((self.due - self.visit_due).days)
        return here <= abs((self.due - self.visit_due).days + self.interval)


class _Month:
    """Where contacts are put, and what became of each."""

    def __init__(self, days, first, last, visit_weight):
        self.days = days
        self.first = first
        self.last = last
        self.visit_weight = visit_weight
        self.taken = set()
        self.placed = []
        self.left_out = []

    def begin(self, demand):
        """The first contact that a customer asks for, as an entry of the heap, or None.

        Entries are compared by all but the line: no customer has two at a time.
        """
        self.taken.update((demand.customer_id, day) for day, _visit in demand.planned)
        visit_due = _visit_due(demand, self.first, self.last)
        due = demand.last and demand.last + timedelta(days=demand.interval)
        is_overdue = not due or due < self.first
        due = demand.interval and _uncovered(demand, max(due or self.first, self.first))
        if not due or due > self.last:
            if not visit_due:
                return None
            # Nothing but the visit: it has the visit's own interval to move in.
            demand = replace(demand, interval=0)
            due, is_overdue = visit_due, demand.visit_due < self.first
        line = _Line(demand, due, is_overdue, visit_due)
        waited = (self.first - demand.last).days if demand.last else float("inf")
        # What takes much time finds room only while there is some: it goes earlier.
        strictness = line.interval / (1 if demand.interval else self.visit_weight)
        return (strictness, -waited, demand.priority, demand.customer_id, line)

    def place(self, line):
        """Put a customer's contact on a day, or leave it out.

        :return: whether the customer asks for another one within the month
        """
        contact = Contact(
            line.demand.customer_id,
            line.due,
            line.interval,
            is_overdue=line.is_overdue,
            is_visit=line.is_visit(),
        )
        reached = line.due
        if not self._is_covered(contact):
            if self._find_day(contact):
                self.placed.append(contact)
                reached = contact.day
                line.visit_due = None if contact.is_visit else line.visit_due
            else:
                self.left_out.append(contact)
        if not line.demand.interval:
            return False
        # A contact put early must not be asked for again on the same days.
        following = max(reached + timedelta(days=line.interval), line.due)
        line.due = _uncovered(line.demand, following)
        line.is_overdue = False
        return line.due <= self.last

    def _is_covered(self, contact):
        """Where work rests longer than the interval, one contact stands for several."""
        nearest = self.days.nearest(contact.due)
        half = timedelta(days=contact.interval // 2)
        around = self.days.between(contact.due - half, contact.due + half)
        around = around or ([nearest] if nearest else [])
        return bool(around) and all(
            (contact.customer_id, day) in self.taken for day in around
        )

    def _find_day(self, contact):
        """Give the contact its day; a visit for which there is no room is a call."""
        for weight in (self.visit_weight, 1) if contact.is_visit else (1,):
            for window in self._windows(contact):
                free = [
                    day
                    for day in window
                    if (contact.customer_id, day) not in self.taken
                ]
                contact.day = self.days.best(free, contact.due, weight)
                if contact.day:
                    self.days.put(contact.day, weight)
                    self.taken.add((contact.customer_id, contact.day))
                    contact.is_visit &= weight == self.visit_weight
                    return True
        return False

    def _windows(self, contact):
        """Where a contact may go: near its day, then within half an interval."""
        due, interval = contact.due, contact.interval
        early = timedelta(days=interval // EARLY_PART)
        part = OVERDUE_PART if contact.is_overdue else LATE_PART
        late = timedelta(days=interval // part)
        half = timedelta(days=interval // 2)
        found = [
            self.days.between(due - early, due + late),
            self.days.between(due - half, due + half),
        ]
        if not any(found):
            nearest = self.days.nearest(due)
            found = [[nearest]] if nearest else []
        return found


def _uncovered(demand, due):
    """The next day that asks for a contact, after what stands in the calendar already.

    What is planned within half an interval makes a contact unnecessary; the next one is
    asked for an interval later.
    """
    while True:
        near = [
            day
            for day, _visit in demand.planned
            if 2 * abs((day - due).days) <= demand.interval
        ]
        if not near:
            return due
        due = max(near) + timedelta(days=demand.interval)


def _visit_due(demand, first, last):
    """The day on which a visit is due within the month, if one is and none is planned.

    A visit that is planned within half its interval counts.
    """
    if not demand.visit_interval or not demand.visit_due or demand.visit_due > last:
        return None
    due = max(demand.visit_due, first)
    for day, is_visit in demand.planned:
        if is_visit and 2 * abs((day - due).days) <= demand.visit_interval:
            return None
    return due
