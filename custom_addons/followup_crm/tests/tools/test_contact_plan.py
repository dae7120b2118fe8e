from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ...tools.contact_plan import Days, Demand, spread

# March 2026 begins on a Sunday.
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def day(number, month=3):
    return date(2026, month, number)


def weekdays(first=FIRST, last=LAST, size=8.0, without=()):
    """Monday to Friday, each with room for so many contacts."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Days({d: size for d in days if d.weekday() < 5 and d not in without})


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestRhythm(BaseCase):
    """What one customer asks for, when every day of the month is worked."""

    def _contacts(self, demand, first=FIRST):
        every_day = (FIRST + timedelta(days=number) for number in range(31))
        placed, left = spread([demand], Days(dict.fromkeys(every_day, 8)), first, LAST)
        self.assertEqual(left, [])
        self.assertTrue(all(c.day == c.due for c in placed))
        return placed

    def _days(self, demand, first=FIRST):
        return [contact.day for contact in self._contacts(demand, first)]

    def test_interval_counts_from_the_last_contact(self):
        """F1: Every 14 days after 26 February: 12 and 26 March."""
        demand = Demand(1, interval=14, last=day(26, 2))
        self.assertEqual(self._days(demand), [day(12), day(26)])

    def test_nothing_due(self):
        self.assertEqual(self._days(Demand(1, interval=90, last=day(15, 1))), [])
        self.assertEqual(self._days(Demand(1)), [])

    def test_due_on_the_last_day_and_not_a_day_later(self):
        self.assertEqual(self._days(Demand(1, interval=30, last=day(1))), [day(31)])
        self.assertEqual(self._days(Demand(1, interval=31, last=day(1))), [])

    def test_who_waits_too_long_is_due_at_once(self):
        """F1: Overdue, or never contacted: from the first day, then at its rhythm."""
        for last in (day(1, 1), None):
            demand = Demand(1, interval=14, last=last)
            self.assertEqual(self._days(demand), [day(1), day(15), day(29)])
            self.assertEqual(
                [c.is_overdue for c in self._contacts(demand)],
                [True, False, False],
            )

    def test_a_month_that_has_begun(self):
        """F1: What is over is not planned any more."""
        demand = Demand(1, interval=7, last=day(26, 2))
        self.assertEqual(self._days(demand, first=day(18)), [day(18), day(25)])

    def test_what_is_planned_already_counts(self):
        """F1: A contact on the 11th stands for the 12th, and the rhythm goes on."""
        demand = Demand(1, interval=14, last=day(26, 2), planned=((day(11), False),))
        self.assertEqual(self._days(demand), [day(25)])
        far = Demand(1, interval=14, last=day(26, 2), planned=((day(20), False),))
        self.assertEqual(self._days(far), [day(12)])

    def test_a_visit_replaces_the_nearest_contact(self):
        demand = Demand(
            1, interval=14, last=day(26, 2), visit_interval=91, visit_due=day(20)
        )
        self.assertEqual(
            [(c.day, c.is_visit) for c in self._contacts(demand)],
            [(day(12), False), (day(26), True)],
        )

    def test_a_visit_alone(self):
        demand = Demand(1, visit_interval=182, visit_due=day(20))
        (found,) = self._contacts(demand)
        self.assertEqual((found.due, found.is_visit), (day(20), True))
        later = Demand(1, visit_interval=182, visit_due=day(1, 4))
        self.assertEqual(self._contacts(later), [])

    def test_a_planned_visit_counts_and_a_planned_call_does_not(self):
        planned = ((day(28), True),)
        demand = Demand(1, visit_interval=91, visit_due=day(2), planned=planned)
        self.assertEqual(self._contacts(demand), [])
        planned = ((day(28), False),)
        demand = Demand(1, visit_interval=91, visit_due=day(2), planned=planned)
        self.assertEqual([c.due for c in self._contacts(demand)], [day(2)])


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestSpread(BaseCase):
    def _spread(self, demands, days=None, first=FIRST, last=LAST, **options):
        days = days or weekdays()
        return *spread(demands, days, first, last, **options), days

    def test_only_on_working_days(self):
        """F1: The 14th and 28th are Saturdays: the Fridays before."""
        demand = Demand(1, interval=14, last=day(28, 2))
        placed, left, _days = self._spread([demand])
        self.assertEqual([c.day for c in placed], [day(13), day(27)])
        self.assertEqual([c.due for c in placed], [day(14), day(27)])
        self.assertEqual(left, [])

    def test_evenly(self):
        """F1: 66 customers who wait for their first contact, 22 days: 3 a day."""
        demands = [Demand(n, interval=90) for n in range(66)]
        placed, left, days = self._spread(demands)
        self.assertEqual(left, [])
        self.assertEqual(len(placed), 66)
        self.assertEqual(set(days.load.values()), {3})
        self.assertEqual(set(days.load), set(days.days))

    def test_capacity_holds_and_the_strictest_go_first(self):
        """F1: No day above its capacity; who finds no room is told apart."""
        demands = [Demand(n, interval=90) for n in range(100)]
        demands += [Demand(100 + n, interval=7, last=day(27, 2)) for n in range(5)]
        placed, left, days = self._spread(demands, weekdays(size=3))
        self.assertLessEqual(max(days.load.values()), 3)
        self.assertEqual(len(placed), 66)
        weekly = [c for c in placed if c.customer_id >= 100]
        self.assertEqual(len(weekly), 20)
        self.assertEqual({c.interval for c in left}, {90})
        self.assertEqual(len(left), 100 - 46)

    def test_who_waited_longest_goes_first(self):
        demands = [
            Demand(1, interval=31, last=day(20, 1)),
            Demand(2, interval=31, last=day(2, 1)),
            Demand(3, interval=31, last=day(10, 1)),
        ]
        days = Days({day(2): 1, day(3): 1})
        placed, left, _days = self._spread(demands, days)
        self.assertEqual([c.customer_id for c in placed], [2, 3])
        self.assertEqual([c.customer_id for c in left], [1])

    def test_half_days_hold_half(self):
        days = Days({day(2): 4, day(3): 2})
        demands = [Demand(n, interval=31) for n in range(6)]
        placed, left, _days = self._spread(demands, days)
        self.assertEqual(len(placed), 6)
        self.assertEqual(days.load, {day(2): 4, day(3): 2})

    def test_a_visit_takes_the_time_of_several_contacts(self):
        days = Days({day(2): 4, day(3): 4})
        demands = [Demand(1, visit_interval=91, visit_due=day(2))]
        demands += [Demand(n, interval=31) for n in range(2, 7)]
        placed, left, _days = self._spread(demands, days, visit_weight=3)
        self.assertEqual(left, [])
        visit = next(c for c in placed if c.is_visit)
        others = [c for c in placed if c.day == visit.day and not c.is_visit]
        self.assertEqual(len(others), 1)

    def test_no_room_for_a_visit_makes_a_call(self):
        days = Days({day(2): 2}, load={day(2): 1})
        demand = Demand(1, interval=7, visit_interval=91, visit_due=day(2))
        placed, left, _days = self._spread([demand], days, last=day(3), visit_weight=3)
        self.assertEqual([(c.day, c.is_visit) for c in placed], [(day(2), False)])

    def test_what_is_planned_already_takes_room(self):
        days = Days({day(2): 2, day(3): 2}, load={day(2): 2})
        placed, _left, _days = self._spread([Demand(1, interval=31)], days)
        self.assertEqual([c.day for c in placed], [day(3)])

    def test_leave_longer_than_the_interval(self):
        """F1: Two weeks away: one contact before or after stands for those between."""
        away = {day(n) for n in range(9, 21)}
        demand = Demand(1, interval=7, last=day(24, 2))
        placed, left, _days = self._spread([demand], weekdays(without=away))
        self.assertEqual([c.day for c in placed], [day(3), day(6), day(23), day(30)])
        self.assertEqual(left, [])

    def test_leave_ends_sooner_than_it_began(self):
        """F1: Off from the 4th to the 20th: what is due on the 19th comes after it."""
        away = {day(n) for n in range(4, 21)}
        demand = Demand(1, interval=7, last=day(12))
        placed, _left, _days = self._spread([demand], weekdays(without=away))
        self.assertEqual(placed[0].day, day(23))

    def test_visit_beside_a_planned_call(self):
        """F1: A visit that is due goes on another day than a call that is planned."""
        demand = Demand(
            1, visit_interval=91, visit_due=day(10), planned=((day(10), False),)
        )
        ((visit,), _left, _days) = self._spread([demand])
        self.assertEqual((visit.day, visit.is_visit), (day(9), True))

    def test_interval_of_a_day(self):
        """F1: Every day means every working day, once."""
        demand = Demand(1, interval=1, last=day(28, 2))
        placed, left, days = self._spread([demand])
        self.assertEqual([c.day for c in placed], days.days)
        self.assertEqual(left, [])

    def test_a_month_without_a_working_day(self):
        placed, left, _days = self._spread([Demand(1, interval=31)], Days({}))
        self.assertEqual(placed, [])
        self.assertEqual(len(left), 1)

    def test_never_twice_on_a_day(self):
        for interval in range(1, 32):
            demands = [Demand(n, interval=interval) for n in range(3)]
            placed, _left, _days = self._spread(demands, weekdays(size=50))
            pairs = [(c.customer_id, c.day) for c in placed]
            self.assertEqual(len(pairs), len(set(pairs)), interval)
            self.assertTrue(all(FIRST <= c.day <= LAST for c in placed))

    def test_order_of_customers_does_not_matter(self):
        demands = [
            Demand(n, interval=(7, 14, 90)[n % 3], last=day(1 + n % 28, 2))
            for n in range(90)
        ]
        one, _left, _days = self._spread(demands, weekdays(size=9))
        other, _left, _days = self._spread(demands[::-1], weekdays(size=9))
        self.assertEqual(
            [(c.customer_id, c.day, c.is_visit) for c in one],
            [(c.customer_id, c.day, c.is_visit) for c in other],
        )
