import io
from datetime import date

import openpyxl
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...wizards.report_print import ReportPrint
from .report_common import ReportCase


class ScheduleCase(ReportCase):
    """A monthly schedule to two users, of whom each sees other customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.user_own, cls.user_own_2, cls.user_all):
            user.email = f"{user.login}@example.com"
        cls.schedule = cls._schedule(user_ids=cls.user_own.ids + cls.user_own_2.ids)
        cls.mails = cls.env["mail.mail"].sudo()

    @classmethod
    def _schedule(cls, code="dealings_by_month", **values):
        ids = values.pop("user_ids", [])
        schedules = cls.env["followup.report.schedule"].with_user(cls.manager)
        report = cls.env["followup.report"].search([("code", "=", code)])
        return schedules.create(
            {
                "name": "Figures",
                "report_id": report.id,
                "company_id": cls.company_a.id,
                "period": "year",
                "with_pdf": False,
                "user_ids": [Command.set(ids)],
                **values,
            }
        )

    def _run(self):
        """Run the scheduled action; return the deliveries in order."""
        self._run_cron("followup_crm.report_cron_send")
        return self._deliveries()

    def _deliveries(self, schedule=None):
        deliveries = self.env["followup.report.delivery"].sudo()
        return deliveries.search(
            [("schedule_id", "=", (schedule or self.schedule).id)], order="id"
        )

    def _mails_of(self, user):
        return self.mails.search([("email_to", "ilike", user.email)])


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestSchedule(ScheduleCase):
    def test_next_date(self):
        """S3: the next day, by week and by month, is never today."""
        self.assertEqual(self.schedule.next_date, date(2026, 4, 1))
        self.schedule.month_day = 20
        self.assertEqual(self.schedule.next_date, date(2026, 3, 20))
        # The 16th of March 2026 is a Monday.
        self.schedule.write({"rhythm": "weekly", "weekday": "0"})
        self.assertEqual(self.schedule.next_date, date(2026, 3, 23))
        self.schedule.weekday = "6"
        self.assertEqual(self.schedule.next_date, date(2026, 3, 22))
        self.schedule.write({"rhythm": "monthly", "month_day": 16})
        self.assertEqual(self.schedule.next_date, date(2026, 4, 16))

    def test_once_per_period(self):
        """S3: due once, sent once to each, however often the action runs."""
        with freeze_time("2026-03-31 12:00:00"):
            self.assertFalse(self._run())
        with freeze_time("2026-04-01 12:00:00"):
            for _number in range(3):
                self.assertEqual(self._run().mapped("state"), ["sent", "sent"])
        for user in (self.user_own, self.user_own_2):
            self.assertEqual(len(self._mails_of(user)), 1)
        self.assertEqual(self.schedule.next_date, date(2026, 5, 1))
        with freeze_time("2026-05-01 12:00:00"):
            self.assertEqual(len(self._run()), 4)

    def test_server_stood_still(self):
        """S3: days that passed are made up for once, with the period of that day."""
        self.schedule.write({"rhythm": "weekly", "weekday": "0", "period": "month"})
        self.schedule.report_id = self._report("register_sales")
        day = self.schedule.next_date
        with freeze_time("2026-04-30 12:00:00"):
            found = self._run()
        self.assertEqual(found.mapped("date"), [day, day])
        self.assertEqual(self.schedule.next_date, date(2026, 5, 4))
        mail = self._mails_of(self.user_own_2)
        self.assertFalse(mail, "nothing was sold to Omega in February")
        self.assertEqual(found.mapped("state"), ["sent", "empty"])

    def test_own_rights(self):
        """S3, 1: each gets what his or her own rights show, and nothing else."""
        with freeze_time("2026-04-01 12:00:00"):
            self._run()
        for user, has, has_not in (
            (self.user_own, "Alpha GmbH", "Omega Inc."),
            (self.user_own_2, "Omega Inc.", "Alpha GmbH"),
        ):
            mail = self._mails_of(user)
            self.assertEqual(len(mail.attachment_ids), 1)
            cells = self._cells(mail.attachment_ids.raw)
            self.assertIn(has, cells)
            self.assertNotIn(has_not, cells)
            self.assertIn(user.name, cells)

    def _cells(self, content):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return {cell for row in book.worksheets[0].values for cell in row}

    def test_language(self):
        """S3: in the language of the recipient."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.user_own.lang = "zh_CN"
        with freeze_time("2026-04-01 12:00:00"):
            self._run()
        mail = self._mails_of(self.user_own)
        self.assertIn("1月", self._cells(mail.attachment_ids.raw))
        self.assertIn("2025/12/31", mail.subject)

    def test_roles_and_export(self):
        """S3, 25: roles; without the right to export it is the PDF."""
        self.user_own.group_ids -= self.export
        group = self.env.ref("followup_crm.group_user_all")
        self.schedule.write({"group_ids": [Command.set(group.ids)], "with_pdf": True})
        self.assertEqual(self.schedule.recipient_count, 3)
        with freeze_time("2026-04-01 12:00:00"):
            found = self._run()
        names = {one.user_id: one.file_names for one in found}
        self.assertIn(".xlsx", names[self.user_all])
        self.assertNotIn(".xlsx", names[self.user_own])
        self.assertIn(".pdf", names[self.user_own])
        self.assertNotIn(self.user_b, names)

    def test_failing_one_stops_nobody(self):
        """S3: what fails is noted, tried three times, and keeps no other waiting."""
        original = ReportPrint._render_xlsx

        def fail(options):
            if options.env.user == self.user_own:
                raise ValueError("secret path")
            return original(options)

        self.patch(ReportPrint, "_render_xlsx", fail)
        with freeze_time("2026-04-01 12:00:00"), self._quiet():
            states = [self._run().mapped("state") for _number in range(4)]
        self.assertEqual(states[0], ["waiting", "sent"])
        self.assertEqual(states[2:], [["failed", "sent"]] * 2)
        failed = self._deliveries()[0]
        self.assertEqual(failed.tries, 3)
        self.assertNotIn("secret", failed.reason)
        self.assertEqual(self.schedule.failed_count, 1)
        self.assertEqual(len(self._mails_of(self.user_own_2)), 1)
        self.patch(ReportPrint, "_render_xlsx", original)
        self._as(failed, self.manager).action_retry()
        with freeze_time("2026-04-01 13:00:00"):
            self._run()
        self.assertEqual(len(self._mails_of(self.user_own)), 1)

    def _quiet(self):
        return self.assertLogs("odoo.addons.followup_crm.models.report.delivery")

    def test_restart(self):
        """S3: interrupted between two recipients, it goes on where it stopped."""
        with freeze_time("2026-04-01 12:00:00"):
            schedules = self.env["followup.report.schedule"].sudo()
            schedules._queue_due()
            first = self._deliveries()[0]
            first._deliver()
            self.assertEqual(self._deliveries().mapped("state"), ["sent", "waiting"])
            schedules._queue_due()
            self.assertEqual(self._run().mapped("state"), ["sent", "sent"])
        self.assertEqual(len(self._mails_of(self.user_own)), 1)
        self.assertEqual(len(self._mails_of(self.user_own_2)), 1)

    def test_interrupted_mail_is_not_sent(self):
        """S3: mail and log are one transaction: a crash in between leaves neither."""
        with freeze_time("2026-04-01 12:00:00"):
            self.schedule._queue(date(2026, 4, 1), "2026-04-01")
            first = self._deliveries()[0]
            with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
                first._deliver()
                self.env.flush_all()
                raise ZeroDivisionError
            self.env.invalidate_all()
            self.assertEqual(first.state, "waiting")
            self.assertFalse(self._mails_of(self.user_own))

    def test_same_occasion_twice(self):
        """S3: the database itself refuses to enter an occasion twice for a user."""
        self.schedule._queue(date(2026, 4, 1), "x")
        self.assertFalse(self.schedule._queue(date(2026, 4, 1), "x"))
        self.assertEqual(len(self._deliveries()), 2)

    def test_no_address_and_gone(self):
        """S3: no address is an error that is told; who has left gets nothing."""
        self.user_own.partner_id.email = False
        with freeze_time("2026-04-01 12:00:00"), self._quiet():
            self.schedule._queue(date(2026, 4, 1), "x")
            self.user_own_2.active = False
            found = self._run()
        self.assertIn("address", found[0].reason)
        self.assertEqual(found[1].state, "skipped")

    def test_chosen_customers_out_of_sight(self):
        """1: chosen customers that one may not see never widen the report."""
        self.schedule.customer_ids = self.foreign
        with freeze_time("2026-04-01 12:00:00"):
            found = self._run()
        self.assertEqual(found.mapped("state"), ["empty", "sent"])
        self.assertFalse(self._mails_of(self.user_own))

    def test_not_for_this_role(self):
        """1: a report that a role may not read is not mailed to it."""
        schedule = self._schedule("satisfaction_table", user_ids=self.user_own.ids)
        with freeze_time("2026-04-01 12:00:00"):
            self._run()
        self.assertEqual(self._deliveries(schedule).state, "skipped")

    def test_send_now(self):
        """S3: at once to all; pressed twice in a minute it is sent once."""
        schedule = self._as(self.schedule, self.manager)
        for _number in range(2):
            schedule.action_send_now()
        self.assertEqual(self._run().mapped("state"), ["sent", "sent"])
        self.assertEqual(schedule.next_date, date(2026, 4, 1))

    def test_preview(self):
        """S3: the preview is one's own, with the schedule's choices."""
        schedule = self._as(self.schedule, self.manager)
        action = schedule.action_preview()
        preview = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(str(preview.date_from), "2025-01-01")
        self.assertEqual(preview.create_uid, self.manager)
        action = self._year("ranking", user=self.manager, top=7).action_schedule()
        self.assertEqual(action["context"]["default_top"], 7)

    def test_impossible(self):
        """S3: what could never be sent is refused, with what to do."""
        for values, words in (
            ({"with_xlsx": False}, "PDF, Excel"),
            ({"user_ids": [Command.clear()]}, "who gets"),
            ({"period": "own"}, "moves with the calendar"),
            ({"month_day": 31}, "between 1 and 28"),
            ({"group_ids": [Command.set(self.export.ids)]}, "roles of Follow-up"),
        ):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.schedule.write(values)
            self.env.invalidate_all()


