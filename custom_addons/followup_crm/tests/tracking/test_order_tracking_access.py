from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .tracking_common import NOON, TrackingCase

MODELS = (
    "followup.order.tracking",
    "followup.order.lot",
    "followup.order.milestone",
    "followup.order.requirement",
    "followup.order.exception",
)


@tagged("post_install", "-at_install", "followup_crm", "tracking")
@freeze_time(NOON)
class TestOrderTrackingAccess(TrackingCase):
    """R1: who sees and changes which orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["followup.requirement"].create(
            {"customer_id": cls.customer.id, "name": "Cartons"}
        )
        cls.tracking = cls._track()
        cls.env["followup.order.exception"].create(
            {"name": "Short", "tracking_id": cls.tracking.id}
        )
        cls.env.flush_all()

    def _seen(self, model, user):
        records = self.env[model].with_user(user)
        records = records.with_context(allowed_company_ids=user.company_id.ids)
        key = "id" if model == "followup.order.tracking" else "tracking_id"
        return records.search([(key, "=", self.tracking.id)])

    def test_who_sees(self):
        for model in MODELS:
            for user in (self.user_own, self.user_all, self.manager, self.officer):
                self.assertTrue(self._seen(model, user), (model, user.login))
            for user in (self.user_own_2, self.user_b):
                self.assertFalse(self._seen(model, user), (model, user.login))
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError):
                    self._seen(model, user)

    def test_merchandiser_sees_the_order(self):
        self.tracking.user_id = self.user_own_2
        for model in MODELS:
            self.assertTrue(self._seen(model, self.user_own_2))

    def test_who_changes(self):
        milestone = self._milestone(self.tracking, "materials")
        for user in (self.user_own, self.user_all, self.manager):
            self._as(milestone, user).action_done()
            self._as(milestone, user).action_undo()
        for user in (self.user_own_2, self.user_b, self.officer, self.internal_user):
            with self.assertRaises(AccessError):
                self._as(milestone, user).action_done()
            with self.assertRaises(AccessError):
                self._as(self.tracking.exception_ids, user).action_told()
            with self.assertRaises(AccessError):
                self._as(self.tracking.requirement_ids, user).action_toggle()
            with self.assertRaises(AccessError):
                self._as(self.tracking, user).action_split()

    def test_nobody_deletes(self):
        for user in (self.user_own, self.user_all, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.tracking, user).unlink()

    def test_templates_are_the_managers(self):
        for user in (self.user_own, self.user_all, self.officer):
            template = self._as(self.template, user)
            self.assertTrue(template.name)
            with self.assertRaises(AccessError):
                template.lead_days = 3
            with self.assertRaises(AccessError):
                template.action_apply()
        self._as(self.template, self.manager).lead_days = 3
        self.assertFalse(
            self._as(self.env["followup.tracking.template"], self.user_b).search(
                [("id", "=", self.template.id)]
            )
        )


@tagged("post_install", "-at_install", "followup_crm", "tracking")
class TestOrderProgressPortal(HttpCase, TrackingCase):
    """K6: a customer sees the progress of its own orders, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracking = cls._track(client_order_ref="PO-77")
        cls.foreign = cls._track(cls.other, client_order_ref="PO-88")
        contact = cls.portal_user.partner_id
        contact.write({"parent_id": cls.customer.partner_id.id})
        cls.env["followup.order.exception"].create(
            {"name": "Internal trouble", "tracking_id": cls.tracking.id}
        )
        cls._milestone(cls, cls.tracking, "materials").delay_cause = "Internal cause"

    def test_own_orders(self):
        self.authenticate("followup_portal", "followup_portal")
        listed = self.url_open("/my/order-progress").text
        self.assertIn("PO-77", listed)
        self.assertNotIn("PO-88", listed)
        page = self.url_open(f"/my/order-progress/{self.tracking.id}")
        self.assertEqual(page.status_code, 200)
        self.assertIn("PO-77", page.text)
        self.assertIn("Parka", page.text)
        for word in ("Internal", self.user_own.name):
            self.assertNotIn(word, page.text)

    def test_foreign_orders(self):
        self.authenticate("followup_portal", "followup_portal")
        foreign = self.url_open(f"/my/order-progress/{self.foreign.id}")
        missing = self.url_open("/my/order-progress/999999999")
        self.assertEqual(foreign.status_code, 404)
        self.assertEqual(missing.status_code, 404)
        self.assertNotIn("PO-88", foreign.text)

    def test_public(self):
        page = self.url_open(f"/my/order-progress/{self.tracking.id}")
        self.assertNotIn("PO-77", page.text)
