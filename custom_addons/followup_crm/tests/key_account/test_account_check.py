from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .key_account_common import KeyAccountCase

# A Wednesday: April, May and June are the last full months.
NOW = "2026-07-15 10:00:00"


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountCheck(KeyAccountCase):
    """The weekly check of each key account (A4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time(NOW)
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.customer = cls._create_customer("Key")
        cls.account = cls._account(cls.customer)
        # April to June: 100 + 200 + 300 = 600 against 400 + 300 + 300 = 1000: −40 %.
        cls._months(
            cls.customer,
            {"2026-04": 100, "2026-05": 200, "2026-06": 300, "2026-07": 5000}
            | {"2025-04": 400, "2025-05": 300, "2025-06": 300, "2025-07": 7},
        )

    def _check(self):
        """This week's check, as its manager sees it."""
        check = self.account.sudo()._make_checks()
        return self._as(check, self.user_own)

    def test_made_once_a_week(self):
        """A4: the week's check is due on Friday, as an activity of the manager."""
        check = self._check()
        self.assertEqual(str(check.date), "2026-07-13")
        self.assertEqual(str(check.date_deadline), "2026-07-17")
        activity = check.activity_ids
        self.assertEqual(activity.user_id, self.user_own)
        self.assertEqual(str(activity.date_deadline), "2026-07-17")
        self.assertFalse(self.account.sudo()._make_checks())
        check.turnover_reason = "Late order"
        check.action_done()
        self.assertFalse(self.account.sudo()._make_checks())
        with freeze_time("2026-07-20 10:00:00"):
            after = self.account.sudo()._make_checks()
            self.assertEqual(str(after.date), "2026-07-20")
            self.assertEqual(str(after.since)[:10], "2026-07-15")

    def test_turnover_by_hand(self):
        """A4: 600 against 1000 are −40 %, marked from 20 %."""
        check = self._check()
        self.assertEqual((check.turnover, check.turnover_before), (600, 1000))
        self.assertAlmostEqual(check.change, -40)
        self.assertTrue(check.is_marked)
        self.assertTrue(check.needs_reason)
        self.assertIn("-40 %", check.finding_list)
        self.assertEqual(str(check.period_from), "2026-04-01")
        self.assertEqual(str(check.period_to), "2026-06-30")

    def test_reason_is_asked_for(self):
        """A4: not done without the reason, neither by button nor by its activity."""
        check = self._check()
        with self.assertRaisesRegex(UserError, "-40 %"):
            check.action_done()
        with self.assertRaisesRegex(UserError, "-40 %"):
            check.activity_ids.action_feedback(feedback="Seen")
        self.assertEqual(check.state, "open")
        check.turnover_reason = "The season began late"
        check.action_done()
        self.assertEqual((check.state, check.done_user_id), ("done", self.user_own))
        self.assertFalse(check.activity_ids)
        self.assertEqual(str(self.account.last_check_date), "2026-07-15")
        self.assertIn("-40 %", check.finding_list)

    def test_reason_once_for_the_same_months(self):
        """A4: next week the same months need no new reason; next month they do."""
        check = self._check()
        check.turnover_reason = "The season began late"
        check.action_done()
        with freeze_time("2026-07-22 10:00:00"):
            again = self._check()
            self.assertEqual(again.known_reason, "The season began late")
            self.assertFalse(again.needs_reason)
            again.action_done()
        with freeze_time("2026-08-05 10:00:00"):
            later = self._check()
            # May to July: 200 + 300 + 5000 against 300 + 300 + 7.
            self.assertEqual((later.turnover, later.turnover_before), (5500, 607))
            self.assertTrue(later.needs_reason)

    def test_on_the_work_list(self):
        """A4: the manager's work list of today names the check and what it asks."""
        self._check()
        interactions = self._as(self.env["followup.interaction"], self.user_own)
        sections = {one["key"]: one for one in interactions._get_today_sections()}
        section = sections["account_checks"]
        self.assertEqual(section["count"], 1)
        self.assertEqual(section["rows"][0]["customer"], "Key")
        self.assertIn("-40 %", section["rows"][0]["purpose"])
        others = self._as(interactions, self.user_own_2)._get_today_sections()
        self.assertEqual(others[-1]["count"], 0)

    def test_limit_is_a_setting(self):
        """A4: the limit is the company's; the very limit counts."""
        self.company_a.sudo().fcrm_account_change_percent = 41
        self.assertFalse(self._check().is_marked)
        self.company_a.sudo().fcrm_account_change_percent = 40
        check = self.account.sudo().check_ids
        check._refresh()
        self.assertTrue(check.is_marked)

    def test_nothing_a_year_ago(self):
        """A4: where there is nothing to compare with, no reason is asked for."""
        customer = self._create_customer("New")
        account = self._account(customer)
        self._months(customer, {"2026-06": 500})
        check = self._as(account.sudo()._make_checks(), self.user_own)
        self.assertFalse(check.is_marked)
        self.assertIn("nothing in the same months", check.finding_list)
        check.action_done()

    def test_activity_done_is_the_check_done(self):
        """A4: done in the list of activities, the note of it is kept."""
        check = self._check()
        check.turnover_reason = "Late"
        check.activity_ids.action_feedback(feedback="Called them")
        self.assertEqual((check.state, check.note), ("done", "Called them"))

    def test_what_changed(self):
        """A4: events, complaints and overdue since the last check, as plain text."""
        check = self._check()
        check.turnover_reason = "Late"
        check.action_done()
        with freeze_time("2026-07-21 10:00:00"):
            self.env["followup.complaint"].sudo().create(
                {
                    "customer_id": self.customer.id,
                    "company_id": self.company_a.id,
                    "subject": "<b>Seams</b>",
                    "received_date": "2026-07-21 09:00:00",
                }
            )
            self.account.sudo()._note_event("legal", "", "<script>x</script>")
            found = self._check().finding_list
        self.assertIn("1 new since the last check, 1 open", found)
        self.assertIn("&lt;script&gt;", found)
        self.assertNotIn("<script>", found)
        self.assertNotIn("legal", check.finding_list)

    def test_every_move_that_is_not_allowed(self):
        """A4: what is done or dropped is kept: no move, no writing, no deleting."""
        for state in ("done", "dropped"):
            check = self._check()
            check.sudo().write({"state": state, "turnover_reason": "x"})
            for verb in ("action_done", "_drop"):
                with self.assertRaises(UserError, msg=f"{verb} from {state}"):
                    getattr(check, verb)()
            with self.assertRaises(UserError):
                check.note = "Changed"
            check.sudo().date = "2026-01-05"
        with self.assertRaises(AccessError):
            check.unlink()

    def test_state_is_not_written(self):
        """Attack 6: state and figures by methods only."""
        check = self._check()
        for vals in ({"state": "done"}, {"turnover": 5}, {"known_reason": "x"}):
            for user in (self.user_own, self.manager):
                with self.assertRaises(AccessError, msg=str(vals)):
                    self._as(check, user).write(vals)

    def test_a_deleted_reminder_comes_again(self):
        """A4: who deletes the activity is reminded the next day."""
        check = self._check()
        check.sudo().activity_ids.unlink()
        self.account.sudo()._make_checks()
        self.assertEqual(check.activity_ids.user_id, self.user_own)
        self.assertEqual(check.state, "open")

    def test_open_from_the_account(self):
        """A4: the button opens the week's check, or says that it is done."""
        account = self._as(self.account, self.user_own)
        check = self.env["followup.account.check"].browse(
            account.action_open_check()["res_id"]
        )
        self.assertEqual(account.action_open_check()["res_id"], check.id)
        check.sudo().turnover_reason = "Late"
        self._as(check, self.user_own).action_done()
        with self.assertRaisesRegex(UserError, "checked this week"):
            account.action_open_check()

    def test_no_manager_no_check(self):
        """A4: an account without a manager waits for one."""
        account = self._account(self._create_customer("Alone"))
        account.sudo().manager_id = False
        self.assertFalse(account.sudo()._make_checks())

    def test_query_count(self):
        """A4: reading checks takes as many statements for 12 accounts as for 3."""
        counts = []
        for number in (3, 12):
            files = [self._create_customer(f"{number} {i}") for i in range(number)]
            accounts = self.accounts.browse()
            for file in files:
                accounts |= self._account(file).sudo()
            checks = accounts._make_checks()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            checks.sudo()._collect_findings()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_cron(self):
        """A4, A5: the job makes check and analyses, and a second run nothing."""
        self._run_cron("followup_crm.account_cron_upkeep")
        account = self.account.sudo()
        made = (len(account.check_ids), len(account.review_ids))
        self.assertEqual(made, (1, 2))
        self._run_cron("followup_crm.account_cron_upkeep")
        self.assertEqual((len(account.check_ids), len(account.review_ids)), made)
