from random import Random

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .related_common import TODAY, RelatedCase


@tagged("post_install", "-at_install", "followup_crm", "related")
class TestRelatedEngine(RelatedCase):
    """Products bought together (Q5), against plain Python."""

    def _versions(self):
        return self.env.execute_query(
            SQL(
                """
                SELECT 'p', id, xmin::text FROM followup_related_product
                 UNION ALL
                SELECT 'g', id, xmin::text FROM followup_related_group ORDER BY 1, 2
                """
            )
        )

    def test_by_hand(self):
        """Q5: A and B on 3 of 5 orders: 3 of 4 orders with A, 1.25 times as often."""
        self._place(self.customer, "AB", "AB", "ABC", "AC", "D")
        self._refresh()
        self.assertEqual(
            self._stored(),
            {("A", "B"): (3, 4, 0.6, 0.75, 1.25), ("B", "A"): (3, 3, 0.6, 1, 1.25)},
        )
        self.assertEqual(self._stored(), self._expected())

    def test_against_python(self):
        """Q5: random orders of two tiers: each tier, and all together."""
        random = Random(7)
        self.customer.sudo().tier_id = self.tier_1
        self.other.sudo().tier_id = self.tier_2
        for _number in range(40):
            customer = random.choice((self.customer, self.other))
            letters = "ABCDE" if customer == self.customer else "EDCBA"
            weights = (9, 7, 5, 3, 1)
            word = set(random.choices(letters, weights, k=random.randint(1, 4)))
            self._place(customer, "".join(sorted(word)))
        self._refresh()
        for tier in (None, self.tier_1, self.tier_2):
            self.assertTrue(self._expected(tier))
            self.assertEqual(self._stored(tier), self._expected(tier))
        groups = self.env["followup.related.group"].sudo()
        found = groups.search([("company_id", "=", self.company_a.id)])
        self.assertEqual(
            {one.tier_id: one.order_count for one in found},
            {
                groups.tier_id: 40,
                self.tier_1: sum(t == self.tier_1 for t, _word in self.placed),
                self.tier_2: sum(t == self.tier_2 for t, _word in self.placed),
            },
        )

    def test_small_tier(self):
        """Q5: a tier with too few orders has no counts of its own."""
        self.customer.sudo().tier_id = self.tier_1
        self._place(self.customer, "AB", "AB", "AB", "C")
        self._refresh()
        self.assertFalse(self._stored(self.tier_1))
        self.assertEqual(self._stored(), self._expected())
        self.assertTrue(self._stored())

    def test_what_does_not_count(self):
        """Q5: quotations, old orders, another company's, notes and services."""
        self._place(self.customer, "AB", "AB", "AB", "C", "D")
        self._place(self.customer, *["AC"] * 4, state="draft")
        self._place(self.customer, *["AD"] * 4, day="2024-06-30", counted=False)
        self._place(self.customer, *["AD"] * 4, day="2026-07-01", counted=False)
        foreign = self._create_customer("B", self.user_b, self.company_b)
        self._place(foreign, *["CD"] * 4, counted=False)
        order = self._place(self.customer, "A")
        order.order_line = [
            Command.create({"display_type": "line_note", "name": "Thank you"}),
            Command.create({"product_id": self.products["B"].id, "product_uom_qty": 0}),
        ]
        self._refresh()
        self.assertEqual(self._stored(), self._expected())
        self.assertEqual(set(self._stored()), {("A", "B"), ("B", "A")})
        self.company_a.fcrm_related_months = 0
        self._refresh()
        self.assertIn(("A", "D"), self._stored() | {("A", "D"): "lift below 1"})
        both = self.related.search_count([("company_id", "=", self.company_b.id)])
        self.assertEqual(both, 0)

    def test_variants_are_one_product(self):
        """Q5: sizes and colours of an article are the same product, counted once."""
        attribute = self.env["product.attribute"].sudo().create({"name": "Colour"})
        values = self.env["product.attribute.value"].sudo()
        red, blue = values.create(
            [{"name": name, "attribute_id": attribute.id} for name in ("Red", "Blue")]
        )
        templates = self.env["product.template"].sudo()
        template = templates.browse(self.products["A"].product_tmpl_id.id)
        template.attribute_line_ids = [
            Command.create(
                {
                    "attribute_id": attribute.id,
                    "value_ids": [Command.set((red | blue).ids)],
                }
            )
        ]
        one, two = template.product_variant_ids
        for variants in ((one,), (two,), (one, two)):
            order = self._place(self.customer, "B", counted=False)
            order.order_line = [
                Command.create({"product_id": variant.id}) for variant in variants
            ]
            self.placed.append((None, "AB"))
        self._place(self.customer, "C")
        self._refresh()
        self.assertEqual(self._stored(), self._expected())
        self.assertEqual(self._stored()["A", "B"][:2], (3, 3))

    def test_only_what_changed_is_written(self):
        """Q5: a second night writes nothing, a new order what it changes."""
        self._place(self.customer, "AB", "AB", "AB", "CD", "CD", "CD")
        self._refresh()
        before = self._versions()
        self.assertEqual(self._refresh(), 0)
        self.assertEqual(self._versions(), before)
        self._place(self.customer, "AB")
        self._refresh()
        self.assertEqual(self._stored(), self._expected())
        self.env["sale.order"].sudo().search(
            [("partner_id", "=", self.customer.sudo().partner_id.id)]
        ).write({"state": "cancel"})
        self._refresh()
        self.assertEqual(self._stored(), {})

    def test_night_goes_on_where_it_stopped(self):
        """Q5: a company that was counted today is not counted again."""
        self._place(self.customer, "AB", "AB", "AB", "C")
        self._run_cron("followup_crm.related_cron_refresh")
        self.assertTrue(self._stored())
        self.related.search([]).unlink()
        self._run_cron("followup_crm.related_cron_refresh")
        self.assertFalse(self._stored())
        self.env["followup.related.group"].sudo().search([]).write(
            {"date": "2020-01-01"}
        )
        self._run_cron("followup_crm.related_cron_refresh")
        self.assertTrue(self._stored())

    def test_queries(self):
        """Q5: many orders take as many queries as a few."""
        counts = []
        for number in (3, 30):
            self._place(self.customer, *["AB", "CD", "ACE"] * number)
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.related_engine._refresh(self.company_a, TODAY)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
