from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "improvement")
class TestAction(FollowupCase):
    """C12: Corrective and preventive actions, verified, effective, recurring."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Harrow & Finch")
        cls.product = cls.env["product.product"].create({"name": "Polo shirt"})
        cls.cause = cls.env.ref("followup_crm.complaint_cause_sample")

    def _complain(self, **vals):
        complaints = self.env["followup.complaint"].with_user(self.user_own)
        return complaints.create(
            {
                "subject": "Off colour",
                "customer_id": self.customer.id,
                "company_id": self.company_a.id,
                "product_id": self.product.id,
                "category_id": self.env.ref(
                    "followup_crm.complaint_category_colour"
                ).id,
                **vals,
            }
        )

    def _act(self, **vals):
        actions = self.env["followup.action"].with_user(self.user_own)
        return actions.with_context(allowed_company_ids=self.company_a.ids).create(
            {"name": "Sort dye lots", "user_id": self.user_own.id, **vals}
        )

    def _done(self, action):
        action.result = "Sorted"
        action.action_done()
        return action

    def _effective(self, action):
        self._done(action).verification = "Seen at the factory"
        action.action_verify()
        action.effect_note = "No complaint since"
        action.action_effective()
        return action

    @freeze_time("2026-03-02 09:00:00")
    def test_way_of_an_action(self):
        """C12: Done, verified, and its effect checked; each step says what it lacks."""
        action = self._act()
        self.assertEqual(str(action.date_deadline), "2026-03-16")
        with self.assertRaises(UserError):
            action.action_done()
        self._done(action)
        with self.assertRaises(UserError):
            action.action_verify()
        action.verification = "Seen"
        action.action_verify()
        self.assertEqual(str(action.effect_date), "2026-05-01")
        self.assertEqual(action.verified_by_id, self.user_own)
        with self.assertRaises(UserError):
            action.action_effective()
        action.effect_note = "None since"
        action.action_effective()
        self.assertEqual(action.state, "effective")
        with self.assertRaises(AccessError):
            action.state = "open"

    def test_not_effective(self):
        """C12: What did not help opens again."""
        action = self._done(self._act())
        action.verification = "Seen"
        action.action_verify()
        action.effect_note = "The same again"
        action.action_ineffective()
        self.assertEqual(action.state, "open")
        self.assertEqual(action.reopen_count, 1)
        self.assertFalse(action.done_date)

    def test_of_a_complaint(self):
        """C12: It takes customer, product, cause and date of its complaint."""
        complaint = self._complain(cause_id=self.cause.id)
        action = self._act(complaint_id=complaint.id)
        self.assertEqual(action.customer_id, self.customer)
        self.assertEqual(action.cause_id, self.cause)
        self.assertEqual(action.origin, "complaint")
        self.assertEqual(action.date_deadline, complaint.capa_deadline.date())

    def test_clock_of_the_complaint(self):
        """C3: The corrective clock stops when all actions are in place."""
        complaint = self._complain(cause_id=self.cause.id)
        complaint.action_capa_needed()
        first, second = (self._act(complaint_id=complaint.id) for _i in range(2))
        self._done(first)
        self.assertFalse(complaint.capa_date)
        self._done(second)
        self.assertTrue(complaint.capa_date)

    def test_recurrence_reopens(self):
        """C12: The same product and cause within the period opens it again."""
        first = self._complain(cause_id=self.cause.id)
        action = self._effective(self._act(complaint_id=first.id))
        second = self._complain()
        self.assertEqual(action.state, "effective")
        second.cause_id = self.cause
        self.assertEqual(action.state, "open")
        self.assertEqual(action.recurrence_ids, second)
        self.assertEqual(second.capa_decision, "needed")
        self.assertEqual(second.recurrence_count, 1)

    def test_variants_count_as_one_product(self):
        """C12: Another size of the same shirt is the same product."""
        attribute = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [(0, 0, {"name": "S"}), (0, 0, {"name": "M"})],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Shirt",
                "attribute_line_ids": [
                    (
                        0,
                        0,
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [(6, 0, attribute.value_ids.ids)],
                        },
                    )
                ],
            }
        )
        small, medium = template.product_variant_ids
        first = self._complain(cause_id=self.cause.id, product_id=small.id)
        action = self._done(self._act(complaint_id=first.id))
        self._complain(product_id=medium.id).cause_id = self.cause
        self.assertEqual(action.state, "open")

    def test_no_recurrence(self):
        """C12: Another cause, product, company or time is none."""
        first = self._complain(cause_id=self.cause.id)
        action = self._done(self._act(complaint_id=first.id))
        other = self.env.ref("followup_crm.complaint_cause_material")
        self._complain().cause_id = other
        product = self.env["product.product"].create({"name": "Dress"})
        self._complain(product_id=product.id).cause_id = self.cause
        self.assertEqual(action.state, "done")
        action.sudo().done_date = "2020-01-01"
        self._complain().cause_id = self.cause
        self.assertEqual(action.state, "done")

    def test_access(self):
        """C12: Owner of action or customer, officers, all-users, managers; no other."""
        action = self._act(customer_id=self.customer.id)
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            self._as(action, user).description = "x"
        for user in (self.user_own_2, self.user_b, self.internal_user):
            with self.assertRaises(AccessError):
                self._as(action, user).read(["name"])
        with self.assertRaises(AccessError):
            self._as(action, self.officer).unlink()
        self._as(action, self.manager).unlink()

    def test_foreign_links(self):
        """Attack 7: No action is hung on a foreign complaint or customer."""
        complaint = self._complain()
        stranger = self._as(self.env["followup.action"], self.user_own_2)
        for vals in (
            {"complaint_id": complaint.id},
            {"customer_id": self.customer.id},
        ):
            with self.assertRaises(AccessError):
                stranger.create({"name": "x", **vals})
            with self.assertRaises(AccessError):
                stranger.create({"name": "x"}).write(vals)
        with self.assertRaises(AccessError):
            stranger.with_context(default_complaint_id=complaint.id).create(
                {"name": "x"}
            )
