from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .plan_common import MARCH, PlanCase, day

ANALYSIS = "followup.interaction.plan.analysis"


@tagged("post_install", "-at_install", "followup_crm", "plan")
class TestPlanAccess(PlanCase):
    """Who may do what with plans: users their own, managers all, others none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._customer("Linden Mode", "II", day(26, 2))
        cls.foreign = cls._customer("Oak", "II", day(26, 2), user=cls.user_own_2)
        cls.own = cls._plan()
        cls.other = cls._plan(cls.user_own_2)

    def _can(self, plan, user, operation):
        return self._as(plan, user).has_access(operation)

    def test_own_user(self):
        """F1: Users create, read and change their own plans, and delete none."""
        for operation, allowed in (("read", 1), ("write", 1), ("unlink", 0)):
            self.assertEqual(self._can(self.own, self.user_own, operation), allowed)
            self.assertFalse(self._can(self.other, self.user_own, operation))
        found = self._as(self.plans, self.user_own).search([("month", "=", MARCH)])
        self.assertEqual(found, self.own)
        with self.assertRaises(AccessError):
            self._as(self.plans, self.user_own).create(
                {"user_id": self.user_own_2.id, "month": "2026-05-01"}
            )

    def test_user_of_all(self):
        for operation, allowed in (("read", 1), ("write", 1), ("unlink", 0)):
            self.assertEqual(self._can(self.own, self.user_all, operation), allowed)

    def test_manager(self):
        for operation in ("read", "write", "unlink"):
            self.assertTrue(self._can(self.own, self.manager, operation))
        self.assertTrue(self._as(self.plans, self.manager).has_access("create"))

    def test_others(self):
        """F1: Complaint officers, internal and portal users see no plan."""
        for user in (self.officer, self.internal_user, self.portal_user):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(self._can(self.own, user, operation))
            for model in (ANALYSIS, "followup.interaction.plan.return"):
                self.assertFalse(
                    self._as(self.env[model], user).has_access("read"), model
                )

    def test_other_company(self):
        """F1: Not even its manager sees the plans of another company."""
        manager_b = self._create_user(
            "manager_b", "followup_crm.group_manager", self.company_b
        )
        for user in (self.user_b, manager_b):
            self.assertFalse(self._can(self.own, user, "read"))
            self.assertFalse(
                self._as(self.env[ANALYSIS], user).search([("month", "=", MARCH)])
            )
            for method in ("action_generate", "action_submit", "action_open_left_out"):
                with self.assertRaises(AccessError):
                    getattr(self._as(self.own, user), method)()

    def test_foreign_ids(self):
        """F1: Methods called with a colleague's plan are refused."""
        plan = self._as(self.other, self.user_own)
        for method in (
            "action_generate",
            "action_replan",
            "action_submit",
            "action_approve",
            "action_open_return",
            "action_reopen",
            "action_open_left_out",
            "action_print_sheet_xlsx",
        ):
            with self.assertRaises(AccessError, msg=method):
                getattr(plan, method)()

    def test_analysis_of_ones_own(self):
        """F1: In the analysis, users see their own months, managers all."""
        for user, owners in (
            (self.user_own, self.user_own),
            (self.user_all, self.user_own | self.user_own_2),
            (self.manager, self.user_own | self.user_own_2),
        ):
            rows = self._as(self.env[ANALYSIS], user).search([("month", "=", MARCH)])
            self.assertEqual(rows.user_id, owners)
            self.assertFalse(rows.has_access("write"))

    def test_nobody_fills_a_colleagues_plan(self):
        """F1: Neither by a new contact, nor by a default, nor by moving one."""
        with self.assertRaises(AccessError):
            self._contact(self.customer, day(10), plan_id=self.other.id)
        contacts = self._as(self.contacts, self.user_own)
        contacts = contacts.with_context(default_plan_id=self.other.id)
        with self.assertRaises(AccessError):
            contacts.create({"customer_id": self.customer.id, "purpose": "x"})
        line = self.own.line_ids[0]
        with self.assertRaises(AccessError):
            line.plan_id = self.other
        with self.assertRaises(AccessError):
            self._as(self.other.line_ids, self.user_own).action_leave_plan()

    def test_what_the_plan_says_is_the_plans(self):
        """F1: Planned day, due day and tier are nobody's to write."""
        line = self.own.line_ids[0]
        for values in (
            {"plan_date": "2026-03-30"},
            {"plan_due_date": False},
            {"plan_tier_id": False},
        ):
            with self.assertRaises(UserError):
                line.write(values)
            with self.assertRaises(UserError):
                self._contact(self.customer, day(10), **values)
        contacts = self._as(self.contacts, self.user_own)
        contacts = contacts.with_context(default_plan_due_date="2026-03-10")
        contact = contacts.create({"customer_id": self.customer.id, "purpose": "x"})
        self.assertFalse(contact.plan_due_date)

    def test_only_managers_make_plans_for_others(self):
        dialogs = self.env["followup.interaction.plan.generate"]
        for user in (self.user_own, self.user_all, self.officer):
            with self.assertRaises(AccessError):
                self._as(dialogs, user).create({})
        dialog = self._as(dialogs, self.manager).create(
            {"company_id": self.company_b.id}
        )
        with self.assertRaises(AccessError):
            dialog.action_generate()

    def test_former_owner_keeps_the_plan_and_loses_the_customer(self):
        """F1, F6: The customers of one's plan may have become somebody else's."""
        self.customer.sudo().user_id = self.user_own_2
        self.env.invalidate_all()
        plan = self._as(self.own, self.user_own)
        self.assertFalse(plan.line_ids)
        self.assertEqual(plan.planned_count, 2, "what was planned stays")
        (sheet,) = plan._get_sheets()
        self.assertEqual(sheet.rows, ())
