from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .plan_common import PlanCase, day


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanState(PlanCase):
    """Submitting, approving and returning (F1), where the company wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._customer("Linden Mode", "II", day(26, 2))
        cls.company_a.fcrm_plan_approval = True

    def _activities(self, plan):
        return [
            (activity.user_id, activity.activity_type_id.name)
            for activity in plan.sudo().activity_ids
        ]

    def test_off_by_default(self):
        """F1: Without approval a plan is in force as soon as it is made."""
        self.assertFalse(self.env["res.company"].new().fcrm_plan_approval)
        self.company_a.fcrm_plan_approval = False
        plan = self._plan()
        self.assertEqual(plan.state, "approved")
        self.assertFalse(plan.approver_id)
        self.assertFalse(plan.is_fixed)

    def test_submit_and_approve(self):
        """F1: The user hands it in, the manager approves."""
        plan = self._plan()
        self.assertEqual(plan.state, "draft")
        plan.action_submit()
        self.assertEqual(plan.state, "submitted")
        self.assertTrue(plan.is_fixed)
        ((approver, _kind),) = self._activities(plan)
        self.assertTrue(approver.has_group("followup_crm.group_manager"))
        self._as(plan, self.manager).action_approve()
        self.assertEqual((plan.state, plan.approver_id), ("approved", self.manager))
        self.assertEqual(plan.approved_on, day(20, 2))
        self.assertEqual(self._activities(plan), [])

    def test_head_of_the_team_is_asked(self):
        team = self.env["crm.team"].create({"name": "T", "user_id": self.manager.id})
        self.env["crm.team.member"].create(
            {"crm_team_id": team.id, "user_id": self.user_own.id}
        )
        plan = self._plan()
        plan.action_submit()
        self.assertEqual([u for u, _type in self._activities(plan)], [self.manager])

    def test_users_do_not_approve(self):
        """F1: Neither the own user nor one of all customers."""
        plan = self._plan()
        plan.action_submit()
        for user in (self.user_own, self.user_all):
            with self.assertRaises(AccessError):
                self._as(plan, user).action_approve()
            with self.assertRaises(AccessError):
                self._as(plan, user).action_reopen()
            with self.assertRaises(AccessError):
                self._as(plan, user).action_open_return()

    def test_return_with_a_reason(self):
        """F1: The reason is required, and the user reads it and is told."""
        plan = self._plan()
        plan.action_submit()
        returning = self._as(plan, self.manager)
        with self.assertRaises(UserError):
            returning._return("  ")
        action = returning.action_open_return()
        dialogs = self._as(self.env[action["res_model"]], self.manager)
        with Form(dialogs.with_context(**action["context"])) as form:
            form.reason = "Visit Linden in person"
        form.save().action_return()
        self.assertEqual((plan.state, plan.is_fixed), ("draft", False))
        self.assertEqual(plan.return_reason, "Visit Linden in person")
        self.assertEqual([u for u, _t in self._activities(plan)], [self.user_own])
        plan.line_ids[0].method = "visit"
        plan.action_submit()
        self.assertFalse(plan.return_reason)
        self.assertNotIn(self.user_own, [u for u, _type in self._activities(plan)])

    def test_handed_in_is_fixed(self):
        """F1: What is handed in gets no more lines, and loses none."""
        plan = self._plan()
        plan.action_submit()
        line = plan.line_ids[0]
        with self.assertRaises(UserError):
            line.action_leave_plan()
        with self.assertRaises(UserError):
            line.plan_id = False
        with self.assertRaises(UserError):
            self._contact(self.customer, day(18), plan_id=plan.id)
        with self.assertRaises(UserError):
            plan.action_generate()
        line.date = day(13)
        self._as(plan, self.manager).action_approve()
        self.assertEqual(line.plan_date, day(13), "the plan in force")
        line.date = day(16)
        self.assertEqual(line.plan_date, day(13), "what it is measured against stays")

    def test_reopen(self):
        plan = self._plan()
        plan.action_submit()
        self._as(plan, self.manager).action_approve()
        self._as(plan, self.manager).action_reopen()
        self.assertEqual(plan.state, "draft")
        self.assertFalse(plan.approver_id)
        plan.line_ids[0].action_leave_plan()
        self.assertEqual(len(plan.line_ids), 1)

    def test_steps_out_of_order(self):
        plan = self._plan()
        manager = self._as(plan, self.manager)
        for step in (manager.action_approve, manager.action_reopen):
            with self.assertRaises(UserError):
                step()
        with self.assertRaises(UserError):
            manager._return("No")
        plan.action_submit()
        with self.assertRaises(UserError):
            plan.action_submit()
        empty = self._plan(month=day(1, 7), generate=False)
        with self.assertRaises(UserError):
            empty.action_submit()

    def test_take_out_of_a_draft(self):
        """F1: A proposal goes, a contact made by hand only leaves the plan."""
        own = self._contact(self.customer, day(20))
        plan = self._plan()
        proposed = plan.line_ids - own
        self.assertTrue(proposed)
        plan.line_ids.action_leave_plan()
        self.assertFalse(proposed.exists())
        self.assertTrue(own.exists())
        self.assertFalse(plan.line_ids)

    def test_somebody_else_takes_over(self):
        """F1, F10: An open contact goes into the plan of its new responsible."""
        plan = self._plan()
        first, second = plan.line_ids.sorted("date")
        self._do(first)
        other = self._plan(self.user_all)
        (first | second).sudo().user_id = self.user_all
        self.assertEqual(first.plan_id, plan, "what is done stays")
        self.assertEqual(second.sudo().plan_id.id, other.id)
        second.sudo().user_id = self.user_own_2
        self.assertFalse(second.plan_id, "who has no plan gets none by that")
