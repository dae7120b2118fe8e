from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestInteractionLog(InteractionCase):
    """Logging in a quarter of a minute, and the supervisor's review."""

    def _log(self, user=None, **vals):
        model = self._as(self.env["followup.interaction.log"], user or self.user_own)
        form = Form(model.with_context(default_customer_id=self.customer.id))
        for name, value in {"content": "They liked the samples", **vals}.items():
            form[name] = value
        wizard = form.save()
        wizard.action_log()
        return self.env["followup.interaction"].search(
            [("customer_id", "=", self.customer.id), ("state", "=", "done")], limit=1
        )

    def test_one_field_is_enough(self):
        """F2: from the customer, what was said is all that has to be typed."""
        contact = self._log()
        self.assertEqual(contact.content, "They liked the samples")
        self.assertEqual(contact.user_id, self.user_own)
        self.assertEqual(contact.done_date, date(2026, 6, 10))
        self.assertEqual(self.customer.last_contact_date, date(2026, 6, 10))

    def test_planned_contact_is_the_one_that_is_done(self):
        """F2: what was planned about now is not logged beside the plan."""
        planned = self._plan(date="2026-06-12", method="visit")
        contact = self._log()
        self.assertEqual(contact, planned)
        self.assertEqual(planned.method, "visit")
        self.assertEqual(planned.date, date(2026, 6, 10))

    def test_next_step_gets_a_working_day(self):
        """F2: a next step is proposed for a week later, on a working day."""
        with freeze_time("2026-06-13 08:00:00"):
            contact = self._log(next_step="Send the offer")
        following = self.env["followup.interaction"].search(
            [("previous_id", "=", contact.id)]
        )
        self.assertEqual(following.date, date(2026, 6, 22))

    def test_foreign_customer_is_refused(self):
        """Attack 7: nobody logs a contact with somebody else's customer."""
        model = self._as(self.env["followup.interaction.log"], self.user_own)
        with self.assertRaises(AccessError):
            model.create(
                {
                    "customer_id": self.foreign.id,
                    "content": "x",
                    "purpose": "x",
                    "method": "phone",
                }
            ).action_log()

    def test_review(self):
        """F3: a visit's report waits for a manager, is returned, filed and kept."""
        visit = self._plan(method="visit", content="Saw the shop")
        visit.action_done()
        self.assertEqual(visit.review_state, "waiting")
        self.assertEqual(visit.procedure_step, "review")
        review = self._as(self.env["followup.interaction.review"], self.manager)
        wizard = review.create({"interaction_id": visit.id})
        with self.assertRaisesRegex(UserError, "Say what is missing"):
            wizard.action_return()
        wizard.comment = "Which shop?"
        wizard.action_return()
        self.assertEqual(visit.review_state, "returned")
        self.assertEqual(visit.procedure_step, "report")
        visit.content = "Saw the shop in Hamburg"
        visit.action_submit_report()
        self._as(visit, self.manager).action_review()
        self.assertEqual(visit.review_state, "reviewed")
        self.assertEqual(visit.procedure_step, "archive")
        with self.assertRaisesRegex(UserError, "is filed"):
            visit.content = "Something else"
        self._as(visit, self.manager).content = "Corrected"

    def test_review_is_for_managers_and_others(self):
        """F3, attack 5: users do not review, nobody reviews an own report."""
        visit = self._plan(method="visit", content="Saw the shop")
        visit.action_done()
        with self.assertRaises(AccessError):
            visit.action_review()
        call = self._plan(content="Called")
        call.action_done()
        self.assertEqual(call.review_state, "none")
        own = self._plan(user=self.manager, method="visit", content="Went there")
        own.action_done()
        self.assertEqual(own.review_state, "none")
        self.company_a.fcrm_review_reports = "all"
        second = self._plan(content="Called again")
        second.action_done()
        self.assertEqual(second.review_state, "waiting")

    def test_review_by_the_head_of_the_team(self):
        """F3: the head of the responsible's team is asked, if a manager here."""
        self.env["crm.team"].create(
            {
                "name": "North",
                "company_id": self.company_a.id,
                "user_id": self.manager.id,
                "crm_team_member_ids": [(0, 0, {"user_id": self.user_own.id})],
            }
        )
        visit = self._plan(method="visit", content="Saw the shop")
        visit.action_done()
        self.assertEqual(visit.reviewer_id, self.manager)

    def test_review_shows_nothing_foreign(self):
        """Attack 5: the review's dialog tells nothing of what a manager may not see."""
        foreign = self._create_customer("Birch Buyer", self.user_b, self.company_b)
        contact = self._plan(foreign, self.user_b, content="Secret of Birch")
        wizard = self._as(self.env["followup.interaction.review"], self.manager)
        wizard = wizard.create({"interaction_id": contact.id})
        wizard.invalidate_recordset()
        with self.assertRaises(AccessError):
            wizard.read(["content"])
