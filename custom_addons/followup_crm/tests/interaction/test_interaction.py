from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestInteraction(InteractionCase):
    """A contact, its meeting and its activity never disagree (F2)."""

    def test_states(self):
        """F2: planned, confirmed, done; done needs to say what was said."""
        contact = self._plan()
        self.assertEqual(contact.state, "planned")
        contact.action_confirm()
        self.assertEqual(contact.state, "confirmed")
        with self.assertRaisesRegex(UserError, "Write down what was said"):
            contact.action_done()
        contact.content = "They want 2000 pieces"
        contact.action_done()
        self.assertEqual(contact.state, "done")
        self.assertEqual(contact.done_date, date(2026, 6, 10))
        with self.assertRaisesRegex(UserError, "is done already"):
            contact.action_cancel()

    def test_next_step_makes_the_next_contact_once(self):
        """F2: result and next step make the next contact."""
        contact = self._plan(contact_ids=[(4, self.person.id)])
        contact.write(
            {
                "content": "Wants swatches",
                "next_step": "Send swatches",
                "next_date": "2026-06-17",
            }
        )
        contact.action_done()
        contact._plan_next()
        following = self.env["followup.interaction"].search(
            [("previous_id", "=", contact.id)]
        )
        self.assertEqual(following.purpose, "Send swatches")
        self.assertEqual(following.date, date(2026, 6, 17))
        self.assertEqual(following.user_id, self.user_own)
        self.assertEqual(following.contact_ids, self.person)
        self.assertEqual(self.customer.next_contact_date, date(2026, 6, 17))

    def test_meeting_follows_and_leads(self):
        """F2: with a time it is a meeting; moving either moves both."""
        contact = self._plan(start="2026-06-12 09:00:00", duration=2)
        event = contact.event_id
        self.assertEqual(event.stop, datetime(2026, 6, 12, 11))
        self.assertEqual(event.user_id, self.user_own)
        self.assertEqual(contact.date, date(2026, 6, 12))
        event.with_user(self.user_own).write(
            {"start": "2026-06-15 13:00:00", "stop": "2026-06-15 14:30:00"}
        )
        self.assertEqual(contact.start, datetime(2026, 6, 15, 13))
        self.assertEqual(contact.duration, 1.5)
        self.assertEqual(contact.date, date(2026, 6, 15))
        contact.date = "2026-06-16"
        self.assertEqual(event.start, datetime(2026, 6, 16, 13))
        self.assertEqual(event.stop, datetime(2026, 6, 16, 14, 30))
        contact.start = False
        self.assertFalse(event.exists())
        self.assertEqual(contact.state, "planned")

    def test_day_is_that_of_the_user(self):
        """F2: 20:00 in UTC is the next day in Shanghai."""
        self.user_own.tz = "Asia/Shanghai"
        contact = self._plan(start="2026-06-12 20:00:00")
        self.assertEqual(contact.date, date(2026, 6, 13))

    def test_deleted_meeting_cancels(self):
        """F2: deleting or archiving the meeting cancels the contact."""
        first = self._plan(start="2026-06-12 09:00:00")
        second = self._plan(start="2026-06-12 12:00:00")
        first.event_id.with_user(self.user_own).unlink()
        second.event_id.with_user(self.user_own).action_archive()
        self.assertEqual(first.state, "cancelled")
        self.assertEqual(second.state, "cancelled")

    def test_cancelling_takes_meeting_and_activity_along(self):
        """F2: what is cancelled or missed leaves neither meeting nor activity."""
        contact = self._plan(start="2026-06-10 09:00:00")
        self._run_due()
        event, activity = contact.event_id, self._get_activity(contact)
        self.assertTrue(event and activity)
        contact.action_cancel()
        self.assertFalse(event.exists() or activity.exists())
        contact.action_replan()
        self.assertTrue(contact.event_id)
        contact.action_miss()
        self.assertFalse(contact.event_id)

    def test_activity_only_when_due(self):
        """F2: an activity is made on the day, in the user's time zone, once."""
        self.user_own_2.tz = "Pacific/Auckland"
        today = self._plan()
        ahead = self._plan(self.foreign, self.user_own_2, date="2026-06-11")
        later = self._plan(date="2026-06-11")
        self._run_due()
        self.assertTrue(self._get_activity(today))
        self.assertFalse(self._get_activity(ahead) or self._get_activity(later))
        with freeze_time("2026-06-10 13:00:00"):
            self._run_due()
            self._run_due()
        self.assertTrue(self._get_activity(ahead))
        self.assertFalse(self._get_activity(later))
        activities = self.env["mail.activity"].search(
            [("res_model", "=", "followup.interaction"), ("res_id", "=", today.id)]
        )
        self.assertEqual(len(activities), 1)

    def test_activity_done_is_done_here(self):
        """F2: an activity marked done, with feedback, is a done contact."""
        contact = self._plan()
        self._run_due()
        activity = self._get_activity(contact).with_user(self.user_own)
        activity.action_feedback("They will order in July")
        self.assertEqual(contact.state, "done")
        self.assertEqual(contact.content, "They will order in July")

    def test_done_here_is_done_there(self):
        """F2: a done contact has a done activity."""
        contact = self._plan()
        self._run_due()
        activity = self._get_activity(contact)
        contact.content = "Reached Anna"
        contact.action_done()
        self.assertTrue(activity.exists())
        self.assertFalse(activity.active)

    def test_moved_and_deleted_activity(self):
        """F2: the activity's day and person are the contact's; deleting cancels."""
        contact = self._plan()
        self._run_due()
        activity = self._get_activity(contact).with_user(self.user_own)
        activity.date_deadline = "2026-06-20"
        self.assertEqual(contact.date, date(2026, 6, 20))
        contact.date = "2026-06-22"
        self.assertEqual(activity.date_deadline, date(2026, 6, 22))
        activity.unlink()
        self.assertEqual(contact.state, "cancelled")

    def test_leaver_keeps_the_contacts(self):
        """F2: Odoo deletes a leaver's activities; the contacts stay for others."""
        contact = self._plan()
        self._run_due()
        self.user_own.sudo().action_archive()
        self.assertEqual(contact.sudo().state, "planned")

    def test_activity_and_meeting_together(self):
        """F2: activity, meeting and contact move as one, whichever is moved."""
        contact = self._plan(start="2026-06-10 09:00:00")
        self._run_due()
        activity = self._get_activity(contact).with_user(self.user_own)
        activity.date_deadline = "2026-06-18"
        self.assertEqual(contact.start, datetime(2026, 6, 18, 9))
        self.assertEqual(contact.event_id.start, datetime(2026, 6, 18, 9))
        contact.event_id.with_user(self.user_own).start = "2026-06-19 10:00:00"
        self.assertEqual(contact.date, date(2026, 6, 19))
        self.assertEqual(activity.date_deadline, date(2026, 6, 19))

    def test_occasions_are_missed_promises_are_not(self):
        """F2: a passed occasion is missed, a promise stays due."""
        occasion = self._plan(kind="periodic", date="2026-05-20")
        promise = self._plan(date="2026-05-20")
        with freeze_time("2026-06-03 08:00:00"):
            self._run_due()
        self.assertEqual(occasion.state, "planned")
        self._run_due()
        self.assertEqual(occasion.state, "missed")
        self.assertEqual(promise.state, "planned")
        self.assertTrue(promise.is_late)

    def test_people_belong_to_the_customer(self):
        """Attack 7: people of another customer are refused."""
        stranger = self.foreign.partner_id
        with self.assertRaisesRegex(ValidationError, "do not belong"):
            self._plan(contact_ids=[(4, stranger.id)])

    def test_protected_fields(self):
        """Attack 6: state, review and links are set by their methods only."""
        contact = self._plan()
        for vals in (
            {"state": "done"},
            {"review_state": "reviewed"},
            {"event_id": False},
            {"is_personal": True},
            {"source_key": "x"},
            {"company_id": self.company_b.id},
        ):
            with self.assertRaises(AccessError, msg=str(vals)):
                contact.write(vals)
            with self.assertRaises(AccessError, msg=str(vals)):
                self._plan(**vals)
        made = self._as(
            self.env["followup.interaction"].with_context(default_state="done"),
            self.user_own,
        ).with_context(default_state="done", default_is_personal=True)
        made = made.create({"customer_id": self.customer.id, "purpose": "x"})
        self.assertEqual(made.state, "planned")
        self.assertFalse(made.is_personal)
