from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

PROPOSED = 5


class Wish(NamedTuple):
    """For whom related products are looked for.

    :param company: id of the company
    :param tier: id of the customer's tier, or False
    :param products: ids of the product templates it has
    :param known: ids of those that are not to be proposed
    """

    company: int
    tier: int | bool
    products: frozenset
    known: frozenset


class RelatedProduct(models.Model):
    """Products that are bought together (Q5): from one to the other, with its figures.

    Counted are orders, by product (all its variants together), goods only. Support is
    the part of the orders that hold both; confidence, of those with the first product
    the part that hold the second one, too; lift, how many times as often as in any
    order. The counts are those of a tier's customers, or of all (no tier). Written by
    ``followup.related.engine`` only. No row tells of a customer.
    """

    _name = "followup.related.product"
    _description = "Products bought together"
    _rec_name = "related_id"
    _order = "confidence desc, lift desc, id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    tier_id = fields.Many2one(
        "followup.tier",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The customers whose orders were counted; empty: all customers.",
    )
    product_id = fields.Many2one(
        "product.template",
        string="Who buys",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    related_id = fields.Many2one(
        "product.template",
        string="Also buys",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    pair_count = fields.Integer(string="Orders with both", readonly=True)
    product_count = fields.Integer(string="Orders with the first", readonly=True)
    support = fields.Float(
        readonly=True, aggregator=None, help="Orders with both ÷ all orders."
    )
    confidence = fields.Float(
        readonly=True,
        aggregator=None,
        help="Orders with both ÷ orders with the first product.",
    )
    lift = fields.Float(
        readonly=True,
        aggregator=None,
        help="How many times as often the second product is in orders with the first"
        " one as in any order.",
    )
    basis = fields.Char(compute="_compute_explanation", string="Counted among")
    explanation = fields.Char(compute="_compute_explanation", string="Why related")

    # Query: the refresh's comparison; what is related to the products of an order.
    _pair_unique = models.UniqueIndex(
        "(company_id, product_id, related_id, COALESCE(tier_id, 0))"
    )

    @api.depends("product_id", "pair_count", "product_count", "lift", "tier_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            if row.tier_id:
                row.basis = self.env._(
                    "customers of class %(tier)s", tier=row.tier_id.name
                )
            else:
                row.basis = self.env._("all customers")
            row.explanation = self.env._(
                "In %(share)d %% of the orders with %(product)s (%(both)d of %(all)d,"
                " %(basis)s), %(lift).1f times as often as usual",
                share=round(100 * row.confidence),
                product=row.product_id.name,
                both=row.pair_count,
                all=row.product_count,
                basis=row.basis,
                lift=row.lift,
            )

    # === ACTIONS === #

    def action_add_to_order(self):
        """Add the related product to the quotation that the context names."""
        self.ensure_one()
        self.check_access("read")
        orders = self.env["sale.order"]
        order = orders.browse(self.env.context.get("fcrm_order_id")).exists()
        order.check_access("write")
        if not order or order.state not in ("draft", "sent"):
            raise UserError(
                self.env._("Products are added to quotations: this one is closed.")
            )
        product = self.related_id.product_variant_id
        if not product or order.company_id != self.company_id:
            raise UserError(
                self.env._("This product cannot be sold here: choose another one.")
            )
        order.write({"order_line": [Command.create({"product_id": product.id})]})

    @api.model
    def action_refresh(self):
        """Count the orders of the user's companies now."""
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Managers have the orders counted."))
        # Elevated: the counts are nobody's to write.
        engine = self.env["followup.related.engine"].sudo()
        for company in self.env.companies:
            engine._refresh(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # === BUSINESS === #

    @api.model
    def _propose(self, wishes, limit=PROPOSED):
        """The best related products for each of several wishes, at most ``limit``.

        Those of the customer's tier where its orders were enough to be counted, else
        those of all customers. Of a product that several others lead to, the row of the
        highest confidence stands.

        :param wishes: dict of any key → ``Wish``
        :return: dict key → ``followup.related.product``, the best first
        """
        if not wishes:
            return {}
        groups = self.env["followup.related.group"].search_fetch(
            [("company_id", "in", [wish.company for wish in wishes.values()])],
            ["company_id", "tier_id"],
        )
        counted = {(group.company_id.id, group.tier_id.id) for group in groups}
        products = frozenset().union(*(wish.products for wish in wishes.values()))
        rows = self.search(
            [
                ("company_id", "in", list({company for company, _tier in counted})),
                ("product_id", "in", list(products)),
                ("related_id.active", "=", True),
                ("related_id.sale_ok", "=", True),
            ]
        )
        by_place = rows.grouped(
            lambda row: (row.company_id.id, row.tier_id.id, row.product_id.id)
        )
        return {
            key: self._choose(wish, counted, by_place, limit)
            for key, wish in wishes.items()
        }

    def _choose(self, wish, counted, by_place, limit):
        """The rows of one wish: each related product once, the surest first."""
        tier = wish.tier if (wish.company, wish.tier) in counted else False
        best = {}
        for product in wish.products:
            for row in by_place.get((wish.company, tier, product), self.browse()):
                related = row.related_id.id
                if related in wish.known:
                    continue
                if related not in best or best[related]._rank() < row._rank():
                    best[related] = row
        ranked = sorted(best.values(), key=lambda row: row._rank(), reverse=True)
        return self.union(*ranked[:limit])

    def _rank(self):
        return (self.confidence, self.lift, -self.related_id.id)
