from psycopg2 import errors

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .related_common import RelatedCase


@tagged("post_install", "-at_install", "followup_crm", "related")
class TestRelatedProduct(RelatedCase):
    """Who reads and who computes what is bought together (Q5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._place(cls.customer, "AB", "AB", "AB", "C")
        cls.related_engine._refresh(cls.company_a)
        cls.row = cls.related.search([("company_id", "=", cls.company_a.id)], limit=1)
        cls.row = cls.row.sudo(False)

    def test_access(self):
        """Q5: followers of customers read; nobody writes; other companies do not."""
        for user in (self.user_own_2, self.user_all, self.manager, self.officer):
            mine = self._as(self.row, user)
            self.assertIn("100 %", mine.explanation)
            for forbidden in (
                lambda mine=mine: mine.write({"lift": 9}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.copy(),
            ):
                with self.assertRaises(AccessError):
                    forbidden()
        for user in (self.user_b, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(self.row, user).read(["confidence"])

    def test_groups(self):
        """Q5: whose orders were counted may be read by the same people."""
        group = (
            self.env["followup.related.group"]
            .sudo()
            .search([("company_id", "=", self.company_a.id)], limit=1)
        )
        mine = self._as(group.sudo(False), self.user_own)
        self.assertEqual((mine.order_count, mine.display_name), (4, "All customers"))
        with self.assertRaises(AccessError):
            mine.order_count = 1
        for user in (self.user_b, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(group.sudo(False), user).read(["order_count"])

    def test_computing(self):
        """Q5: managers have the orders counted, nobody else."""
        for user in (self.user_all, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(self.env["followup.related.product"], user).action_refresh()
        self.related.search([]).unlink()
        self._as(self.env["followup.related.product"], self.manager).action_refresh()
        self.assertTrue(self._stored())

    def test_explanation(self):
        """Q5: the sentence tells share, number, whose orders, and the lift."""
        row = self.related.search([("product_id.name", "=", "A")])
        self.assertEqual(
            row.explanation,
            "In 100 % of the orders with A (3 of 3, all customers), 1.3 times as often"
            " as usual",
        )

    @mute_logger("odoo.sql_db")
    def test_settings(self):
        """Q5: settings that make no sense are refused."""
        for name, value in (
            ("fcrm_related_months", -1),
            ("fcrm_related_support", 101),
            ("fcrm_related_confidence", -1),
            ("fcrm_related_orders", 0),
        ):
            with (
                self.assertRaises(errors.CheckViolation),
                self.cr.savepoint(),
            ):
                self.company_a.write({name: value})
                self.env.flush_all()
