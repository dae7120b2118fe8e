from odoo import api, fields, models
from odoo.exceptions import AccessError

# What the limits of a scheme are checked by.
LIMIT_FIELDS = frozenset({"limit", "sequence", "active"})


class Tier(models.Model):
    """A class of a scheme (等级) with what it means for the work: its policy (T26).

    A tier that the history refers to is archived when it is deleted: no customer gets
    it any more, and the past stays readable.
    """

    _name = "followup.tier"
    _description = "Tier"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one(
        "followup.tier.scheme", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable name, for programs.")
    sequence = fields.Integer(default=10, help="The best class comes first.")
    color = fields.Integer(string="Colour")
    limit = fields.Float(
        string="Up to (%)",
        digits=(6, 2),
        help="Share: customers until this cumulative share of the measure. Rank: until"
        " this share of the number of customers.",
    )
    cap = fields.Integer(
        string="At most place",
        help="Rank only: the last place that belongs to this class; 0 for none.",
    )
    usual_share = fields.Float(
        string="Usual customers (%)",
        help="How many customers this class usually holds, to compare with.",
    )
    usual_measure = fields.Char(
        string="Usual turnover",
        help="Which part of the turnover this class usually brings, to compare with.",
    )
    has_limits = fields.Boolean(related="scheme_id.has_limits")
    method = fields.Selection(related="scheme_id.method", string="Method")
    country_id = fields.Many2one("res.country", readonly=True)
    industry_id = fields.Many2one("res.partner.industry", readonly=True)

    # Policy (T26)
    contact_interval_days = fields.Integer(string="Contact every (days)")
    visit_interval_days = fields.Integer(string="Visit every (days)")
    survey_interval_days = fields.Integer(string="Survey every (days)")
    benefits = fields.Text(translate=True)
    playbook = fields.Text(
        translate=True, help="How we deal with customers of this class."
    )
    response_factor = fields.Float(
        string="Response time factor",
        default=1.0,
        help="Promised response and resolution times are multiplied by this.",
    )
    delivery_priority = fields.Boolean(
        string="Delivered first", help="Orders of this class come first."
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        check_company=True,
        string="Price concession",
        help="Proposed for customers of this class; never set by itself.",
    )
    pool_idle_days = fields.Integer(string="Idle days until the pool")

    _code_unique = models.UniqueIndex(
        "(scheme_id, code) WHERE active IS TRUE",
        "Two tiers of a scheme cannot have the same code.",
    )
    _limit_percentage = models.Constraint(
        'CHECK ("limit" BETWEEN 0 AND 100)',
        "The limit of a tier is a percentage between 0 and 100.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        tiers = super().create(vals_list)
        tiers._check_scheme_limits()
        return tiers

    def write(self, vals):
        if "scheme_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("A tier stays in its scheme: make a new one in the other.")
            )
        result = super().write(vals)
        if LIMIT_FIELDS & set(vals):
            self._check_scheme_limits()
        if "sequence" in vals:
            self.scheme_id.filtered("is_policy")._mirror_policy_tier()
        return result

    def unlink(self):
        """Delete tiers; those that results or the history refer to are archived."""
        self.check_access("unlink")
        schemes = self.scheme_id
        used = self._get_used()
        # Elevated: overrides are ended for all customers, whoever owns them.
        self.env["followup.tier.override"].sudo().search(
            [("tier_id", "in", used.ids), ("state", "!=", "ended")]
        )._end()
        used.with_context(fcrm_tiers_follow=True).write({"active": False})
        result = super(Tier, self - used).unlink()
        if not self.env.context.get("fcrm_tiers_follow"):
            schemes._check_limits()
        return result

    def _check_scheme_limits(self):
        """The limits hold together; a whole scheme is checked after its last tier."""
        if not self.env.context.get("fcrm_tiers_follow"):
            self.scheme_id._check_limits()

    def _get_used(self):
        """Those that a class, an override or the history refers to."""
        used = set()
        # Elevated: foreign customers' history counts as well.
        for model, names in (
            ("followup.tier.assignment", ("tier_id", "computed_tier_id")),
            ("followup.tier.override", ("tier_id",)),
            ("followup.tier.change", ("from_tier_id", "to_tier_id")),
        ):
            for name in names:
                groups = (
                    self.env[model].sudo()._read_group([(name, "in", self.ids)], [name])
                )
                used.update(tier.id for (tier,) in groups)
        return self.filtered(lambda tier: tier.id in used)
