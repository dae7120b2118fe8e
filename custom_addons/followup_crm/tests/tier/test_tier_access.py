from odoo.exceptions import AccessError
from odoo.tests import tagged

from .tier_common import TierCase

RESULTS = ("followup.tier.assignment", "followup.tier.change")
RULES = ("followup.tier.scheme", "followup.tier")


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestTierAccess(TierCase):
    """Who may read and change classes, rules and runs (R1, T20)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls._scheme("amount")
        cls.own = cls._create_customer("Own")
        cls.foreign = cls._create_customer("Foreign", user=cls.user_own_2)
        cls.customer_b = cls._create_customer(
            "Beech", user=cls.user_b, company=cls.company_b
        )
        cls.scheme_b = cls._scheme("amount", cls.company_b)
        cls.engine._compute_schemes(cls.scheme | cls.scheme_b, notify=False)
        overrides = cls.env["followup.tier.override"].sudo()
        cls.overrides = {
            customer: overrides.create(
                {
                    "customer_id": customer.id,
                    "scheme_id": scheme.id,
                    "tier_id": scheme.tier_ids[0].id,
                    "reason": "x",
                }
            )
            for customer, scheme in (
                (cls.own, cls.scheme),
                (cls.foreign, cls.scheme),
                (cls.customer_b, cls.scheme_b),
            )
        }

    def _customers(self, model, user):
        records = self._as(self.env[model], user).search([])
        files = self.own | self.foreign | self.customer_b
        return records.sudo().customer_id & files

    def test_results_are_read_by_those_who_see_the_customer(self):
        """R1, attack 1: own, all, officer, manager; never another company's."""
        both = self.own | self.foreign
        for model in (*RESULTS, "followup.tier.override"):
            self.assertEqual(self._customers(model, self.user_own), self.own, model)
            for user in (self.user_all, self.manager, self.officer):
                self.assertEqual(self._customers(model, user), both, model)
            self.assertEqual(self._customers(model, self.user_b), self.customer_b)
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError):
                    self._customers(model, user)

    def test_foreign_results_by_id(self):
        """Attack 1: read by id is refused, also the explanation."""
        for model in (*RESULTS, "followup.tier.override"):
            row = self.env[model].sudo().search([("customer_id", "=", self.foreign.id)])
            with self.assertRaises(AccessError):
                self._as(row[:1], self.user_own).read(["customer_id"])
        row = self._assignment(self.foreign, self.scheme)
        with self.assertRaises(AccessError):
            self._as(row, self.user_own).read(["explanation", "details"])

    def test_nobody_writes_results(self):
        """Attack 6: classes, history and runs are the engine's, also for managers."""
        for model in (*RESULTS, "followup.tier.run"):
            row = self.env[model].sudo().search([], limit=1)
            for user in (self.user_own, self.user_all, self.officer, self.manager):
                mine = self._as(row, user)
                field = "measure" if "measure" in row else "moved_count"
                with self.assertRaises(AccessError):
                    mine.write({field: 5})
                with self.assertRaises(AccessError):
                    mine.unlink()
                with self.assertRaises(AccessError):
                    mine.create({})

    def test_classes_are_not_written_through_the_file(self):
        """Attacks 6, 7: by the badge, by x2many commands, by default."""
        row = self._assignment(self.own, self.scheme)
        tier = self.scheme.tier_ids[0]
        for user in (self.user_own, self.user_all, self.manager):
            customer = self._as(self.own, user)
            for vals in (
                {"tier_id": tier.id},
                {"tier_sequence": 1},
                {"assignment_ids": [(1, row.id, {"tier_id": tier.id})]},
                {"assignment_ids": [(0, 0, {"scheme_id": self.scheme.id})]},
                {"assignment_ids": [(2, row.id)]},
                {"tier_change_ids": [(0, 0, {"scheme_id": self.scheme.id})]},
            ):
                with self.assertRaises(AccessError, msg=str(vals)):
                    customer.write(vals)
        files = self._as(self.env["followup.customer"], self.user_own)
        made = files.with_context(
            default_tier_id=tier.id, default_tier_sequence=1
        ).create({"name": "Fresh"})
        self.assertFalse(made.tier_id)
        self.assertEqual(made.tier_sequence, 999)

    def test_rules_are_kept_by_managers(self):
        """R1: users read schemes and tiers, managers of the company change them."""
        for model in RULES:
            record = {"followup.tier": self.scheme.tier_ids[0]}.get(model, self.scheme)
            for user in (self.user_own, self.user_all, self.officer):
                mine = self._as(record, user)
                self.assertTrue(mine.name)
                with self.assertRaises(AccessError):
                    mine.write({"name": "Mine"})
                with self.assertRaises(AccessError):
                    mine.create({"name": "Mine", "code": "mine"})
                with self.assertRaises(AccessError):
                    mine.unlink()
            for user in (self.internal_user, self.portal_user):
                with self.assertRaises(AccessError):
                    self._as(record, user).read(["name"])
            self._as(record, self.manager).name = "Ours"
            with self.assertRaises(AccessError):
                self._as(record, self.user_b).read(["name"])

    def test_manager_makes_a_scheme(self):
        """T20: a new scheme is a record of the current company."""
        schemes = self._as(self.env["followup.tier.scheme"], self.manager)
        scheme = schemes.create(
            {
                "name": "Volume",
                "code": "volume",
                "method": "share",
                "measure": "quantity",
                "active": True,
                "tier_ids": [
                    (0, 0, {"name": "Big", "code": "big", "limit": 50}),
                    (0, 0, {"name": "Small", "code": "small", "limit": 100}),
                ],
            }
        )
        self.assertEqual(scheme.company_id, self.company_a)
        scheme.action_compute()
        self.assertEqual(set(self._classes(scheme).values()), {"small"})

    def test_schemes_stay_in_their_company(self):
        """Attack 6: company, last run and a tier's scheme are not changed."""
        scheme = self._as(self.scheme, self.manager)
        for vals in (
            {"company_id": self.company_b.id},
            {"company_id": False},
            {"last_run_id": False},
        ):
            with self.assertRaises(AccessError):
                scheme.write(vals)
        with self.assertRaises(AccessError):
            scheme.tier_ids[0].scheme_id = self._scheme("abc").id
        with self.assertRaises(AccessError):
            scheme.write(
                {"tier_ids": [(1, self.scheme_b.tier_ids[0].id, {"name": "x"})]}
            )
        schemes = scheme.browse()
        with self.assertRaises(AccessError):
            schemes.create(
                {
                    "name": "x",
                    "code": "x",
                    "method": "manual",
                    "company_id": self.company_b.id,
                }
            )
        with self.assertRaises(AccessError):
            self._as(self.env["followup.tier"], self.manager).create(
                {"name": "x", "code": "x", "scheme_id": self.scheme_b.id}
            )
        template = (
            self.env["followup.tier.scheme"]
            .sudo()
            .search([("company_id", "=", False), ("code", "=", "amount")])
        )
        with self.assertRaises(AccessError):
            self._as(template, self.manager).name = "x"

    def test_public_methods_refuse_lesser_roles(self):
        """Attack 5: with foreign ids, by everybody who may not."""
        others = (
            *(self.user_own, self.user_all, self.officer),
            *(self.internal_user, self.portal_user),
        )
        for user in others:
            with self.assertRaises(AccessError):
                self._as(self.scheme, user).action_compute()
            with self.assertRaises(AccessError):
                self._as(self.env["followup.tier.scheme"], user).action_compute()
        with self.assertRaises(AccessError):
            self._as(self.scheme_b, self.manager).action_compute()
        foreign = self.overrides[self.foreign]
        for user in (self.user_own, self.officer, self.internal_user, self.user_b):
            for action in ("action_approve", "action_end"):
                with self.assertRaises(AccessError):
                    getattr(self._as(foreign, user), action)()
        row = self._assignment(self.foreign, self.scheme)
        for user in (self.user_own, self.internal_user, self.user_b):
            with self.assertRaises(AccessError):
                self._as(row, user).action_open_facts()

    def test_overrides_by_role(self):
        """R1: for own customers; officers read; nobody deletes."""
        vals = {
            "scheme_id": self.scheme.id,
            "tier_id": self.scheme.tier_ids[0].id,
            "reason": "x",
        }
        overrides = self.env["followup.tier.override"]
        for user, customer, may in (
            (self.user_own, self.own, True),
            (self.user_own, self.foreign, False),
            (self.user_all, self.foreign, True),
            (self.manager, self.foreign, True),
            (self.officer, self.own, False),
            (self.internal_user, self.own, False),
            (self.portal_user, self.own, False),
            (self.user_b, self.own, False),
        ):
            mine = self._as(overrides, user)
            if may:
                self.assertTrue(mine.create({**vals, "customer_id": customer.id}))
                continue
            with self.assertRaises(AccessError, msg=user.login):
                mine.create({**vals, "customer_id": customer.id})
        for user in (self.user_own, self.manager):
            with self.assertRaises(AccessError):
                self._as(self.overrides[self.own], user).unlink()

    def test_runs_by_role(self):
        """R1: those who work with customers read them, per company."""
        runs = self.env["followup.tier.run"]
        for user in (self.user_own, self.user_all, self.officer, self.manager):
            found = self._as(runs, user).search([])
            self.assertTrue(found)
            self.assertEqual(found.company_id, self.company_a)
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(runs, user).search([])
