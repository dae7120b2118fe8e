from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from .related_product import Wish

# More would hide what has to be settled first.
OFFERS = 2


class Interaction(models.Model):
    """What else to offer, in the preparation of a contact (Q5)."""

    _inherit = "followup.interaction"

    def _collect_open_issues(self, customers, issues):
        """What customers like this one buy together with what it buys."""
        # Elevated: counts over all customers, for a contact that the user may see.
        related = self.env["followup.related.product"].sudo()
        found = related._propose(self._get_related_wishes(customers.sudo()), OFFERS)
        for customer_id, rows in found.items():
            for row in rows:
                text = self.env._(
                    "Offer %(product)s: in %(share)d %% of the orders with %(bought)s",
                    product=row.related_id.name,
                    share=round(100 * row.confidence),
                    bought=row.product_id.name,
                )
                key = f"offer:{row.related_id.id}"
                issues[customer_id][key] = ("offer", 90, text)
        return super()._collect_open_issues(customers, issues)

    def _get_related_wishes(self, customers):
        """Dict customer id → ``Wish``: what each bought in the counted time."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT f.id, v.product_tmpl_id
                  FROM followup_customer f
                  JOIN res_company c ON c.id = f.company_id
                  JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                  JOIN sale_order o ON o.partner_id = p.id
                       AND o.company_id = f.company_id AND o.state = 'sale'
                  JOIN sale_order_line l ON l.order_id = o.id
                       AND l.display_type IS NULL AND l.product_uom_qty > 0
                  JOIN product_product v ON v.id = l.product_id
                 WHERE f.id = ANY(%s)
                   AND (COALESCE(c.fcrm_related_months, 0) = 0 OR o.date_order >=
                        NOW() AT TIME ZONE 'UTC'
                        - make_interval(months => c.fcrm_related_months))
                """,
                customers._origin.ids,
            )
        )
        bought = defaultdict(set)
        for customer_id, product_id in rows:
            bought[customer_id].add(product_id)
        return {
            customer.id: Wish(
                customer.company_id.id,
                customer.tier_id.id,
                frozenset(bought[customer.id]),
                frozenset(bought[customer.id]),
            )
            for customer in customers._origin
            if bought[customer.id]
        }
