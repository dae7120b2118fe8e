from odoo.tests import tagged
from odoo.tests.common import freeze_time

from .plan_common import PlanCase, day


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanDays(PlanCase):
    """Working calendars, leaves, public holidays and time zones (F1)."""

    def _capacities(self, user=None, **vals):
        plan = self._plan(user, generate=False, **vals)
        return plan._get_day_capacities()[plan]

    def _resource(self, user, calendar=None):
        return (
            self.env["resource.resource"]
            .sudo()
            .create(
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": self.company_a.id,
                    "calendar_id": (calendar or self.calendar).id,
                    "tz": user.tz,
                }
            )
        )

    def _leave(self, first, last, resource=None, calendar=None):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "calendar_id": (calendar or self.calendar).id,
                "company_id": self.company_a.id,
                "resource_id": resource and resource.id,
                "date_from": first,
                "date_to": last,
            }
        )

    def test_monday_to_friday(self):
        capacities = self._capacities(day_capacity=8)
        self.assertEqual(len(capacities), 22)
        self.assertTrue(all(when.weekday() < 5 for when in capacities))
        self.assertEqual(set(capacities.values()), {8})

    def test_public_holiday(self):
        """F1: Everybody is off on the 9th."""
        self._leave("2026-03-09 00:00:00", "2026-03-09 23:59:59")
        self._resource(self.user_own_2)
        for user in (self.user_own, self.user_own_2):
            capacities = self._capacities(user)
            self.assertNotIn(day(9), capacities)
            self.assertEqual(len(capacities), 21)

    def test_own_leave(self):
        """F1: One's own leave is nobody else's."""
        resource = self._resource(self.user_own)
        self._resource(self.user_own_2)
        self._leave("2026-03-02 00:00:00", "2026-03-06 23:59:59", resource)
        self.assertEqual(min(self._capacities()), day(9))
        self.assertEqual(min(self._capacities(self.user_own_2)), day(2))

    def test_half_a_day(self):
        """F1: An afternoon off leaves room for half."""
        resource = self._resource(self.user_own)
        self._leave("2026-03-03 12:00:00", "2026-03-03 23:00:00", resource)
        capacities = self._capacities(day_capacity=10)
        self.assertEqual(capacities[day(3)], 5)
        self.assertEqual(capacities[day(4)], 10)

    def test_own_working_week(self):
        """F1: Who works on Mondays only is planned on Mondays only."""
        mondays = self.env["resource.calendar"].create(
            {
                "name": "Mondays",
                "company_id": self.company_a.id,
                "tz": "UTC",
                "attendance_ids": [
                    (5, 0, 0),
                    (
                        0,
                        0,
                        {
                            "name": "Monday",
                            "dayofweek": "0",
                            "hour_from": 8,
                            "hour_to": 16,
                        },
                    ),
                ],
            }
        )
        self._resource(self.user_own, mondays)
        self.assertEqual(
            sorted(self._capacities()), [day(2), day(9), day(16), day(23), day(30)]
        )

    def test_contacts_keep_away_from_leaves(self):
        """F1: The contact that is due on a day off comes before it, or after."""
        self._leave("2026-03-10 00:00:00", "2026-03-12 23:59:59")
        customer = self._customer("Linden Mode", "II", day(25, 2))
        self.assertEqual(self._lines(self._plan(), customer)[0][0], day(9))

    def test_today_is_the_users(self):
        """F1: At 20:00 UTC on 17 March it is the 18th in Hong Kong, the 17th in
        Mexico."""
        for zone, expected in (
            ("Asia/Hong_Kong", day(18)),
            ("America/Mexico_City", day(17)),
        ):
            self.user_own.tz = zone
            with freeze_time("2026-03-17 20:00:00"):
                plan = self.plans.new({"user_id": self.user_own.id, "month": day(1)})
                self.assertEqual(plan._get_today(), expected)

    def test_leave_in_the_users_time_zone(self):
        """F1: Monday in Shanghai is off, of which Sunday evening in UTC is a part."""
        self.user_own.tz = "Asia/Shanghai"
        self.calendar.tz = "Asia/Shanghai"
        resource = self._resource(self.user_own)
        self._leave("2026-03-08 16:00:00", "2026-03-09 16:00:00", resource)
        capacities = self._capacities()
        self.assertNotIn(day(9), capacities)
        self.assertIn(day(6), capacities)
        self.assertIn(day(10), capacities)

    def test_daylight_saving(self):
        """F1: The day on which clocks change is a day like others."""
        self.user_own.tz = "America/New_York"
        self.calendar.tz = "America/New_York"
        capacities = self._capacities(day_capacity=8)
        self.assertEqual((len(capacities), capacities[day(9)]), (22, 8))

    def test_nobody_has_said_when_work_is_done(self):
        self.company_a.resource_calendar_id = False
        self.assertEqual(len(self._capacities()), 22)

    def test_query_count(self):
        """F1: As many queries for the days of 12 plans as for 3."""
        plans = self.plans
        for number in range(15):
            user = self._create_user(f"days{number}", "followup_crm.group_user")
            self._resource(user)
            plans |= self._plan(user, generate=False).sudo()
        counts = []
        for chosen in (plans[:3], plans[3:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            chosen._get_day_capacities()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1, counts)
