from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestCustomerOwnership(FollowupCase):
    """Assigning in bulk with a preview, history, files that are combined (F6, F7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customer("One")
        cls.customers |= cls._create_customer("Two")
        cls.customers |= cls._create_customer("Three", user=cls.user_own_2)

    def _dialog(self, user=None, **vals):
        return self._as(self.env["followup.customer.assign"], self.manager).create(
            {
                "customer_ids": [(6, 0, self.customers.ids)],
                "user_id": (user or self.user_own_2).id,
                **vals,
            }
        )

    def test_preview(self):
        """F6: before it is done, one sees what it does; reason and history."""
        dialog = self._dialog(reason="New region")
        self.assertIn(f"2 from {self.user_own.name}", dialog.preview)
        self.assertIn("1 have this owner already", dialog.preview)
        self.assertFalse(dialog.excess)
        dialog.action_apply()
        self.assertEqual(self.customers.user_id, self.user_own_2)
        changes = self.customers.sudo().owner_change_ids
        self.assertEqual(len(changes), 2, "nothing is noted where nothing changes")
        self.assertEqual(set(changes.mapped("reason")), {"New region"})
        self.assertEqual(changes.done_by_id, self.manager)

    def test_capacity_is_said_before(self):
        """F7: beyond the capacity only if the manager says so."""
        self.company_a.fcrm_capacity = 2
        dialog = self._dialog()
        self.assertIn("1 more", dialog.excess)
        with self.assertRaisesRegex(UserError, "all the same"):
            dialog.action_apply()
        dialog.despite_capacity = True
        dialog.action_apply()
        self.assertEqual(self.customers.user_id, self.user_own_2)

    def test_owner_must_work_here(self):
        """F6: nobody who has left or works elsewhere gets a customer."""
        self.user_own_2.sudo().active = False
        for user in (self.user_own_2, self.user_b, self.portal_user):
            with self.assertRaises(UserError):
                self._as(self.customers[0], self.manager)._assign(user)

    def test_team_leader_sees_the_team(self):
        """F6: who leads a sales team reads its members' customers, and writes none."""
        self.env["followup.information"].create(
            {"customer_id": self.customers[0].id, "content": "Opens a shop"}
        )
        leader = self._create_user("leader", "followup_crm.group_user")
        files = self._as(self.env["followup.customer"], leader)
        wanted = [("id", "in", self.customers.ids)]
        self.assertFalse(files.search(wanted))
        self.env["crm.team"].create(
            {
                "name": "Europe",
                "company_id": self.company_a.id,
                "user_id": leader.id,
                "member_ids": [(6, 0, self.user_own.ids)],
            }
        )
        self.assertEqual(files.search(wanted), self.customers[:2])
        self.assertEqual(files.search(wanted).information_ids.content, "Opens a shop")
        with self.assertRaises(AccessError):
            files.search(wanted)[0].write({"strengths": "x"})

    def test_history_is_read_only(self):
        """R1, attack 6: history, capacity, locks are nobody's to write."""
        self._as(self.customers, self.manager)._assign(self.user_own_2)
        change = self.customers.sudo().owner_change_ids[0]
        for user in (self.user_own_2, self.user_all, self.officer, self.manager):
            mine = self._as(change, user)
            self.assertTrue(mine.date)
            for act in (
                lambda mine=mine: mine.write({"reason": "x"}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"customer_id": 1}),
            ):
                with self.assertRaises(AccessError):
                    act()
        with self.assertRaises(AccessError):
            self._as(change, self.user_b).read(["reason"])
        for vals in (
            {"owner_since": "2020-01-01"},
            {"pool_locked": True},
            {"owner_change_ids": [(0, 0, {"kind": "assigned"})]},
            {"owner_change_ids": [(2, change.id)]},
        ):
            for user in (self.user_own_2, self.user_all, self.manager):
                with self.assertRaises(AccessError, msg=str(vals)):
                    self._as(self.customers[0], user).write(vals)

    def test_combined_files(self):
        """P1, F6: history goes along; a row of the pool's memory clashes with none."""
        one, two, three = self.customers
        self._as(two, self.manager)._assign(self.user_own_2)
        self.env["followup.pool.watch"]._get_for(one | two)
        appeals = self.env["followup.pool.appeal"].sudo()
        for customer in (one, two):
            appeals.create(
                {
                    "customer_id": customer.id,
                    "reason": "x",
                    "user_id": self.user_own.id,
                }
            )
        two._combine_into(one)
        self.assertEqual(one.sudo().owner_change_ids.kind, "assigned")
        self.assertEqual(
            sorted(one.sudo().appeal_ids.mapped("state")), ["requested", "withdrawn"]
        )
        keys = self.env["followup.clash.key"].sudo()
        self.assertTrue(keys.search([("customer_id", "=", one.id)]))
        self.assertEqual(three.user_id, self.user_own_2)

    def test_combined_from_the_pool(self):
        """P1, F6: a file without owner takes the owner of the one that goes into it."""
        one, two, _three = self.customers
        one.sudo().user_id = False
        two._combine_into(one)
        self.assertEqual(one.user_id, self.user_own)
        self.assertEqual(one.sudo().owner_change_ids.to_user_id, self.user_own)

    def test_queries_of_assigning(self):
        """F6: assigning many takes few queries each."""
        files = self.customers[:1]
        for number in range(20):
            files |= self._create_customer(f"Many {number}")
        counts = []
        for customers, user in ((files[:5], self.user_own_2), (files, self.user_all)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._as(customers, self.manager)._assign(user)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess((counts[1] - counts[0]) / 16, 8, counts)
