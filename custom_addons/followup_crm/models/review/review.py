from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [("new", "Unanswered"), ("answered", "Answered"), ("closed", "Closed")]
SERVER_ONLY = frozenset(
    "state answered_on answered_by_id complaint_id score_rate is_bad".split()
)


class Review(models.Model):
    """A public review (公开评价): registered, answered, followed up (Q4).

    A score is compared with others as percent of the platform's scale. A bad one is
    proposed as a complaint at once.
    """

    _name = "followup.review"
    _inherit = ["mail.thread", "mail.activity.mixin", "followup.guarded.mixin"]
    _description = "Public review"
    _order = "date desc, id desc"
    _check_company_auto = True
    _server_only = SERVER_ONLY

    name = fields.Char(string="Headline", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    platform_id = fields.Many2one(
        "followup.review.platform",
        string="Where",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    date = fields.Date(
        string="Published on", required=True, default=fields.Date.context_today
    )
    author = fields.Char(string="Written by")
    score = fields.Float(required=True, tracking=True, aggregator="avg")
    scale_max = fields.Float(
        string="Best score there",
        compute="_compute_scale_max",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
    )
    score_rate = fields.Float(
        string="Score (%)",
        compute="_compute_score_rate",
        store=True,
        precompute=True,
        aggregator="avg",
        help="The score as percent of the best one there.",
    )
    is_bad = fields.Boolean(
        string="Bad review", compute="_compute_score_rate", store=True, precompute=True
    )
    text = fields.Text(string="What it says")
    url = fields.Char(string="Link")
    customer_id = fields.Many2one(
        "followup.customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="If you know who wrote it.",
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", check_company=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled by",
        default=lambda self: self.env.user,
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    phrase_id = fields.Many2one(
        "followup.phrase",
        string="Add a phrase",
        store=False,
        domain="[('situation', 'in', ('review_good', 'review_bad', 'thanks'))]",
    )
    answer = fields.Text(string="Our answer", tracking=True)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="new",
        readonly=True,
        tracking=True,
        index=True,
    )
    answered_on = fields.Date(string="Answered on", readonly=True, tracking=True)
    answered_by_id = fields.Many2one("res.users", string="Answered by", readonly=True)
    complaint_id = fields.Many2one(
        "followup.complaint",
        string="Complaint made of it",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    action_ids = fields.One2many(
        "followup.action", "review_id", string="Improvement actions"
    )
    action_count = fields.Integer(compute="_compute_action_count")

    # Query: the scores of a product or platform over time.
    _trend_order = models.Index("(company_id, date)")

    # === COMPUTE === #

    @api.depends("platform_id")
    def _compute_scale_max(self):
        for review in self:
            review.scale_max = review.platform_id.scale_max or review.scale_max or 5

    @api.depends("score", "scale_max", "company_id")
    def _compute_score_rate(self):
        for review in self:
            best = review.scale_max or 1
            review.score_rate = 100 * review.score / best
            # Elevated: the limit is no secret.
            limit = review.company_id.sudo().fcrm_review_limit
            review.is_bad = review.score_rate <= limit

    @api.depends("action_ids")
    def _compute_action_count(self):
        groups = self.env["followup.action"]._read_group(
            [("review_id", "in", self.ids)], ["review_id"], ["__count"]
        )
        counts = {review.id: count for review, count in groups}
        for review in self:
            review.action_count = counts.get(review.id, 0)

    # === CONSTRAINTS === #

    @api.constrains("score", "scale_max")
    def _check_score(self):
        for review in self:
            if not 0 <= review.score <= review.scale_max:
                raise ValidationError(
                    self.env._(
                        "The score lies between 0 and %(best)g on this platform.",
                        best=review.scale_max,
                    )
                )

    @api.constrains("url")
    def _check_url(self):
        """The link is shown to be clicked: web pages only."""
        for review in self.filtered("url"):
            try:
                parts = urlsplit(review.url.strip())
                is_page = parts.scheme in ("http", "https") and bool(parts.hostname)
            except ValueError:
                is_page = False
            if not is_page or any(sign.isspace() for sign in review.url.strip()):
                raise ValidationError(
                    self.env._(
                        "The link must be a web address that begins with http:// or"
                        " https://."
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Register reviews; of bad ones somebody is asked to make a complaint."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        if not self.env.su:
            self._check_customers({vals.get("customer_id") for vals in vals_list})
        reviews = super().create(vals_list)
        reviews.filtered("is_bad")._propose_complaint()
        return reviews

    def write(self, vals):
        self._refuse_server_only(vals)
        if "company_id" in vals:
            raise UserError(
                self.env._("A review stays in the company that it is about.")
            )
        if vals.get("customer_id") and not self.env.su:
            self._check_customers({vals["customer_id"]})
        known = self.filtered("is_bad")
        result = super().write(vals)
        if {"score", "scale_max", "platform_id"} & vals.keys():
            (self.filtered("is_bad") - known)._propose_complaint()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_followed_up(self):
        if any(review.complaint_id for review in self):
            raise UserError(
                self.env._("A complaint was made of this review: it stays on record.")
            )

    def _check_customers(self, ids):
        """Nobody hangs a review on a customer that he may not see."""
        files = self.env["followup.customer"].browse(one for one in ids if one)
        files.check_access("read")
