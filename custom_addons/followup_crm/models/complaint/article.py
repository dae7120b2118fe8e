from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext

from ...tools.words import search_words

# So many articles are proposed while one works.
PROPOSED = 5


class KnowledgeArticle(models.Model):
    """A problem and its solution (C11): proposed by category, product and words."""

    _name = "followup.knowledge.article"
    _inherit = ["mail.thread"]
    _description = "Article of the knowledge base"
    _order = "name, id"

    name = fields.Char(string="Problem", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    problem = fields.Html(string="How it shows itself")
    solution = fields.Html(required=True)
    keywords = fields.Char(
        help="Other words for it, as customers use them, in any language."
    )
    category_ids = fields.Many2many(
        "followup.complaint.category",
        "followup_article_category_rel",
        "article_id",
        "category_id",
        string="Categories",
    )
    cause_ids = fields.Many2many(
        "followup.complaint.cause",
        "followup_article_cause_rel",
        "article_id",
        "cause_id",
        string="Causes",
    )
    product_ids = fields.Many2many(
        "product.template",
        "followup_article_product_rel",
        "article_id",
        "product_id",
        string="Products",
    )
    complaint_ids = fields.Many2many(
        "followup.complaint",
        "followup_complaint_article_rel",
        "article_id",
        "complaint_id",
        string="Helped with",
        readonly=True,
    )
    helped_count = fields.Integer(
        string="Helped (times)", compute="_compute_helped_count"
    )
    words = fields.Char(
        compute="_compute_words", store=True, string="Words for searching"
    )

    # Query: articles that share words with a complaint.
    _words_index = models.Index("USING gin (to_tsvector('simple', words))")

    @api.depends("name", "problem", "solution", "keywords")
    def _compute_words(self):
        for article in self:
            texts = (html2plaintext(article[n] or "") for n in ("problem", "solution"))
            words = search_words(article.name, article.keywords, *texts)
            article.words = " ".join(words)

    @api.depends("complaint_ids")
    def _compute_helped_count(self):
        # Elevated: it helped with complaints that the reader may not see, too.
        counts = dict(
            self.env["followup.complaint"]
            .sudo()
            ._read_group(
                [("article_ids", "in", self.ids)], ["article_ids"], ["__count"]
            )
        )
        for article in self:
            article.helped_count = counts.get(article.sudo(), 0)

    # === ACTIONS === #

    def action_helped(self):
        """This article helped with the complaint that the context names."""
        self.ensure_one()
        self.check_access("read")
        complaint = self.env["followup.complaint"].browse(
            self.env.context.get("fcrm_complaint_id") or []
        )
        complaint.check_access("write")
        complaint.article_ids = [(4, self.id)]

    # === BUSINESS === #

    @api.model
    def _propose(self, complaint):
        """Articles for a complaint, the best first.

        A shared category or cause counts like two shared words, a product like three,
        each time it helped a little more.
        """
        words = search_words(complaint.subject, complaint.description)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM (
                    SELECT a.id, a.active,
                           (SELECT count(*)
                              FROM unnest(%(words)s::varchar[]) AS w (word)
                             WHERE to_tsvector('simple', a.words)
                                   @@ to_tsquery('simple', w.word)) AS shared,
                           (SELECT count(*) FROM followup_article_category_rel r
                             WHERE r.article_id = a.id
                               AND r.category_id = %(category)s) AS category,
                           (SELECT count(*) FROM followup_article_cause_rel r
                             WHERE r.article_id = a.id
                               AND r.cause_id = %(cause)s) AS cause,
                           (SELECT count(*) FROM followup_article_product_rel r
                             WHERE r.article_id = a.id
                               AND r.product_id = %(product)s) AS product,
                           (SELECT count(*) FROM followup_complaint_article_rel r
                             WHERE r.article_id = a.id) AS helped
                      FROM followup_knowledge_article a
                     WHERE a.active
                       AND (a.company_id IS NULL OR a.company_id = %(company)s)
                       AND (to_tsvector('simple', a.words)
                            @@ to_tsquery('simple', %(any)s)
                            OR EXISTS (SELECT 1 FROM followup_article_product_rel r
                                        WHERE r.article_id = a.id
                                          AND r.product_id = %(product)s)
                            OR EXISTS (SELECT 1 FROM followup_article_category_rel r
                                        WHERE r.article_id = a.id
                                          AND r.category_id = %(category)s))
                ) found
                 ORDER BY shared + 2 * category + 2 * cause + 3 * product
                          + ln(1 + helped) DESC, id
                 LIMIT %(limit)s
                """,
                words=words,
                any=" | ".join(words) or "w",
                category=complaint.category_id.id or 0,
                cause=complaint.cause_id.id or 0,
                product=complaint.product_id.product_tmpl_id.id or 0,
                company=complaint.company_id.id,
                limit=PROPOSED,
            )
        )
        return self.browse([article_id for (article_id,) in rows])

    @api.model
    def _search_display_name(self, operator, value):
        """Find by any of its words, not only by its title."""
        domain = super()._search_display_name(operator, value)
        if operator in ("ilike", "like") and isinstance(value, str) and value:
            domain |= Domain("keywords", operator, value)
        return domain
