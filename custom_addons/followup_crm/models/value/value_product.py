from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.bulk import execute_bulk

COLUMNS = (
    "categ_id",
    "amount",
    "quantity",
    "margin_known",
    "margin",
    "margin_rate",
    "stock_known",
    "stock",
    "stock_turn",
    "cross_ratio",
    "sales_share",
    "contribution_ratio",
)


class ValueProduct(models.Model):
    """Ratios of a product over the last 12 months (V2); written by the engine only.

    Gross margin rate = margin ÷ turnover; stock turnover = quantity sold ÷ average
    stock; cross ratio (交叉比率) = margin rate × stock turnover; contribution ratio
    (贡献比率) = cross ratio × share of turnover. As in the trade's cross-ratio (GMROI
    type) analysis of products. Without a cost or a stock a ratio is empty.
    """

    _name = "followup.value.product"
    _description = "Ratios of a product"
    _rec_name = "product_id"
    _order = "amount desc, id"
    _log_access = False

    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="cascade"
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product category",
        readonly=True,
        ondelete="set null",
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(string="Turnover", readonly=True)
    quantity = fields.Float(string="Sold", readonly=True)
    margin_known = fields.Boolean(string="Margin known", readonly=True)
    margin = fields.Monetary(string="Gross margin", readonly=True)
    margin_rate = fields.Float(
        string="Gross margin (%)", readonly=True, aggregator="avg"
    )
    stock_known = fields.Boolean(string="Stock known", readonly=True)
    stock = fields.Float(string="Average stock", readonly=True)
    stock_turn = fields.Float(
        string="Stock turnover",
        readonly=True,
        aggregator="avg",
        help="Quantity sold in 12 months ÷ average stock.",
    )
    cross_ratio = fields.Float(
        string="Cross ratio",
        readonly=True,
        aggregator="avg",
        help="Gross margin rate × stock turnover.",
    )
    sales_share = fields.Float(
        string="Share of turnover", readonly=True, aggregator="sum"
    )
    contribution_ratio = fields.Float(
        string="Contribution ratio",
        readonly=True,
        aggregator="sum",
        help="Cross ratio × share of turnover.",
    )
    explanation = fields.Char(compute="_compute_explanation", string="Because")

    # Query: the engine's comparison.
    _company_product = models.UniqueIndex("(company_id, product_id)")

    @api.depends("margin_known", "stock_known", "margin_rate", "stock_turn")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            if not row.margin_known:
                row.explanation = self.env._("Unrated: the product has no cost price.")
            elif not row.stock_known:
                row.explanation = self.env._(
                    "No cross ratio: none of it was in stock a year ago or is now."
                )
            else:
                row.explanation = self.env._(
                    "Margin %(margin).1f %% × stock turnover %(turn).1f ×"
                    " share of turnover %(share).1f %%.",
                    margin=100 * row.margin_rate,
                    turn=row.stock_turn,
                    share=100 * row.sales_share,
                )

    @api.model
    def _apply(self, base):
        """Write what differs from the ratios of ``base``, a ``ValueSelect``."""
        engine = self.env["followup.value.engine"]
        execute_bulk(
            self.env,
            SQL(
                """
                WITH difference AS MATERIALIZED (
                    SELECT v.id AS stored_id, n.*
                      FROM (%(fresh)s) n
                      FULL JOIN (SELECT * FROM followup_value_product v
                                  WHERE v.company_id = %(company)s) v
                           ON v.product_id = n.product_id
                     WHERE v.id IS NULL OR n.product_id IS NULL
                        OR (%(new)s) IS DISTINCT FROM (%(old)s)
                ), gone AS (
                    DELETE FROM followup_value_product v
                     WHERE v.id IN (SELECT stored_id FROM difference
                                     WHERE product_id IS NULL)
                ), changed AS (
                    UPDATE followup_value_product v SET (%(names)s) = ROW(%(new)s)
                      FROM difference n
                     WHERE n.stored_id = v.id AND n.product_id IS NOT NULL
                ), made AS (
                    INSERT INTO followup_value_product (
                        product_id, company_id, %(names)s)
                    SELECT n.product_id, %(company)s, %(new)s FROM difference n
                     WHERE n.stored_id IS NULL
                )
                SELECT COUNT(*) FROM difference
                """,
                fresh=self._fresh_select(base),
                company=base.company.id,
                names=engine._columns(None, COLUMNS),
                new=engine._columns("n", COLUMNS),
                old=engine._columns("v", COLUMNS),
            ),
        )

    def _fresh_select(self, base):
        """The ratios as they are stored: rounded."""
        return SQL(
            """
            SELECT k.product_id, t.categ_id, ROUND(k.amount::numeric, %(digits)s)
                       AS amount,
                   ROUND(k.quantity::numeric, 3)::float8 AS quantity,
                   k.margin_rate IS NOT NULL AS margin_known,
                   ROUND(k.margin::numeric, %(digits)s) AS margin,
                   ROUND(k.margin_rate::numeric, 4)::float8 AS margin_rate,
                   k.stock_turn IS NOT NULL AS stock_known,
                   ROUND(k.stock::numeric, 3)::float8 AS stock,
                   ROUND(k.stock_turn::numeric, 4)::float8 AS stock_turn,
                   ROUND(k.cross_ratio::numeric, 4)::float8 AS cross_ratio,
                   ROUND(k.sales_share::numeric, 4)::float8 AS sales_share,
                   ROUND(k.contribution_ratio::numeric, 6)::float8
                       AS contribution_ratio
              FROM %(products)s k
              JOIN product_product v ON v.id = k.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id
            """,
            digits=base.company.currency_id.decimal_places,
            products=base.products(),
        )
