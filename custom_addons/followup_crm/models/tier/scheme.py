import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .methods import METHODS

MEASURES = [("amount", "Turnover"), ("margin", "Margin"), ("quantity", "Volume")]
# A scheme stays with the company for which it was made.
FIXED = frozenset({"company_id"})


class TierScheme(models.Model):
    """A way to classify the customers of one company (分类方案, T1–T19).

    What is shipped are templates, schemes without a company; each company has its own
    copy of every template, which it may change. The method is a class of
    ``methods/``; everything else is data.
    """

    _name = "followup.tier.scheme"
    _inherit = ["mail.thread", "followup.guarded.mixin"]
    _description = "Classification scheme"
    _order = "sequence, id"
    _check_company_auto = True
    _server_only = frozenset({"last_run_id"})

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable name, for programs.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=False,
        tracking=True,
        help="Only schemes that are switched on are computed.",
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        help="Empty: a template, of which each company gets a copy.",
    )
    method = fields.Selection(
        selection="_selection_method",
        required=True,
    )
    description = fields.Text(
        translate=True,
        string="How it decides",
        help="The rule in one plain sentence.",
    )
    measure = fields.Selection(
        MEASURES,
        required=True,
        default="amount",
        tracking=True,
        help="Margin counts only where it is recorded; volume adds up units.",
    )
    window_months = fields.Integer(
        default=12,
        required=True,
        tracking=True,
        string="Window (months)",
        help="The months up to yesterday, in the company's time zone.",
    )
    hysteresis_periods = fields.Integer(
        string="Demotion buffer (months)",
        tracking=True,
        help="A customer is demoted only after so many months below its class. 0: at"
        " once. Promotions take effect at once.",
    )
    is_policy = fields.Boolean(
        string="Policy scheme",
        tracking=True,
        help="The one scheme of the company whose class is shown as the customer's"
        " badge and whose policy sets response times, delivery priority and prices.",
    )
    tier_ids = fields.One2many("followup.tier", "scheme_id", string="Tiers", copy=True)
    is_manual = fields.Boolean(compute="_compute_method_traits")
    has_limits = fields.Boolean(compute="_compute_method_traits")
    last_run_id = fields.Many2one("followup.tier.run", readonly=True, copy=False)
    last_run_date = fields.Datetime(related="last_run_id.date", string="Computed on")

    _code_company_unique = models.UniqueIndex(
        "(code, company_id)", "There is a scheme with this code in this company."
    )
    _one_policy_scheme = models.UniqueIndex(
        "(company_id) WHERE is_policy IS TRUE",
        "A company has one policy scheme only: take the mark from the other first.",
    )
    _window_positive = models.Constraint(
        "CHECK (window_months > 0 AND hysteresis_periods >= 0)",
        "The window has at least one month, the demotion buffer none or more.",
    )

    @api.model
    def _selection_method(self):
        return [(code, method.label(self.env)) for code, method in METHODS.items()]

    @api.depends("method")
    def _compute_method_traits(self):
        for scheme in self:
            method = METHODS.get(scheme.method)
            scheme.is_manual = bool(method and method.manual)
            scheme.has_limits = bool(method and method.has_limits)

    # === CONSTRAINTS === #

    @api.constrains("tier_ids", "method")
    def _check_limits(self):
        for scheme in self:
            # A template's tiers are loaded one after the other.
            if not scheme.has_limits or not scheme.tier_ids or not scheme.company_id:
                continue
            limits = scheme.tier_ids.sorted("sequence").mapped("limit")
            if limits != sorted(limits) or len(set(limits)) != len(limits):
                raise ValidationError(
                    self.env._(
                        "The limits of %(scheme)s must rise from tier to tier.",
                        scheme=scheme.name,
                    )
                )
            if limits[-1] != 100:
                raise ValidationError(
                    self.env._(
                        "The last tier of %(scheme)s must have the limit 100 %%, so"
                        " that every customer finds a class.",
                        scheme=scheme.name,
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Make schemes with their tiers; the limits are checked when all are there."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        schemes = super(TierScheme, self.with_context(fcrm_tiers_follow=True)).create(
            vals_list
        )
        return schemes.with_env(self.env)

    def copy_data(self, default=None):
        """A copy within the company gets a code of its own and is switched off."""
        copies = super().copy_data(default)
        if "company_id" not in (default or {}):
            for vals in copies:
                vals |= {"code": f"{vals['code']}_copy", "active": False}
                vals["is_policy"] = False
        return copies

    def write(self, vals):
        self._refuse_server_only(vals, fixed=FIXED)
        following = self.with_context(fcrm_tiers_follow=True)
        result = super(TierScheme, following).write(vals)
        if "active" in vals and not vals["active"]:
            self._forget_results()
        if {"active", "is_policy"} & set(vals):
            self._mirror_policy_tier()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        raise UserError(
            self.env._("Schemes are switched off, not deleted: results refer to them.")
        )

    # === ACTIONS === #

    def action_compute(self):
        """Compute these schemes now (default: all that are switched on, T20).

        Managers only. Called without records it computes the current company's.

        :return: a notification that says how many customers moved
        """
        return self._get_to_compute()._compute_now()._get_notification()

    def action_compute_stepwise(self):
        """The same from the screen: one scheme after the other, with progress.

        Each is a transaction of its own, so that none of them waits for the others.
        """
        schemes = self._get_to_compute()
        return {
            "type": "ir.actions.client",
            "tag": "followup_crm.compute",
            "params": {"schemes": [{"id": s.id, "name": s.name} for s in schemes]},
        }

    def compute_step(self):
        """Compute one scheme for the screen that shows the progress.

        :return: dict ``customers``, ``moved`` (first classes among them), ``seconds``
        """
        self.ensure_one()
        run = self._get_to_compute()._compute_now()
        return {
            "customers": run.customer_count,
            "moved": run.moved_count + run.first_count,
            "seconds": run.seconds,
        }

    def _get_to_compute(self):
        """These, or all that are on, if the user may; the policy scheme first."""
        self.check_access("read")
        if not self.env.user.has_group("followup_crm.group_manager"):
            raise AccessError(self.env._("Only a manager starts the classification."))
        schemes = self or self.with_context(active_test=True).search(
            [("company_id", "=", self.env.company.id)]
        )
        return schemes.sorted(lambda scheme: not scheme.is_policy)

    def _compute_now(self):
        # Elevated: results are nobody's to write but the engine's.
        return self.env["followup.tier.engine"].sudo()._compute_schemes(self.sudo())

    # === BUSINESS === #

    def _get_rule_version(self):
        """What decided at the time of a run, as compact JSON."""
        self.ensure_one()
        return json.dumps(
            {
                "method": self.method,
                "measure": self.measure,
                "months": self.window_months,
                "buffer": self.hysteresis_periods,
                "tiers": [[t.code, t.limit, t.cap] for t in self.tier_ids],
            }
        )

    def _forget_results(self):
        """Classes of a scheme that is switched off are gone; its history stays."""
        # Elevated: classes are nobody's to delete but the engine's.
        self.env["followup.tier.assignment"].sudo().search(
            [("scheme_id", "in", self.ids)]
        ).unlink()

    @api.model
    def _get_policy(self, company):
        """The company's switched-on policy scheme, or none."""
        # Elevated: which scheme rules is no secret.
        schemes = self.sudo().with_context(active_test=True)
        return schemes.search(
            [("company_id", "=", company.id), ("is_policy", "=", True)], limit=1
        )

    def _mirror_policy_tier(self):
        """The badge follows when another scheme becomes the policy scheme."""
        self.env.flush_all()
        for company in self.company_id:
            self.env["followup.tier.engine"]._mirror_policy_tier(company)
        self.env["followup.customer"].invalidate_model(["tier_id", "tier_sequence"])

    @api.model
    def _make_for_companies(self, companies=None):
        """Give each company its own copy of every template that it has not yet.

        Runs at every installation and update, for every new company, and nightly.
        """
        # Elevated: templates belong to no company, so nobody sees them.
        schemes = self.sudo().with_context(active_test=False, tracking_disable=True)
        templates = schemes.search([("company_id", "=", False)])
        if companies is None:
            companies = self.env["res.company"].sudo().search(Domain.TRUE)
        present = {
            (scheme.company_id.id, scheme.code)
            for scheme in schemes.search([("company_id", "in", companies.ids)])
        }
        for company in companies:
            missing = templates.filtered(
                lambda t, company=company: (company.id, t.code) not in present
            )
            missing.with_context(fcrm_tiers_follow=True).copy(
                {"company_id": company.id}
            )
        self._copy_translations()

    @api.model
    def _copy_translations(self):
        """Give the companies' copies the languages that their templates have learnt.

        Copies are made before the first translations are loaded, and languages come
        later. What a company has renamed keeps its name in all languages.
        """
        self.env.flush_all()
        for name in ("name", "description"):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE followup_tier_scheme c SET %(name)s = %(t)s || %(c)s
                      FROM followup_tier_scheme t
                     WHERE t.company_id IS NULL AND c.company_id IS NOT NULL
                       AND t.code = c.code
                       AND %(t)s ->> 'en_US' = %(c)s ->> 'en_US'
                       AND %(t)s || %(c)s <> %(c)s
                    """,
                    name=SQL.identifier(name),
                    t=SQL.identifier("t", name),
                    c=SQL.identifier("c", name),
                )
            )
        for name in ("name", "benefits", "playbook"):
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE followup_tier c SET %(name)s = %(t)s || %(c)s
                      FROM followup_tier t
                      JOIN followup_tier_scheme ts ON ts.id = t.scheme_id
                           AND ts.company_id IS NULL
                      JOIN followup_tier_scheme cs ON cs.code = ts.code
                           AND cs.company_id IS NOT NULL
                     WHERE cs.id = c.scheme_id AND t.code = c.code
                       AND %(t)s ->> 'en_US' = %(c)s ->> 'en_US'
                       AND %(t)s || %(c)s <> %(c)s
                    """,
                    name=SQL.identifier(name),
                    t=SQL.identifier("t", name),
                    c=SQL.identifier("c", name),
                )
            )
        self.env["followup.tier"].invalidate_model()
        self.invalidate_model()
