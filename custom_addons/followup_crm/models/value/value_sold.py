"""What was sold in the last 12 months by customer and product, with its margin (V2)."""

from odoo.tools import SQL

from .value_base import ValueBase


class ValueSold(ValueBase):
    """Sold lines of the documents that count as sales, and the stock they came from.

    The margin is the recorded one where a module records it on the order lines, else
    turnover less quantity × the product's cost price of today; a line without either
    has no margin.
    """

    def sold(self):
        """Sums by partner and product.

        Columns: partner_id, product_id, amount, quantity (product's unit), costed (the
        turnover whose cost is known), margin, gross and discount (before discounts).
        """
        return self.relation("value_sold", self._sold_select)

    @property
    def margin_recorded(self):
        """Whether a module records the margin of sales."""
        is_order = self.company.followup_sales_basis == "order"
        return is_order and "margin" in self.env["sale.order.line"]._fields

    def _sold_select(self):
        lines = (
            self._order_lines_select()
            if self.company.followup_sales_basis == "order"
            else self._invoice_lines_select()
        )
        return SQL(
            """
            SELECT l.partner_id, l.product_id, SUM(l.amount) AS amount,
                   SUM(l.quantity) AS quantity,
                   SUM(l.amount) FILTER (WHERE l.margin IS NOT NULL) AS costed,
                   SUM(l.margin) AS margin,
                   SUM(l.gross) AS gross, SUM(l.gross * l.discount / 100) AS discount
              FROM (SELECT s.*, COALESCE(s.recorded, s.amount - s.quantity * NULLIF(
                           (v.standard_price ->> %s)::float8, 0)) AS margin
                      FROM (%s) s
                      LEFT JOIN product_product v ON v.id = s.product_id) l
             GROUP BY l.partner_id, l.product_id
            """,
            str(self.company.id),
            lines,
        )

    def _documents(self):
        return self.env["followup.sales.fact"]._document_select(
            self.company, self.start, self.today
        )

    def _order_lines_select(self):
        margin = SQL("""l.margin""") if self.margin_recorded else SQL("""NULL""")
        return SQL(
            """
            SELECT d.partner_id, l.product_id,
                   l.price_subtotal::float8 / o.currency_rate::float8 AS amount,
                   l.product_uom_qty::float8
                       * COALESCE(u.factor / NULLIF(w.factor, 0), 1)::float8
                       AS quantity,
                   %(margin)s::float8 / o.currency_rate::float8 AS recorded,
                   l.price_unit::float8 * l.product_uom_qty::float8
                       / o.currency_rate::float8 AS gross,
                   COALESCE(l.discount, 0)::float8 AS discount
              FROM (%(documents)s) d
              JOIN sale_order o ON o.id = d.order_id AND o.currency_rate <> 0
              JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
              LEFT JOIN product_product v ON v.id = l.product_id
              LEFT JOIN product_template t ON t.id = v.product_tmpl_id
              LEFT JOIN uom_uom u ON u.id = l.product_uom_id
              LEFT JOIN uom_uom w ON w.id = t.uom_id
             WHERE NOT d.rate_missing
            """,
            margin=margin,
            documents=self._documents(),
        )

    def _invoice_lines_select(self):
        return SQL(
            """
            SELECT d.partner_id, l.product_id, -l.balance::float8 AS amount,
                   x.sign * l.quantity::float8
                       * COALESCE(u.factor / NULLIF(w.factor, 0), 1)::float8
                       AS quantity,
                   NULL::float8 AS recorded,
                   CASE WHEN l.discount < 100
                        THEN -l.balance::float8 / (1 - COALESCE(l.discount, 0) / 100)
                        ELSE 0 END AS gross,
                   COALESCE(l.discount, 0)::float8 AS discount
              FROM (%s) d
              JOIN account_move m ON m.id = d.move_id
              JOIN account_move_line l ON l.move_id = m.id
                   AND l.display_type = 'product'
             CROSS JOIN LATERAL (SELECT CASE WHEN m.move_type = 'out_refund'
                                             THEN -1 ELSE 1 END AS sign) x
              LEFT JOIN product_product v ON v.id = l.product_id
              LEFT JOIN product_template t ON t.id = v.product_tmpl_id
              LEFT JOIN uom_uom u ON u.id = l.product_uom_id
              LEFT JOIN uom_uom w ON w.id = t.uom_id
             WHERE NOT d.rate_missing
            """,
            self._documents(),
        )

    # === PRODUCTS === #

    def products(self):
        """Ratios per product sold: see ``followup.value.product`` (V2).

        Columns: product_id, amount, quantity, costed, margin, margin_rate, stock
        (average), stock_turn, cross_ratio, sales_share, contribution_ratio.
        """
        return self.relation("value_products", self._products_select)

    def _products_select(self):
        return SQL(
            """
            SELECT r.*, r.margin_rate * r.stock_turn AS cross_ratio,
                   r.margin_rate * r.stock_turn * r.sales_share AS contribution_ratio
              FROM (SELECT s.product_id, s.amount, s.quantity, s.costed, s.margin,
                           CASE WHEN s.costed > 0 THEN s.margin / s.costed END
                               AS margin_rate,
                           k.stock, s.quantity / NULLIF(k.stock, 0) AS stock_turn,
                           CASE WHEN SUM(s.amount) OVER () > 0
                                THEN s.amount / SUM(s.amount) OVER () END
                               AS sales_share
                      FROM (SELECT product_id, SUM(amount) AS amount,
                                   SUM(quantity) AS quantity, SUM(costed) AS costed,
                                   SUM(margin) AS margin
                              FROM %s s WHERE product_id IS NOT NULL
                             GROUP BY product_id) s
                      LEFT JOIN (%s) k ON k.product_id = s.product_id) r
            """,
            self.sold(),
            self._stock_select(),
        )

    def _stock_select(self):
        """Average stock of each product: (stock a year ago + stock now) ÷ 2.

        Stock is what lies in the company's own locations; that of a year ago is
        today's less what came in since, plus what went out. No row without any.
        """
        return SQL(
            """
            SELECT s.product_id, SUM(s.now) - SUM(s.net) / 2 AS stock
              FROM (SELECT q.product_id, q.quantity::float8 AS now, 0::float8 AS net
                      FROM stock_quant q
                      JOIN stock_location l ON l.id = q.location_id
                           AND l.usage = 'internal'
                     WHERE q.company_id = %(company)s
                     UNION ALL
                    SELECT m.product_id, 0,
                           CASE WHEN t.usage = 'internal' THEN 1 ELSE -1 END
                           * m.quantity::float8
                           * COALESCE(u.factor / NULLIF(w.factor, 0), 1)::float8
                      FROM stock_move m
                      JOIN stock_location f ON f.id = m.location_id
                      JOIN stock_location t ON t.id = m.location_dest_id
                      JOIN product_product v ON v.id = m.product_id
                      JOIN product_template p ON p.id = v.product_tmpl_id
                      LEFT JOIN uom_uom u ON u.id = m.product_uom
                      LEFT JOIN uom_uom w ON w.id = p.uom_id
                     WHERE m.company_id = %(company)s AND m.state = 'done'
                       AND m.date >= %(start)s
                       AND (f.usage = 'internal') <> (t.usage = 'internal')) s
             GROUP BY s.product_id
            HAVING SUM(s.now) - SUM(s.net) / 2 > 0
            """,
            company=self.company.id,
            start=self.moment(self.start),
        )

    def margins(self):
        """Turnover by line, margin and ratios per customer (V2).

        Columns: customer_id, amount, costed, margin, discount (percent), categories
        (product categories bought), cross_ratio: Σ margin × stock turnover of what was
        sold from stock ÷ its turnover; share: part of the company's turnover.
        """
        return self.relation("value_margins", self._margins_select)

    def _margins_select(self):
        return SQL(
            """
            SELECT f.id AS customer_id, SUM(s.amount) AS amount,
                   SUM(s.costed) AS costed, SUM(s.margin) AS margin,
                   100 * SUM(s.discount) / NULLIF(SUM(s.gross), 0) AS discount,
                   COUNT(DISTINCT t.categ_id)::integer AS categories,
                   SUM(s.margin * k.stock_turn) / NULLIF(SUM(s.costed) FILTER (
                       WHERE k.stock_turn IS NOT NULL), 0) AS cross_ratio,
                   SUM(s.amount) / NULLIF(SUM(SUM(s.amount)) OVER (), 0) AS share
              FROM %(sold)s s
              JOIN res_partner p ON p.id = s.partner_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = %(company)s AND f.active
              LEFT JOIN product_product v ON v.id = s.product_id
              LEFT JOIN product_template t ON t.id = v.product_tmpl_id
              LEFT JOIN %(products)s k ON k.product_id = s.product_id
             GROUP BY f.id
            """,
            sold=self.sold(),
            company=self.company.id,
            products=self.products(),
        )