@tagged("post_install", "-at_install", "followup_crm", "report")
class TestScheduleAccess(ScheduleCase):
    def test_roles(self):
        """1: only managers keep schedules and read the log."""
        self.schedule._queue(date(2026, 4, 1), "x")
        for user in (self.user_own, self.user_all, self.officer, self.portal_user):
            for model in ("followup.report.schedule", "followup.report.delivery"):
                for verb in ("read", "write", "create", "unlink"):
                    records = self._as(self.env[model], user)
                    self.assertFalse(records.has_access(verb), (user.name, verb))
            schedule = self._as(self.schedule, user)
            for name in ("action_send_now", "action_preview", "action_open_deliveries"):
                with self.assertRaises(AccessError):
                    getattr(schedule, name)()
            with self.assertRaises(AccessError):
                self._as(self._deliveries(), user).action_retry()
        mine = self._as(self.schedule, self.manager)
        for verb in ("read", "write", "unlink"):
            self.assertTrue(mine.has_access(verb))
        self.assertTrue(self._as(self._deliveries(), self.manager).has_access("read"))

    def test_log_is_the_servers(self):
        """6: managers read the log and write nothing in it, nor the dates."""
        self.schedule._queue(date(2026, 4, 1), "x")
        delivery = self._as(self._deliveries()[0], self.manager)
        with self.assertRaises(AccessError):
            delivery.state = "sent"
        for name in ("last_date", "next_date"):
            with self.assertRaises(AccessError):
                self._as(self.schedule, self.manager).write({name: "2020-01-01"})

    def test_other_company(self):
        """1: a manager of another company sees neither schedule nor log."""
        boss = self._create_user("bossb", "followup_crm.group_manager", self.company_b)
        self.schedule._queue(date(2026, 4, 1), "x")
        schedules = self._as(self.env["followup.report.schedule"], boss)
        self.assertFalse(schedules.search([("id", "=", self.schedule.id)]))
        deliveries = self._as(self.env["followup.report.delivery"], boss)
        self.assertFalse(deliveries.search([]))
