from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .pool_common import PoolCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestPool(PoolCase):
    """The masked list, and claiming within the limits (F6, F7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.germany_file = cls._pooled(
            "Nordlicht", country_id=cls.germany.id, email="a@nordlicht.example"
        )

    def _row(self, customer, user):
        return self._as(self.pool, user).browse(customer.id)

    def test_masked(self):
        """F6: region, tier, interest and dates; no name, address, code anywhere."""
        category = self.env["product.category"].create({"name": "Jackets"})
        self.env["followup.purchase.plan"].create(
            {
                "customer_id": self.germany_file.id,
                "name": "Winter",
                "date_from": "2026-01-01",
                "product_category_id": category.id,
            }
        )
        pool = self._as(self.pool, self.user_own_2)
        row = pool.search([("interest", "ilike", "jack")])
        self.assertEqual(row.id, self.germany_file.id)
        self.assertEqual(row.region, "EU")
        self.assertEqual(row.interest, "Jackets")
        told = str(row.read()) + row.display_name
        for secret in ("Nordlicht", "nordlicht", self.germany_file.code):
            self.assertNotIn(secret, told)
        names = set(pool._fields) - {"display_name", "id"}
        self.assertFalse(names & {"name", "partner_id", "customer_id", "code", "email"})
        with self.assertRaises(AccessError):
            self._as(self.germany_file, self.user_own_2).read(["name"])

    def test_closed_to_others(self):
        """R1: no pool for other roles, other companies, and while it is off."""
        for user in (self.officer, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(self.pool, user).search([])
            with self.assertRaises(AccessError, msg=user.login):
                self._row(self.germany_file, user).action_claim()
        self.assertFalse(self._as(self.pool, self.user_b).search([]))
        with self.assertRaises(UserError):
            self._row(self.germany_file, self.user_b).action_claim()
        self.company_a.fcrm_pool_active = False
        self.assertFalse(self._as(self.pool, self.user_own).search([]))
        with self.assertRaises(UserError):
            self._row(self.germany_file, self.user_own).action_claim()

    def test_claim(self):
        """F6: the claimer owns it, the history tells, and a second one is too late."""
        with self._at(5):
            action = self._row(self.germany_file, self.user_own).action_claim()
        self.assertEqual(self.germany_file.user_id, self.user_own)
        self.assertEqual(action["res_id"], self.germany_file.id)
        change = self.germany_file.sudo().owner_change_ids
        self.assertEqual(change.kind, "claimed")
        self.assertEqual(change.to_user_id, self.user_own)
        self.assertEqual(change.done_by_id, self.user_own)
        with self._at(5), self.assertRaisesRegex(UserError, "somebody else"):
            self._row(self.germany_file, self.user_own_2).action_claim()

    def test_owned_customers_cannot_be_claimed(self):
        """Attack 5: by the id of a file that is not in the pool."""
        with self._at(5), self.assertRaises(UserError):
            self._row(self.prospect, self.user_own_2).action_claim()
        archived = self._pooled("Archived")
        archived.sudo().active = False
        blacklisted = self._pooled("Bad", standing="blacklisted")
        for customer in (archived, blacklisted):
            with self._at(5), self.assertRaises(UserError):
                self._row(customer, self.user_own_2).action_claim()

    def test_next_day_and_cool_down(self):
        """F6: claimable from the next day; the former owner waits 30 days."""
        with self._at(10):
            self._as(self.prospect, self.user_own).action_release_to_pool()
            self.assertFalse(self._row(self.prospect, self.user_own_2).claimable)
            with self.assertRaisesRegex(UserError, "tomorrow"):
                self._row(self.prospect, self.user_own_2).action_claim()
        for number in (11, 39):
            with self._at(number):
                self.env.invalidate_all()
                self.assertFalse(self._row(self.prospect, self.user_own).claimable)
                with self.assertRaisesRegex(UserError, "30 days"):
                    self._row(self.prospect, self.user_own).action_claim()
        with self._at(41):
            self.env.invalidate_all()
            self.assertTrue(self._row(self.prospect, self.user_own).claimable)
            self._row(self.prospect, self.user_own).action_claim()
        self.assertEqual(self.prospect.user_id, self.user_own)

    def test_five_claims_a_day(self):
        """F6: the sixth is refused; on the next day it goes on."""
        customers = [self._pooled(f"Pooled {n}") for n in range(6)]
        with self._at(5):
            for customer in customers[:5]:
                self._row(customer, self.user_own).action_claim()
            with self.assertRaisesRegex(UserError, "5 customers today"):
                self._row(customers[5], self.user_own).action_claim()
            self._row(self.germany_file, self.user_own_2).action_claim()
        self.env.invalidate_all()
        with self._at(6):
            self._row(customers[5], self.user_own).action_claim()

    def test_capacity(self):
        """F7: so many customers, of these so many of the best tier."""
        self.company_a.fcrm_capacity = 2
        with self._at(5):
            self._row(self.germany_file, self.user_own).action_claim()
            other = self._pooled("Other")
            with self.assertRaisesRegex(UserError, "0 more customers"):
                self._row(other, self.user_own).action_claim()
            self.user_own.sudo().fcrm_capacity = 3
            self._row(other, self.user_own).action_claim()
        self.env.invalidate_all()
        row = self._as(self.env["followup.capacity"], self.manager).search(
            [("user_id", "=", self.user_own.id)]
        )
        self.assertEqual((row.customer_count, row.capacity, row.free), (3, 3, 0))
        mine = self._as(self.env["followup.capacity"], self.user_own_2)
        self.assertFalse(mine.search([("user_id", "=", self.user_own.id)]))

    def test_capacity_of_the_best_tier(self):
        """F7: a limit for tier I; customers with orders count if the company says."""
        first = self.env["followup.capacity"]._get_first_tier(self.company_a)
        self.company_a.fcrm_first_capacity = 1
        best = [self._pooled(f"Best {n}", tier_id=first.id) for n in range(2)]
        with self._at(5):
            self._row(best[0], self.user_own).action_claim()
            with self.assertRaisesRegex(UserError, first.name):
                self._row(best[1], self.user_own).action_claim()
            best[1].sudo().first_order_date = "2026-01-01"
            self.company_a.fcrm_capacity_ordered = False
            self.env.invalidate_all()
            self._row(best[1], self.user_own).action_claim()

    def test_looking_closer(self):
        """F6: no name there either; counted once a customer, limited, logged."""
        self.company_a.fcrm_pool_views_per_day = 2
        others = [self._pooled(f"Pooled {n}") for n in range(2)]
        with self._at(5):
            for _time in range(3):
                action = self._row(self.germany_file, self.user_own).action_view()
            self._row(others[0], self.user_own).action_view()
            with self.assertRaises(UserError):
                self._row(others[1], self.user_own).action_view()
        card = self._as(self.env["followup.pool.card"], self.user_own).browse(
            action["res_id"]
        )
        self.assertEqual(card.country, "Germany")
        told = str(card.read())
        for secret in ("Nordlicht", "nordlicht", self.germany_file.code):
            self.assertNotIn(secret, told)
        logged = self._as(self.env["followup.pool.access"], self.manager).search([])
        self.assertEqual(logged.mapped("user_id"), self.user_own)
        self.assertEqual(len(logged), 4)
        with self.assertRaises(AccessError):
            self._as(self.env["followup.pool.access"], self.user_own).search([])
        with self.assertRaises(AccessError):
            card.create({"pool_id": self.prospect.id})

    def test_giving_back(self):
        """F6: the owner may, a colleague may not."""
        self.prospect.sudo().team_user_ids = self.user_own_2
        with self.assertRaises(AccessError):
            self._as(self.prospect, self.user_own_2).action_release_to_pool()
        self._as(self.prospect, self.user_own).action_release_to_pool()
        self.assertFalse(self.prospect.user_id)
        self.assertEqual(self.prospect.sudo().owner_change_ids.kind, "released")
