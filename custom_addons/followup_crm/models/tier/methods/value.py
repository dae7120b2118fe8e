from odoo.tools import SQL

from .base import Method

# From this average discount (percent) a customer is proposed as price-driven.
PRICE_DRIVEN = 10


class ValueMethod(Method):
    """What the customer's name and trade are worth to us (灯塔/跟随/理性/逐利, T14).

    Set by hand. Price-driven is proposed where the average discount of the orders in
    the window, weighted by the price before discount, is 10 % or more.
    """

    code = "value"
    manual = True
    ordered = False

    def label(self, env):
        return env._("Value offered (set by hand)")

    def select(self, scheme, base):
        return self.rows(
            scheme,
            SQL("""CASE WHEN d.discount >= %s THEN 'price_driven' END""", PRICE_DRIVEN),
            SQL(
                """%s b LEFT JOIN (%s) d ON d.customer_id = b.customer_id""",
                base.customers(),
                self._discount_select(scheme, base),
            ),
            measure=SQL("""d.discount"""),
        )

    def _discount_select(self, scheme, base):
        """Average discount in percent per file: customer_id, discount.

        Each order's prices in company currency at its own rate.
        """
        return SQL(
            """
            SELECT f.id AS customer_id, ROUND((100 * SUM(l.discounted)
                   / NULLIF(SUM(l.gross), 0))::numeric, 2) AS discount
              FROM (SELECT o.partner_id, SUM(o.gross) AS gross,
                           SUM(o.gross * o.discount / 100) AS discounted
                      FROM (SELECT o.partner_id, l.discount::float8,
                                   l.price_unit::float8 * l.product_uom_qty::float8
                                   / NULLIF(o.currency_rate, 0)::float8 AS gross
                              FROM sale_order_line l
                              JOIN sale_order o ON o.id = l.order_id
                             WHERE o.state = 'sale' AND o.company_id = %(company)s
                               AND o.date_order >= %(start)s
                               AND o.date_order < %(end)s
                               AND l.display_type IS NULL
                               AND l.product_uom_qty > 0) o
                     GROUP BY o.partner_id) l
              JOIN res_partner p ON p.id = l.partner_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = %(company)s
             GROUP BY f.id
            """,
            company=base.company.id,
            start=base.moment(base.day(scheme.window_months)),
            end=base.moment(base.today),
        )

    def explain(self, assignment):
        env = assignment.env
        if assignment.computed_tier_id:
            return env._(
                "Proposed: average discount %(discount).1f %%.",
                discount=assignment.measure,
            )
        if assignment.tier_id:
            return ""
        return env._(
            "Nobody has set a class yet (average discount %(discount).1f %%).",
            discount=assignment.measure,
        )
