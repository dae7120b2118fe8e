from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .screen_common import CLASSES, TURNOVER, ClassificationCase


def class_by_share(turnover, limits=((70, "I"), (90, "II"), (100, "III"))):
    """The classes of a turnover table, in plain Python (design.md)."""
    total = sum(amount for amount in turnover.values() if amount > 0)
    classes = {}
    for name, amount in turnover.items():
        above = sum(other for other in turnover.values() if other > amount)
        fitting = [code for limit, code in limits if 100 * above < limit * total]
        classes[name] = fitting[0] if amount > 0 else limits[-1][1]
    return classes


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestBadges(ClassificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._compute()

    def _assignment(self, name):
        return self.env["followup.tier.assignment"].search(
            [
                ("customer_id", "=", self.customers[name].id),
                ("scheme_id", "=", self.scheme.id),
            ]
        )

    def test_customer_badge_and_order(self):
        """T28: the badge is the class of the policy scheme; tier I comes first."""
        self.assertEqual(
            {name: file.tier_id.code for name, file in self.customers.items()}, CLASSES
        )
        files = self.env["followup.customer"].search(
            [("company_id", "=", self.company_a.id)]
        )
        self.assertEqual(files.mapped("tier_id.code"), ["I", "II", "III"])
        sequences = files.mapped("tier_sequence")
        self.assertEqual(sequences, sorted(sequences))

    def test_order_badge(self):
        """T28: orders show the tier, and whether they are delivered first."""
        orders = {
            name: self._sell(file, 1, "2025-01-01")
            for name, file in self.customers.items()
        }
        for name, order in orders.items():
            self.assertEqual(order.fcrm_tier_id.code, CLASSES[name])
            self.assertEqual(order.fcrm_tier_color, self.tiers[CLASSES[name]].color)
            self.assertEqual(order.fcrm_delivery_priority, CLASSES[name] == "I")

    def test_order_of_a_contact(self):
        """T28: an order of a customer's contact shows the customer's tier."""
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customers["Cedar"].partner_id.id}
        )
        order = self.env["sale.order"].create(
            {"partner_id": contact.id, "company_id": self.company_a.id}
        )
        self.assertEqual(order.fcrm_tier_id.code, "II")
        order.partner_id = self.customers["Ash"].partner_id
        self.assertEqual(order.fcrm_tier_id.code, "I")

    def test_delivery_badge(self):
        """T28: deliveries show the tier and the priority."""
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company_a.id)], limit=1
        )
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "partner_id": self.customers["Ash"].partner_id.id,
            }
        )
        self.assertEqual(picking.fcrm_tier_id, self.tiers["I"])
        self.assertTrue(picking.fcrm_delivery_priority)
        picking.partner_id = self.customers["Elm"].partner_id
        self.assertEqual(picking.fcrm_tier_id, self.tiers["III"])
        self.assertFalse(picking.fcrm_delivery_priority)

    def test_badge_follows_the_rules(self):
        """T28: no badge of a customer that the user may not see, no field outside."""
        order = self._sell(self.customers["Ash"], 1, "2025-01-01")
        seller = self._create_user(
            "seller", "followup_crm.group_user,sales_team.group_sale_salesman_all_leads"
        )
        self.assertFalse(self._as(order, seller).fcrm_tier_id)
        self.customers["Ash"].sudo().deputy_user_id = seller
        self.env.invalidate_all()
        self.assertEqual(self._as(order, seller).fcrm_tier_id.code, "I")
        outsider = self._create_user(
            "outsider", "sales_team.group_sale_salesman_all_leads"
        )
        with self.assertRaises(AccessError):
            self._as(order, outsider).read(["fcrm_tier_id"])

    def test_badges_of_a_list(self):
        """T28: as many queries for six orders as for two."""
        orders = self.env["sale.order"].browse()
        for file in self.customers.values():
            orders |= self._sell(file, 1, "2025-01-01")
        orders[:2].mapped("fcrm_tier_id")
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        orders[:2].mapped("fcrm_tier_color")
        few = self.cr.sql_log_count - start
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            orders.mapped("fcrm_tier_color")

    def test_customer_list(self):
        """T28: list and page of classes cost the same for two files as for six."""
        files = self._as(self.env["followup.customer"], self.manager)
        domain = [("company_id", "=", self.company_a.id)]
        badge = {"tier_id": {"fields": {"display_name": {}}}, "tier_color": {}}
        page = {"scheme_id": {}, "tier_id": {}, "explanation": {}, "since": {}}
        wanted = {**badge, "assignment_ids": {"fields": page}}
        files.web_search_read(domain, wanted, limit=2)
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        files.web_search_read(domain, wanted, limit=2)
        few = self.cr.sql_log_count - start
        self.env.invalidate_all()
        with self.assertQueryCount(few):
            rows = files.web_search_read(domain, wanted)["records"]
        self.assertEqual(len(rows), 6)
        self.assertTrue(all(row["assignment_ids"][0]["explanation"] for row in rows))

    def test_group_by_tier(self):
        """T28: customers are grouped by tier in the order of the tiers."""
        groups = self._as(self.env["followup.customer"], self.manager)._read_group(
            [("company_id", "=", self.company_a.id)], ["tier_id"], ["__count"]
        )
        self.assertEqual(
            [(tier.code, count) for tier, count in groups],
            [("I", 2), ("II", 2), ("III", 2)],
        )

    def test_since(self):
        """T28: since when a class holds is the day of the last move."""
        for assignment in self.env["followup.tier.assignment"].search(
            [("scheme_id", "=", self.scheme.id)]
        ):
            self.assertEqual(str(assignment.since), "2026-11-15")

    def test_distance(self):
        """T29: with so much more the next class is reached, with less it isn't."""
        for name, code in CLASSES.items():
            assignment = self._assignment(name)
            if code == "I":
                self.assertFalse(assignment.next_tier_id, name)
                self.assertFalse(assignment.distance_note)
                continue
            aim = assignment.next_tier_id.code
            self.assertEqual(aim, {"II": "I", "III": "II"}[code])
            enough = TURNOVER[name] + assignment.distance
            self.assertIn(
                class_by_share({**TURNOVER, name: enough})[name], ("I", aim), name
            )
            short = class_by_share({**TURNOVER, name: enough - 0.02})[name]
            self.assertEqual(short, code, name)

    def test_distance_by_rank(self):
        """T29: by rank, the measure of the last one of the next class is enough."""
        scheme = self.schemes.create(
            {
                "name": "Ranks",
                "code": "ranks",
                "method": "rank",
                "company_id": self.company_a.id,
                "active": True,
                "tier_ids": [
                    (0, 0, {"name": "A", "code": "A", "limit": 20, "sequence": 1}),
                    (0, 0, {"name": "B", "code": "B", "limit": 60, "sequence": 2}),
                    (0, 0, {"name": "C", "code": "C", "limit": 100, "sequence": 3}),
                ],
            }
        )
        self._compute(scheme)
        distances = {
            a.customer_id.name: (a.next_tier_id.code, round(a.distance, 2))
            for a in self.env["followup.tier.assignment"].search(
                [("scheme_id", "=", scheme.id)]
            )
        }
        # Five with turnover: A one place, B three. Fir would be the sixth: B has four.
        self.assertEqual(
            distances,
            {
                "Ash": (False, 0),
                "Beech": ("A", 300),
                "Cedar": ("A", 350),
                "Dogwood": ("B", 50),
                "Elm": ("B", 100),
                "Fir": ("B", 100),
            },
        )

    def test_benefits(self):
        """T26, T29: the benefits of the customer's classes stand on its file."""
        self.tiers["I"].benefits = "Free samples"
        file = self._as(self.customers["Ash"], self.user_own)
        self.assertIn("Free samples", file.tier_benefits)
        self.assertNotIn("Free samples", self.customers["Elm"].tier_benefits or "")

    def test_switched_off_schemes(self):
        """T26: a scheme that is switched off is not computed and asks for nothing."""
        scheme = self._get_scheme("rank")
        scheme.tier_ids.benefits = "A calendar"
        scheme.active = True
        self._compute(scheme)
        ash = self.customers["Ash"]
        self.assertIn(scheme, ash.assignment_ids.scheme_id)
        self.assertIn("A calendar", ash.tier_benefits)
        scheme.active = False
        self.env.invalidate_all()
        self.assertNotIn(scheme, ash.assignment_ids.scheme_id)
        self.assertNotIn("A calendar", ash.tier_benefits)
        before = scheme.last_run_id
        everything = self._as(self.env["followup.tier.scheme"], self.manager)
        everything.with_context(active_test=False).action_compute()
        self.assertEqual(scheme.last_run_id, before)
        self.assertGreater(self.scheme.last_run_id.id, before.id)

    def test_pricelist_is_proposed_only(self):
        """T26: the tier's price list is proposed; only a confirmed button sets it."""
        pricelist = self.env["product.pricelist"].create(
            {"name": "Best prices", "company_id": self.company_a.id}
        )
        self.tiers["I"].pricelist_id = pricelist
        ash = self._as(self.customers["Ash"], self.user_own)
        partner = ash.partner_id.with_company(self.company_a)
        self._compute()
        self.assertEqual(ash.proposed_pricelist_id, pricelist)
        self.assertNotEqual(partner.property_product_pricelist, pricelist)
        ash.action_set_tier_pricelist()
        self.assertEqual(partner.property_product_pricelist, pricelist)
        self.assertFalse(ash.proposed_pricelist_id)
        with self.assertRaises(UserError):
            ash.action_set_tier_pricelist()

    def test_distribution(self):
        """T1: what each tier holds stands beside its limit."""
        self.assertEqual(
            [
                (
                    t.customer_count,
                    round(t.customer_share, 1),
                    round(t.measure_share, 1),
                )
                for t in self._as(self.scheme.sudo(False), self.manager).tier_ids
            ],
            [(2, 33.3, 70.0), (2, 33.3, 25.0), (2, 33.3, 5.0)],
        )
        with self.assertRaises(AccessError):
            self._as(self.tiers["I"].sudo(False), self.user_own).read(["measure_share"])

    def test_foreign_customers(self):
        """T28: the buttons refuse another's customer (attack 5)."""
        ash = self.customers["Ash"]
        assignment = self._assignment("Ash")
        for user in (self.user_own_2, self.internal_user, self.user_b):
            for attack in (
                lambda u=user: self._as(ash, u).action_set_tier_pricelist(),
                lambda u=user: self._as(ash, u).action_set_tier(),
                lambda u=user: self._as(ash, u).action_open_tier_changes(),
                lambda u=user: self._as(assignment, u).read(["distance"]),
                lambda u=user: self._as(assignment, u).action_open_facts(),
            ):
                with self.assertRaises(AccessError):
                    attack()
        with self.assertRaises(AccessError):
            self._as(self.tiers["I"].sudo(False), self.user_b).action_open_tier()
        with self.assertRaises(AccessError):
            self._as(self.scheme.sudo(False), self.user_b).action_open_runs()

    def test_set_class_in_bulk(self):
        """T23: a manual class holds at once, another's waits for a manager."""
        manual = self.schemes.create(
            {
                "name": "Value",
                "code": "value2",
                "method": "manual",
                "company_id": self.company_a.id,
                "active": True,
                "tier_ids": [(0, 0, {"name": "L", "code": "L"})],
            }
        )
        files = self.customers["Ash"] | self.customers["Elm"]
        self._set_class(self.user_own, files, manual.tier_ids)
        self.assertEqual(
            {n: c for n, c in self._classes(manual).items() if c},
            {"Ash": "L", "Elm": "L"},
        )
        self._set_class(self.user_own, self.customers["Elm"], self.tiers["I"])
        self.assertEqual(self._classes()["Elm"], "III")
        override = self.env["followup.tier.override"].search(
            [
                ("state", "=", "requested"),
                ("customer_id", "=", self.customers["Elm"].id),
            ]
        )
        self._as(override, self.manager).action_approve()
        self.assertEqual(self._classes()["Elm"], "I")
        with self.assertRaises(AccessError):
            self._set_class(self.user_own_2, files, manual.tier_ids)

    def _set_class(self, user, files, tier):
        self._as(self.env["followup.tier.set"], user).create(
            {
                "customer_ids": files.ids,
                "scheme_id": tier.scheme_id.id,
                "tier_id": tier.id,
                "reason": "We know it better",
            }
        ).action_apply()
