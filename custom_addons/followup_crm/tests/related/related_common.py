from collections import Counter
from datetime import date
from itertools import combinations

from odoo.fields import Command

from ..tier.tier_common import TierCase

TODAY = date(2026, 7, 1)


class RelatedCase(TierCase):
    """Orders of products by the letter, and what is counted of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.related_engine = cls.env["followup.related.engine"].sudo()
        cls.related = cls.env["followup.related.product"].sudo()
        cls.company_a.write(
            {
                "fcrm_related_support": 1,
                "fcrm_related_confidence": 20,
                "fcrm_related_orders": 5,
            }
        )
        products = cls.env["product.product"].sudo()
        cls.products = {
            letter: products.create({"name": letter, "type": "consu"})
            for letter in "ABCDE"
        }
        cls.freight = products.create({"name": "Freight", "type": "service"})
        cls.customer = cls._create_customer("Customer")
        cls.other = cls._create_customer("Other", cls.user_own_2)
        scheme = cls._scheme("amount")
        cls.tier_1, cls.tier_2 = scheme.tier_ids[0], scheme.tier_ids[1]
        cls.placed = []  # (tier, letters) of each counted order

    def setUp(self):
        super().setUp()
        type(self).placed = []

    @classmethod
    def _place(cls, customer, *words, day="2026-03-01", state="sale", counted=True):
        """Orders of a customer: one a word, of the products that its letters name."""
        company = customer.sudo().company_id
        orders = cls.env["sale.order"].sudo().with_company(company)
        for word in words:
            order = orders.create(
                {
                    "partner_id": customer.sudo().partner_id.id,
                    "company_id": company.id,
                    "order_line": [
                        Command.create({"product_id": product.id})
                        for product in (
                            *(cls.products[letter] for letter in word),
                            cls.freight,
                        )
                    ],
                }
            )
            order.write({"state": state, "date_order": f"{day} 10:00:00"})
            if counted and state == "sale":
                cls.placed.append((customer.sudo().tier_id, word))
        return orders.browse(order.id)

    def _refresh(self, company=None):
        return self.related_engine._refresh(company or self.company_a, TODAY)

    def _stored(self, tier=None):
        """(first, second) → (orders with both, with the first, ratios) of a group."""
        rows = self.related.search(
            [
                ("company_id", "=", self.company_a.id),
                ("tier_id", "=", tier.id if tier else False),
            ]
        )
        return {
            (row.product_id.name, row.related_id.name): (
                row.pair_count,
                row.product_count,
                row.support,
                row.confidence,
                row.lift,
            )
            for row in rows
        }

    def _expected(self, tier=None):
        """The same as one would count it by hand, of the orders that were placed."""
        baskets = [
            set(word) for owner, word in self.placed if tier is None or owner == tier
        ]
        single = Counter(letter for basket in baskets for letter in basket)
        pair = Counter()
        for basket in baskets:
            for one, two in combinations(sorted(basket), 2):
                pair[one, two] += 1
                pair[two, one] += 1
        result = {}
        for (one, two), number in pair.items():
            support, confidence = number / len(baskets), number / single[one]
            lift = confidence / (single[two] / len(baskets))
            if number >= 3 and support >= 0.01 and confidence >= 0.2 and lift > 1:
                result[one, two] = (
                    number,
                    single[one],
                    round(support, 5),
                    round(confidence, 4),
                    round(lift, 2),
                )
        return result
