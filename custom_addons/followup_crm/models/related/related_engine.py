from functools import partial

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bulk import execute_bulk
from ..tier.fact_base import FactBase

# Fewer orders with both prove nothing, whatever their share.
FEWEST_PAIRS = 3
# Related products that are kept for each product.
KEPT = 10


class RelatedEngine(models.AbstractModel):
    """Counts which products are bought together, set by set (Q5).

    Each pair is counted once by the tier of the order's customer; the counts of all
    customers are the sum over the tiers. Only rows that differ are written.
    """

    _name = "followup.related.engine"
    _description = "Engine of related products"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_refresh(self):
        """Nightly, company by company; who was counted today is not counted again."""
        companies = self.env["res.company"].search(Domain.TRUE)
        left = companies.filtered(lambda company: not self._is_fresh(company))
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(left))
        attempt = self.env["followup.tier.engine"]._attempt
        for company in left:
            attempt(company.name, partial(self._refresh_by_id, company.id))
            if not cron._commit_progress(1):
                break

    def _is_fresh(self, company):
        """Whether the company's orders were counted today already."""
        # Elevated: the job looks after all companies.
        groups = self.env["followup.related.group"].sudo()
        found = groups.search_fetch(
            [("company_id", "=", company.id), ("tier_id", "=", False)], ["date"]
        )
        return found.date == FactBase(company).today

    def _refresh_by_id(self, company_id):
        self._refresh(self.env["res.company"].browse(company_id))

    # === COMPUTING === #

    @api.model
    def _refresh(self, company, today=None):
        """Count the orders of a company anew.

        :param today: the first day that does not count (default: today)
        :return: number of rows that were made, changed or removed
        """
        self.env.flush_all()
        base = FactBase(company, today)
        # Two computations of a company wait for each other; its pairs in memory.
        self.env.cr.execute(
            SQL(
                """SELECT pg_advisory_xact_lock(hashtext('followup.related'), %s)""",
                company.id,
            )
        )
        self.env.cr.execute(SQL("""SET LOCAL work_mem = '128MB'"""))
        self._make_table("items", self._item_select(base))
        self._make_table("groups", self._group_select(company))
        self._make_table("singles", self._single_select())
        self._make_table("pairs", self._pair_select(self._get_groups()))
        changed = execute_bulk(self.env, self._write_statement(company))[0][0]
        execute_bulk(self.env, self._group_statement(base))
        self.env.invalidate_all()
        return changed

    def _make_table(self, name, select):
        table = SQL.identifier(f"fcrm_related_{name}")
        self.env.cr.execute(SQL("""DROP TABLE IF EXISTS %s""", table))
        self.env.cr.execute(
            SQL("""CREATE TEMPORARY TABLE %s ON COMMIT DROP AS %s""", table, select)
        )
        self.env.cr.execute(SQL("""ANALYZE %s""", table))

    def _item_select(self, base):
        """Each product of each order once: order_id, tier_id (0: none), product_id.

        Services, delivery and deposits among them, sections and notes do not count.
        In order: to find duplicates by sorting is faster than to hash them, and pairs
        of rows that lie side by side are found in half the time.
        """
        company = base.company
        since = SQL("""TRUE""")
        if company.fcrm_related_months:
            first = base.today - relativedelta(months=company.fcrm_related_months)
            since = SQL("""o.date_order >= %s""", base.moment(first))
        return SQL(
            """
            SELECT DISTINCT o.id AS order_id, o.tier_id, v.product_tmpl_id AS product_id
              FROM (SELECT o.id, COALESCE(f.tier_id, 0) AS tier_id
                      FROM sale_order o
                      JOIN res_partner p ON p.id = o.partner_id
                      LEFT JOIN followup_customer f
                           ON f.partner_id = p.commercial_partner_id
                          AND f.company_id = %(company)s
                     WHERE o.company_id = %(company)s AND o.state = 'sale'
                       AND %(since)s AND o.date_order < %(until)s
                    OFFSET 0) o
              JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
                   AND l.product_uom_qty > 0
              JOIN product_product v ON v.id = l.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id AND t.type = 'consu'
             ORDER BY order_id, tier_id, product_id
            """,
            company=company.id,
            since=since,
            until=base.moment(base.today),
        )

    def _group_select(self, company):
        """The groups that count: all (tier_id 0), and tiers with enough orders."""
        return SQL(
            """
            WITH counted AS (
                SELECT tier_id, COUNT(*)::integer AS number
                  FROM (SELECT DISTINCT order_id, tier_id FROM fcrm_related_items) o
                 GROUP BY tier_id)
            SELECT 0 AS tier_id, COALESCE(SUM(number), 0)::integer AS order_count
              FROM counted
             UNION ALL
            SELECT tier_id, number FROM counted WHERE tier_id > 0 AND number >= %s
            """,
            company.fcrm_related_orders,
        )

    def _get_groups(self):
        """Ids of the tiers that count by themselves."""
        rows = self.env.execute_query(
            SQL("""SELECT tier_id FROM fcrm_related_groups WHERE tier_id > 0""")
        )
        return [tier_id for (tier_id,) in rows]

    def _single_select(self):
        """Orders of each product, by group."""
        return SQL(
            """
            WITH counted AS (
                SELECT tier_id, product_id, COUNT(*)::integer AS number
                  FROM fcrm_related_items GROUP BY tier_id, product_id)
            SELECT 0 AS tier_id, product_id, SUM(number)::integer AS number
              FROM counted GROUP BY product_id
             UNION ALL
            SELECT c.tier_id, c.product_id, c.number
              FROM counted c JOIN fcrm_related_groups g ON g.tier_id = c.tier_id
             WHERE c.tier_id > 0
            """
        )

    def _pair_select(self, tiers):
        """Orders of each pair (the smaller id first), by group.

        Counted in one pass: the tiers are counters beside that of all customers, so
        that the pairs are hashed once.
        """
        names = [SQL.identifier(f"number_{tier}") for tier in tiers]
        counters = SQL("""""").join(
            SQL(
                """, COUNT(*) FILTER (WHERE a.tier_id = %s)::integer AS %s""",
                tier,
                name,
            )
            for tier, name in zip(tiers, names, strict=True)
        )
        values = SQL("""""").join(
            SQL(""", (%s, c.%s)""", tier, name)
            for tier, name in zip(tiers, names, strict=True)
        )
        return SQL(
            """
            SELECT k.tier_id, c.product_id, c.related_id, k.number
              FROM (SELECT a.product_id, b.product_id AS related_id,
                           COUNT(*)::integer AS number %(counters)s
                      FROM fcrm_related_items a
                      JOIN fcrm_related_items b ON b.order_id = a.order_id
                           AND a.product_id < b.product_id
                     GROUP BY a.product_id, b.product_id
                    HAVING COUNT(*) >= %(fewest)s) c
             CROSS JOIN LATERAL (VALUES (0, c.number) %(values)s) k (tier_id, number)
             WHERE k.number >= %(fewest)s
            """,
            counters=counters,
            values=values,
            fewest=FEWEST_PAIRS,
        )

    def _fresh_select(self, company):
        """The rows as they are stored: both directions, the best of each product."""
        return SQL(
            """
            SELECT r.tier_id, r.product_id, r.related_id, r.pair_count,
                   r.product_count, r.support, r.confidence, r.lift
              FROM (SELECT s.*, ROW_NUMBER() OVER (
                               PARTITION BY s.tier_id, s.product_id
                               ORDER BY s.pair_count DESC, s.lift DESC, s.related_id
                           ) AS place
                      FROM (SELECT d.tier_id, d.product_id, d.related_id,
                                   d.number AS pair_count, a.number AS product_count,
                                   ROUND(d.number::numeric / g.order_count, 5)::float8
                                       AS support,
                                   ROUND(d.number::numeric / a.number, 4)::float8
                                       AS confidence,
                                   ROUND(d.number::numeric * g.order_count
                                         / (a.number::numeric * b.number), 2)::float8
                                       AS lift
                              FROM (SELECT tier_id, product_id, related_id, number
                                      FROM fcrm_related_pairs
                                     UNION ALL
                                    SELECT tier_id, related_id, product_id, number
                                      FROM fcrm_related_pairs) d
                              JOIN fcrm_related_groups g ON g.tier_id = d.tier_id
                              JOIN fcrm_related_singles a ON a.tier_id = d.tier_id
                                   AND a.product_id = d.product_id
                              JOIN fcrm_related_singles b ON b.tier_id = d.tier_id
                                   AND b.product_id = d.related_id) s
                     WHERE s.support >= %(support)s AND s.confidence >= %(confidence)s
                       AND s.lift > 1) r
             WHERE r.place <= %(kept)s
            """,
            support=company.fcrm_related_support / 100,
            confidence=company.fcrm_related_confidence / 100,
            kept=KEPT,
        )

    # === WRITING === #

    def _write_statement(self, company):
        """Write what differs; the number of rows that did."""
        return SQL(
            """
            WITH difference AS MATERIALIZED (
                SELECT t.id AS stored_id, n.*
                  FROM (%(fresh)s) n
                  FULL JOIN (SELECT * FROM followup_related_product
                              WHERE company_id = %(company)s) t
                       ON COALESCE(t.tier_id, 0) = n.tier_id
                      AND t.product_id = n.product_id AND t.related_id = n.related_id
                 WHERE t.id IS NULL OR n.product_id IS NULL
                    OR (n.pair_count, n.product_count, n.support, n.confidence, n.lift)
                       IS DISTINCT FROM
                       (t.pair_count, t.product_count, t.support, t.confidence, t.lift)
            ), gone AS (
                DELETE FROM followup_related_product
                 WHERE id IN (SELECT stored_id FROM difference
                               WHERE product_id IS NULL)
            ), changed AS (
                UPDATE followup_related_product t
                   SET (pair_count, product_count, support, confidence, lift) = ROW(
                       n.pair_count, n.product_count, n.support, n.confidence, n.lift)
                  FROM difference n
                 WHERE n.stored_id = t.id AND n.product_id IS NOT NULL
            ), made AS (
                INSERT INTO followup_related_product (
                    company_id, tier_id, product_id, related_id, pair_count,
                    product_count, support, confidence, lift)
                SELECT %(company)s, NULLIF(n.tier_id, 0), n.product_id, n.related_id,
                       n.pair_count, n.product_count, n.support, n.confidence, n.lift
                  FROM difference n WHERE n.stored_id IS NULL
            )
            SELECT COUNT(*) FROM difference
            """,
            fresh=self._fresh_select(company),
            company=company.id,
        )

    def _group_statement(self, base):
        """Note whose orders were counted, how many, and when."""
        return SQL(
            """
            WITH gone AS (
                DELETE FROM followup_related_group g
                 WHERE g.company_id = %(company)s AND NOT EXISTS (
                       SELECT FROM fcrm_related_groups n
                        WHERE n.tier_id = COALESCE(g.tier_id, 0))
            )
            INSERT INTO followup_related_group AS g (
                   company_id, tier_id, order_count, date)
            SELECT %(company)s, NULLIF(tier_id, 0), order_count, %(today)s
              FROM fcrm_related_groups
                ON CONFLICT (company_id, COALESCE(tier_id, 0)) DO UPDATE
               SET (order_count, date) = ROW(excluded.order_count, excluded.date)
             WHERE (g.order_count, g.date)
                   IS DISTINCT FROM (excluded.order_count, excluded.date)
            RETURNING g.id
            """,
            company=base.company.id,
            today=base.today,
        )
