from functools import partial

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bulk import execute_bulk
from ..customer.customer_profile import SIZES
from ..tier.fact_base import FactBase

KINDS = [
    ("country", "Country"),
    ("industry", "Industry"),
    ("size", "Size"),
    ("channel", "Channel"),
    ("category", "First product category"),
]
# The model that a kind's values are ids of; sizes are keys of a selection.
MODELS = {
    "country": "res.country",
    "industry": "res.partner.industry",
    "channel": "followup.information.channel",
    "category": "product.category",
}
# One customer of a kind proves nothing.
FEWEST_BEST = 2


class Trait(models.Model):
    """What the best customers have in common, against all customers (N4).

    For each value of five traits: the share of it among the customers in the first tier
    of the company's policy scheme, and among all who ever bought; of both only those
    whose trait is known count. Lift is the one share ÷ the other. Written by
    ``_refresh`` only, which writes only what differs.
    """

    _name = "followup.trait"
    _description = "Trait of the best customers"
    _rec_name = "value_name"
    _order = "is_common desc, lift desc, best_count desc, id"
    _log_access = False

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True, string="Trait")
    value = fields.Char(required=True, readonly=True, string="Key of the value")
    value_name = fields.Char(compute="_compute_value_name", string="Value")
    best_count = fields.Integer(string="Best customers", readonly=True)
    best_total = fields.Integer(
        string="Best customers known", readonly=True, aggregator=None
    )
    all_count = fields.Integer(string="All customers", readonly=True)
    all_total = fields.Integer(
        string="All customers known", readonly=True, aggregator=None
    )
    best_share = fields.Float(
        string="Share of the best", readonly=True, aggregator=None
    )
    all_share = fields.Float(string="Share of all", readonly=True, aggregator=None)
    lift = fields.Float(
        readonly=True,
        aggregator=None,
        help="How many times as frequent among the best as among all.",
    )
    is_common = fields.Boolean(
        string="Typical of the best",
        readonly=True,
        help="Frequent among the best and clearly more so than among all; the limits"
        " stand in the settings. Prospects are compared with these.",
    )

    # Query: the refresh's comparison; the traits of a company for its prospects.
    _company_value = models.UniqueIndex("(company_id, kind, value)")

    @api.depends("kind", "value")
    @api.depends_context("lang")
    def _compute_value_name(self):
        sizes = dict(
            self.env["followup.customer"]
            ._fields["size_category"]
            ._description_selection(self.env)
        )
        names = {("size", key): sizes[key] for key, _label in SIZES}
        for kind, traits in self.grouped("kind").items():
            if kind in MODELS:
                # Elevated: a name of a list, whoever may read the list.
                records = self.env[MODELS[kind]].sudo()
                found = records.browse(int(trait.value) for trait in traits).exists()
                names.update({(kind, str(one.id)): one.display_name for one in found})
        for trait in self:
            trait.value_name = names.get((trait.kind, trait.value), trait.value)

    # === ACTIONS === #

    @api.model
    def action_refresh(self):
        """Compute what the best have in common in the user's companies now."""
        if not self.env.user.has_group("followup_crm.group_user"):
            raise AccessError(self.env._("Ask a manager to have this computed."))
        # Elevated: the traits are nobody's to write.
        for company in self.env.companies:
            self.sudo()._refresh(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_refresh(self):
        """Nightly, company by company, after the classes."""
        companies = self.env["res.company"].search(Domain.TRUE)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        attempt = self.env["followup.tier.engine"]._attempt
        for company in companies:
            attempt(company.name, partial(self._refresh_by_id, company.id))
            if not cron._commit_progress(1):
                break

    def _refresh_by_id(self, company_id):
        self._refresh(self.env["res.company"].browse(company_id))

    # === BUSINESS === #

    @api.model
    def _refresh(self, company, today=None):
        """Compute the traits of a company, and which prospects have them.

        :param today: the first day that does not count (default: today)
        :return: number of traits that were made, changed or removed
        """
        self.env.flush_all()
        rows = execute_bulk(
            self.env,
            SQL(
                """
                WITH difference AS MATERIALIZED (
                    SELECT t.id AS stored_id, n.*
                      FROM (%(fresh)s) n
                      FULL JOIN (SELECT * FROM followup_trait t
                                  WHERE t.company_id = %(company)s) t
                           ON t.kind = n.kind AND t.value = n.value
                     WHERE t.id IS NULL OR n.kind IS NULL
                        OR (n.best_count, n.best_total, n.all_count, n.all_total,
                            n.best_share, n.all_share, n.lift, n.is_common)
                           IS DISTINCT FROM
                           (t.best_count, t.best_total, t.all_count, t.all_total,
                            t.best_share, t.all_share, t.lift, t.is_common)
                ), gone AS (
                    DELETE FROM followup_trait
                     WHERE id IN (SELECT stored_id FROM difference WHERE kind IS NULL)
                ), changed AS (
                    UPDATE followup_trait t
                       SET (best_count, best_total, all_count, all_total, best_share,
                            all_share, lift, is_common) = ROW(
                            n.best_count, n.best_total, n.all_count, n.all_total,
                            n.best_share, n.all_share, n.lift, n.is_common)
                      FROM difference n
                     WHERE n.stored_id = t.id AND n.kind IS NOT NULL
                ), made AS (
                    INSERT INTO followup_trait (
                        company_id, kind, value, best_count, best_total, all_count,
                        all_total, best_share, all_share, lift, is_common)
                    SELECT %(company)s, n.kind, n.value, n.best_count, n.best_total,
                           n.all_count, n.all_total, n.best_share, n.all_share, n.lift,
                           n.is_common
                      FROM difference n WHERE n.stored_id IS NULL
                )
                SELECT COUNT(*) FROM difference
                """,
                fresh=self._fresh_select(FactBase(company, today)),
                company=company.id,
            ),
        )
        self.env.invalidate_all()
        self.env["followup.likeness"]._refresh(company)
        return rows[0][0]

    def _fresh_select(self, base):
        """The traits as they are stored: those that any of the best has."""
        company = base.company
        return SQL(
            """
            SELECT s.*, s.best_count >= %(fewest)s AND s.lift >= %(lift)s
                        AND s.best_share >= %(share)s AS is_common
              FROM (SELECT g.kind, g.value, g.best_count, g.best_total, g.all_count,
                           g.all_total,
                           ROUND(g.best_count::numeric / g.best_total, 4)::float8
                               AS best_share,
                           ROUND(g.all_count::numeric / g.all_total, 4)::float8
                               AS all_share,
                           ROUND(g.best_count::numeric * g.all_total
                                 / (g.best_total * g.all_count::numeric), 2)::float8
                               AS lift
                      FROM (SELECT k.kind, k.value,
                                   (COUNT(*) FILTER (WHERE b.best))::integer
                                       AS best_count,
                                   COUNT(*)::integer AS all_count,
                                   (SUM(COUNT(*) FILTER (WHERE b.best))
                                       OVER (PARTITION BY k.kind))::integer
                                       AS best_total,
                                   (SUM(COUNT(*)) OVER (PARTITION BY k.kind))::integer
                                       AS all_total
                              FROM (%(customers)s) b
                             CROSS JOIN LATERAL (VALUES
                                   ('country', b.country_id::varchar),
                                   ('industry', b.industry_id::varchar),
                                   ('size', b.size_category),
                                   ('channel', b.source_channel_id::varchar),
                                   ('category', b.categ_id::varchar)
                             ) k (kind, value)
                             WHERE k.value IS NOT NULL
                             GROUP BY k.kind, k.value) g
                     WHERE g.best_count > 0) s
            """,
            fewest=FEWEST_BEST,
            lift=company.fcrm_likeness_lift,
            share=company.fcrm_likeness_share / 100,
            customers=self._customer_select(base),
        )

    def _customer_select(self, base):
        """Everybody who ever bought, with its traits and whether it is in the first
        tier of the policy scheme.
        """
        return SQL(
            """
            SELECT COALESCE(y.place = 1, FALSE) AS best, p.country_id, p.industry_id,
                   f.size_category, f.source_channel_id, c.categ_id
              FROM followup_customer f
              JOIN res_partner p ON p.id = f.partner_id
              JOIN (SELECT DISTINCT customer_id FROM followup_sales_month
                     WHERE company_id = %(company)s) m ON m.customer_id = f.id
              LEFT JOIN %(policy)s y ON y.customer_id = f.id
              LEFT JOIN (%(categories)s) c ON c.partner_id = f.partner_id
             WHERE f.company_id = %(company)s AND f.active
            """,
            company=base.company.id,
            policy=base.policy(),
            categories=self._first_category_select(base.company),
        )

    def _first_category_select(self, company):
        """Category of the largest line of each customer's first order."""
        return SQL(
            """
            SELECT DISTINCT ON (o.partner_id) o.partner_id, t.categ_id
              FROM (SELECT DISTINCT ON (p.commercial_partner_id)
                           p.commercial_partner_id AS partner_id, o.id
                      FROM sale_order o
                      JOIN res_partner p ON p.id = o.partner_id
                     WHERE o.company_id = %s AND o.state = 'sale'
                     ORDER BY p.commercial_partner_id, o.date_order, o.id) o
              JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
              JOIN product_product v ON v.id = l.product_id
              JOIN product_template t ON t.id = v.product_tmpl_id
             ORDER BY o.partner_id, l.price_subtotal DESC, l.id
            """,
            company.id,
        )
