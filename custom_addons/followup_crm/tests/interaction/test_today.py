from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestToday(InteractionCase):
    """The work list of the day, and the daily mail (F11)."""

    def _get_today(self, user=None):
        model = self._as(self.env["followup.interaction"], user or self.user_own)
        data = model.get_today()
        return {
            section["key"]: [row["purpose"] for row in section["rows"]]
            for section in data["sections"]
        }

    def test_sections(self):
        """F11: overdue, due, ahead, greetings, returned, and nothing else."""
        self.assertEqual(self._get_today(), {})
        for day, purpose in (
            ("2026-06-09", "late"),
            ("2026-06-10", "now"),
            ("2026-06-17", "soon"),
            ("2026-06-18", "too far"),
        ):
            self._plan(date=day, purpose=purpose)
        self._plan(kind="holiday", purpose="greet", date="2026-06-12")
        self._plan(self.foreign, self.user_own_2, purpose="not mine")
        self._plan(purpose="cancelled").action_cancel()
        silent = self._plan(purpose="no report")
        silent._done()
        self.assertEqual(
            self._get_today(),
            {
                "overdue": ["late"],
                "due": ["now"],
                "greetings": ["greet"],
                "returned": ["no report"],
                "ahead": ["soon"],
            },
        )

    def test_reviews_are_the_managers(self):
        """F11: a manager sees what waits for review, a user does not."""
        visit = self._plan(method="visit", content="Went there")
        visit.action_done()
        self.assertEqual(
            self._get_today(self.manager), {"review": ["Ask about the autumn order"]}
        )
        self.assertNotIn("review", self._get_today(self.user_all))

    def test_nothing_for_others(self):
        """Attack 5: who is no user of Follow-up CRM has no list."""
        for user in (self.internal_user, self.portal_user, self.officer):
            with self.assertRaises(AccessError):
                self._get_today(user)

    def test_day_is_the_users(self):
        """F11: what is due today depends on where the user is."""
        self.user_own.tz = "Asia/Shanghai"
        self._plan(date="2026-06-11", purpose="tomorrow")
        with freeze_time("2026-06-10 17:00:00"):
            model = self._as(self.env["followup.interaction"], self.user_own)
            data = model.with_context(tz="Asia/Shanghai").get_today()
            self._plan(start="2026-06-11 02:00:00", purpose="at ten")
            rows = model.with_context(tz="Asia/Shanghai").get_today()["sections"]
        self.assertEqual([s["key"] for s in data["sections"]], ["due"])
        self.assertIn("10:00", rows[0]["rows"][0]["when"])

    def test_list_grows_without_queries(self):
        """F11: a long list costs no more queries than a short one."""
        model = self._as(self.env["followup.interaction"], self.user_own)
        counts = []
        for size in (3, 30):
            for number in range(size):
                customer = self._create_customer(f"Bulk {size} {number}")
                self._plan(customer)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            model.get_today()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_postpone_to_a_working_day(self):
        """F11: from Friday on to Monday."""
        contact = self._plan(date="2026-06-12")
        with freeze_time("2026-06-12 08:00:00"):
            contact.action_postpone()
        self.assertEqual(contact.date, date(2026, 6, 15))

    def test_digest_in_the_morning_once(self):
        """F11: one mail a working day, in the user's language, if there is anything."""
        self.user_own.email = "own@example.test"
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_own.lang = "zh_CN"
        mails = self.env["mail.mail"].search([])

        def get_new():
            return self.env["mail.mail"].search([("id", "not in", mails.ids)])

        def run(moment):
            with freeze_time(moment):
                self._run_cron("followup_crm.interaction_cron_digest")

        run("2026-06-09 08:00:00")
        self.assertFalse(get_new())
        self._plan(purpose="Ask for swatches")
        run("2026-06-10 06:00:00")
        self.assertFalse(get_new())
        run("2026-06-10 08:00:00")
        run("2026-06-10 09:00:00")
        mail = get_new()
        self.assertEqual(len(mail), 1)
        self.assertIn("own@example.test", mail.email_to)
        self.assertIn("Ask for swatches", mail.body_html)
        self.assertIn("今日待办", mail.body_html)
        run("2026-06-13 08:00:00")
        self.assertEqual(len(get_new()), 1)
        self.user_own.fcrm_daily_digest = False
        run("2026-06-15 08:00:00")
        self.assertEqual(len(get_new()), 1)
