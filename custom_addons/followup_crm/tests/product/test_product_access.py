from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .product_common import ProductCase
from .test_product_tracking import PIXEL

DETAILS = {
    "followup.product.characteristic": {"name": "x", "promised": "x"},
    "followup.product.sample": {},
    "followup.product.inspection": {"lot_size": 500},
    "followup.product.problem": {"name": "x"},
    "followup.product.picture": {"image": PIXEL},
}


@tagged("post_install", "-at_install", "followup_crm", "product")
@freeze_time("2026-03-16 08:00:00")
class TestProductAccess(ProductCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._track(cls.foreign)

    def _check_roles(self, mine, other):
        name = mine._name
        both = [("id", "in", (mine | other).ids)]
        self.assertEqual(
            self._as(self.env[name], self.user_own).search(both).ids, mine.ids, name
        )
        with self.assertRaises(AccessError, msg=name):
            self._as(other, self.user_own).read(["company_id"])
        for user in (self.user_all, self.manager):
            self.assertEqual(len(self._as(self.env[name], user).search(both)), 2)
            self.assertTrue(self._as(other, user).has_access("write"), name)
        self.assertTrue(self._as(other, self.officer).has_access("read"), name)
        self.assertFalse(self._as(other, self.officer).has_access("write"), name)
        self.assertFalse(self._as(self.env[name], self.user_b).search(both), name)
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError, msg=name):
                self._as(mine, user).read(["company_id"])

    def test_trackings(self):
        """R1, K3: own customers, all customers, nobody else; companies apart."""
        self._check_roles(self.tracking.sudo(False), self.other)
        for user in (self.user_own, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.tracking, user).unlink()
        with self.assertRaises(AccessError):
            self._as(self.env["followup.product.tracking"], self.user_own).create(
                {"customer_id": self.customer.id, "product_id": self.product.id}
            )
        with self.assertRaises(AccessError):
            self._track(self.foreign, user=self.user_own)

    def test_details(self):
        """R1, K3, attack 7: details follow the tracking, and do not move away."""
        for model, vals in DETAILS.items():
            details = self._as(self.env[model], self.user_own)
            mine = details.create({**vals, "tracking_id": self.tracking.id})
            other = self.env[model].create({**vals, "tracking_id": self.other.id})
            self._check_roles(mine, other)
            with self.assertRaises(AccessError, msg=model):
                details.create({**vals, "tracking_id": self.other.id})
            with self.assertRaises(AccessError, msg=model):
                mine.tracking_id = self.other

    def test_defects(self):
        """R1, K3: the same, one level below."""
        values = {"lot_size": 500}
        inspections = self.env["followup.product.inspection"]
        mine = inspections.create({**values, "tracking_id": self.tracking.id})
        other = inspections.create({**values, "tracking_id": self.other.id})
        defects = self._as(self.env["followup.product.defect"], self.user_own)
        found = defects.create({"inspection_id": mine.id})
        foreign = self.env["followup.product.defect"].create(
            {"inspection_id": other.id}
        )
        self._check_roles(found, foreign)
        with self.assertRaises(AccessError):
            defects.create({"inspection_id": other.id})
        with self.assertRaises(AccessError):
            found.inspection_id = other

    def test_protected_fields(self):
        """R1, attack 6: state and agreement are set by steps only."""
        protected = self.tracking._server_only
        self.assertFalse(protected - set(self.tracking._fields))
        for name in protected:
            for user in (self.user_own, self.manager):
                with self.assertRaises(AccessError, msg=name):
                    self._as(self.tracking, user).write({name: False})

    def test_public_methods_refuse_foreign_records(self):
        """R1, attack 5: every button, with somebody else's id."""
        sample = self.env["followup.product.sample"].create(
            {"tracking_id": self.other.id, "comments": "x"}
        )
        inspection = self.env["followup.product.inspection"].create(
            {"tracking_id": self.other.id, "lot_size": 500, "concession": "x"}
        )
        for record in (self.other, sample, inspection):
            ours = [
                name
                for name in dir(type(record))
                if name.startswith("action_")
                and "followup_crm" in getattr(type(record), name).__module__
                and name != "action_new"
            ]
            self.assertGreaterEqual(len(ours), 4)
            for name in ours:
                for user in (self.user_own, self.internal_user, self.portal_user):
                    with self.assertRaises(AccessError, msg=f"{name} {user.login}"):
                        getattr(self._as(record, user), name)()
