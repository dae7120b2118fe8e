from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .value_common import ValueCase


@tagged("post_install", "-at_install", "followup_crm", "value")
class TestWinback(ValueCase):
    """Win-back cases (V8), the register of losses (V7) and loyalty plans (V13)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Away")
        cls.competitor = cls.env["followup.competitor"].sudo().create({"name": "Delta"})

    def _mine(self, model, **vals):
        records = self._as(self.env[model], self.user_own)
        return records.create({"customer_id": self.customer.id, **vals})

    def _case(self, **vals):
        steps = [(0, 0, {"name": "Call", "cost": 30})]
        return self._mine("followup.winback", step_ids=steps, **vals)

    # === WIN-BACK === #

    def test_won(self):
        """V8: won by an order after the start; the loss is regained."""
        loss = self._mine("followup.loss", reason="Late deliveries", kind="our_fault")
        case = self._case(loss_id=loss.id)
        self.assertEqual((case.state, case.cost), ("draft", 30))
        case.action_start()
        with self.assertRaisesRegex(UserError, "has not ordered since"):
            case.action_win()
        self._days(self.customer, case.start_date, amount=250)
        case.action_win()
        self.assertEqual((case.state, case.won_amount), ("won", 250))
        self.assertEqual(loss.state, "regained")
        with self.assertRaises(UserError):
            case.action_fail()
        # Regained on the day of its last order: a loss no more, whatever its date.
        loss.sudo().date = case.start_date
        self.env.flush_all()
        self._compute(today=fields.Date.add(case.start_date, days=2))
        self.assertNotEqual(self._value(self.customer).activity, "lost")

    def test_failed_needs_a_word(self):
        """V8: given up only with what came of it; then it can be tried again."""
        case = self._case()
        case.action_start()
        with self.assertRaisesRegex(UserError, "what came of it"):
            case.action_fail()
        case.result = "Bought by another group."
        case.action_fail()
        self.assertTrue(case.end_date)
        with self.assertRaisesRegex(UserError, "is over"):
            case.step_ids.name = "Something else"
        case.action_reopen()
        self.assertEqual((case.state, case.end_date), ("running", False))

    def test_starts_with_an_action(self):
        """V8: no case without something to do."""
        case = self._mine("followup.winback")
        with self.assertRaisesRegex(UserError, "what will be done"):
            case.action_start()

    def test_every_move_that_is_not_allowed(self):
        """V8: each verb from each state: the table of moves is the only way."""
        verbs = ("start", "win", "fail", "cancel", "reopen")
        allowed = {
            "draft": {"start", "cancel"},
            "running": {"win", "fail", "cancel"},
            "won": set(),
            "failed": {"reopen"},
            "cancelled": {"reopen"},
        }
        for state, fine in allowed.items():
            for verb in set(verbs) - fine:
                case = self._case(result="Said")
                case.sudo().write({"state": state, "start_date": "2026-01-01"})
                with self.assertRaises(UserError, msg=f"{verb} from {state}"):
                    getattr(case, f"action_{verb}")()
                case.sudo().state = "won"
                self.env.flush_all()

    def test_one_open_case(self):
        """V8: two open cases of a customer would be two truths."""
        self._case()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._case()

    def test_what_was_tried_is_kept(self):
        """V8: a case that was started is not deleted, by managers neither."""
        case = self._case()
        case.action_start()
        with self.assertRaisesRegex(UserError, "is kept"):
            self._as(case, self.manager).unlink()

    def test_state_is_not_written(self):
        """Attack 6: state and results by methods only, defaults in the context too."""
        case = self._case()
        loss = self._mine("followup.loss", reason="x")
        plan = self._mine("followup.loyalty.plan", name="Goal")
        for record, vals in (
            (case, {"state": "won"}),
            (case, {"won_amount": 5}),
            (loss, {"state": "regained"}),
            (loss, {"yearly_amount": 5}),
            (plan, {"state": "done"}),
            (plan, {"end_score": 99}),
        ):
            for user in (self.user_own, self.manager):
                with self.assertRaises(AccessError, msg=str(vals)):
                    self._as(record, user).write(vals)
        case.sudo().state = "won"
        self.env.flush_all()
        cases = self._as(self.env["followup.winback"], self.user_own)
        other = cases.with_context(default_state="won").create(
            {"customer_id": self.customer.id}
        )
        self.assertEqual(other.state, "draft")

    # === LOSSES === #

    def test_competition_names_the_competitor(self):
        """V7: lost to competition: to whom."""
        with self.assertRaises(ValidationError):
            self._mine("followup.loss", reason="Price", kind="competition")
        loss = self._mine(
            "followup.loss",
            reason="Price",
            kind="competition",
            competitor_id=self.competitor.id,
        )
        self.assertEqual(loss.state, "lost")
        with self.assertRaisesRegex(ValidationError, "in the register"):
            self._mine("followup.loss", reason="Again")

    def test_yearly_amount(self):
        """V7: what the customer bought in the year before its last order."""
        for day, amount in (("2024-06-01", 5), ("2024-07-01", 30), ("2025-06-01", 40)):
            self._days(self.customer, day, amount=amount)
        self.env["followup.sales.month"].sudo()._refresh(self.customer)
        loss = self._mine("followup.loss", reason="Moved")
        self.assertEqual(loss.yearly_amount, 70)

    def test_yearly_amount_of_nothing(self):
        """V7: a customer whose only order was free of charge lost us no turnover."""
        self._days(self.customer, "2025-06-01", amount=0)
        self.env["followup.sales.month"].sudo()._refresh(self.customer)
        self.assertEqual(self._mine("followup.loss", reason="x").yearly_amount, 0)

    def test_not_in_the_future(self):
        """V7: nobody is lost tomorrow."""
        with self.assertRaisesRegex(ValidationError, "in the future"):
            self._mine("followup.loss", reason="x", date="2999-01-01")

    # === LOYALTY PLANS === #

    def test_loyalty_plan(self):
        """V13: goal, measures, index at the start and at the end."""
        self._days(self.customer, "2026-06-01", "2026-06-20")
        self._compute()
        with Form(self._as(self.env["followup.loyalty.plan"], self.user_own)) as form:
            form.customer_id = self._as(self.customer, self.user_own)
            form.name = "Second range"
            form.target_score = 80
            for name in ("Samples", "Visit"):
                with form.measure_ids.new() as measure:
                    measure.name = name
        plan = form.record
        plan.action_start()
        score = self._value(self.customer).loyalty_score
        self.assertEqual((plan.state, plan.start_score), ("running", score))
        plan.measure_ids[0].is_done = True
        self.assertEqual(plan.progress, 50)
        self._days(self.customer, "2026-06-25")
        self._compute()
        plan.action_complete()
        self.assertGreater(plan.end_score, plan.start_score)
        with self.assertRaises(UserError):
            plan.action_complete()
        plan.action_reopen()
        plan.action_cancel()
        self.assertEqual(plan.state, "cancelled")

    def test_loyalty_plan_needs_a_measure(self):
        """V13: a goal without a measure is a wish."""
        plan = self._mine("followup.loyalty.plan", name="Goal")
        with self.assertRaisesRegex(UserError, "first measure"):
            plan.action_start()

    # === FROM THE LIST === #

    def test_plan_contact_from_the_list(self):
        """V7: the button plans one contact for the owner, and opens it again."""
        self._days(
            self.customer, "2026-01-01", "2026-01-11", "2026-01-21", "2026-01-31"
        )
        self._compute()
        value = self._as(self._value(self.customer).sudo(False), self.manager)
        self.assertEqual(value.churn_state, "churned")
        self.assertIn("find out why", value.proposed_contact)
        action = value.action_plan_contact()
        contact = self.env["followup.interaction"].browse(action["res_id"]).sudo()
        self.assertEqual(contact.user_id, self.user_own)
        self.assertEqual(contact.customer_id, self.customer)
        self.assertIn("No order since", contact.purpose)
        again = value.action_plan_contact()
        self.assertEqual(again["res_id"], contact.id)
        self.assertIn("Planned", value.proposed_contact)

    def test_no_contact_without_need(self):
        """V7: who orders as usual is not on the list."""
        self._compute()
        value = self._as(self._value(self.customer).sudo(False), self.user_own)
        with self.assertRaisesRegex(UserError, "orders as usual"):
            value.action_plan_contact()
