from odoo import api, fields, models

from ..related.related_product import Wish
from .res_partner import ALL_ROLES


class SaleOrder(models.Model):
    """What else a quotation might hold: what is bought together with it (Q5)."""

    _inherit = "sale.order"

    fcrm_related_ids = fields.Many2many(
        "followup.related.product",
        string="Often bought together",
        compute="_compute_fcrm_related_ids",
        groups=ALL_ROLES,
    )

    @api.depends("order_line.product_id", "partner_id", "company_id", "state")
    @api.depends_context("uid")
    def _compute_fcrm_related_ids(self):
        related = self.env["followup.related.product"]
        wishes = {
            order: order._fcrm_get_wish()
            for order in self.filtered(lambda order: order.state in ("draft", "sent"))
        }
        found = related._propose({k: wish for k, wish in wishes.items() if wish})
        for order in self:
            order.fcrm_related_ids = found.get(order, related)

    def _fcrm_get_wish(self):
        """What to look for, None for an order without products.

        The tier is that which the user sees on the order: for somebody who may not see
        the file, the counts of all customers serve.
        """
        products = frozenset(self.order_line.product_id.product_tmpl_id._origin.ids)
        if not products:
            return None
        return Wish(self.company_id.id, self.fcrm_tier_id.id, products, products)
