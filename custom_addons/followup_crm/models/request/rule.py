from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .states import KINDS, OPEN_STATES


class RequestRule(models.Model):
    """Who gets a request: the first rule that fits decides.

    Conditions that are left empty fit everything. Without a rule a request goes to the
    customer's owner, a stranger's to an officer or manager.
    """

    _name = "followup.request.rule"
    _description = "Dispatch rule for requests"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    kind = fields.Selection(KINDS, string="Kind of request")
    customer_known = fields.Selection(
        [("known", "Known customers"), ("unknown", "Strangers")], string="Who asks"
    )
    owner_ids = fields.Many2many(
        "res.users",
        "followup_request_rule_owner_rel",
        string="Owners of the customer",
        help="The rule fits customers of one of these owners.",
    )
    tier_ids = fields.Many2many("followup.tier", string="Tiers of the customer")
    country_ids = fields.Many2many("res.country", string="Countries")
    customer_team_id = fields.Many2one(
        "crm.team",
        string="Sales team of the owner",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    assign_to = fields.Selection(
        [
            ("owner", "The customer's owner"),
            ("user", "A certain colleague"),
            ("team", "Whoever of a team has the fewest open requests"),
        ],
        string="Goes to",
        required=True,
        default="owner",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        index="btree_not_null",
        domain="[('share', '=', False)]",
    )
    team_id = fields.Many2one(
        "crm.team",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
    )
    request_count = fields.Integer(
        string="Requests", compute="_compute_request_count", compute_sudo=False
    )

    @api.depends_context("uid")
    def _compute_request_count(self):
        groups = self.env["followup.request"]._read_group(
            [("rule_id", "in", self.ids)], ["rule_id"], ["__count"]
        )
        counts = dict(groups)
        for rule in self:
            rule.request_count = counts.get(rule, 0)

    @api.constrains("assign_to", "user_id", "team_id")
    def _check_assignee(self):
        for rule in self:
            if rule.assign_to == "user" and not rule.user_id:
                raise ValidationError(self.env._("Choose the colleague who gets it."))
            if rule.assign_to == "team" and not rule.team_id.member_ids:
                raise ValidationError(self.env._("Choose a team that has members."))

    # === BUSINESS === #

    @api.model
    def _of_company(self, company):
        """The rules of a company in their order, elevated."""
        # Elevated: they decide on requests by mail, too.
        return self.sudo().search([("company_id", "in", (False, company.id))])

    def _fits(self, kind, customer, country):
        """Whether this rule decides on a request."""
        self.ensure_one()
        owner = customer.user_id
        known = "known" if customer else "unknown"
        return (
            self.kind in (False, kind)
            and self.customer_known in (False, known)
            and (not self.owner_ids or owner in self.owner_ids)
            and (not self.tier_ids or customer.tier_id in self.tier_ids)
            and (not self.country_ids or country in self.country_ids)
            and (
                not self.customer_team_id
                or owner
                and owner in self.customer_team_id.member_ids
            )
            and (self.assign_to != "owner" or owner.active)
        )

    def _get_assignee(self, company, customer, load):
        """The user to whom a rule gives a request; empty if nobody can take it.

        :param load: {user id: number of open requests}, kept up to date here
        """
        if self.assign_to == "owner":
            return customer.user_id
        users = self.user_id if self.assign_to == "user" else self.team_id.member_ids
        free = users.filtered(lambda one: one.active and company in one.company_ids)
        return free.sorted(lambda one: (load.get(one.id, 0), one.id))[:1]


class Request(models.Model):
    """Dispatch: by rule, else to the owner, else to an officer (Q1)."""

    _inherit = "followup.request"

    def _fill_handlers(self, vals_list):
        """Give each new request that names no handler the one its rule says."""
        lone = [vals for vals in vals_list if not vals.get("user_id")]
        by_company = {}
        for vals in lone:
            by_company.setdefault(vals["company_id"], []).append(vals)
        # Elevated: customers and loads are read for the dispatch whoever asks for it.
        here = self.sudo()
        customers = here.env["followup.customer"].browse(
            {vals["customer_id"] for vals in lone if vals.get("customer_id")}
        )
        customers.fetch(["user_id", "tier_id", "partner_id"])
        for company_id, group in by_company.items():
            company = here.env["res.company"].browse(company_id)
            rules = here.env["followup.request.rule"]._of_company(company)
            load = (
                here._get_load(company) if "team" in rules.mapped("assign_to") else {}
            )
            for vals in group:
                customer = customers.browse(vals.get("customer_id") or [])
                self._fill_handler(vals, company, customer, rules, load)

    def _fill_handler(self, vals, company, customer, rules, load):
        # Elevated as the dispatch itself.
        here = self.sudo()
        partner = here.env["res.partner"].browse(vals.get("partner_id") or [])
        country = here.env["res.country"].browse(vals.get("country_id") or [])
        country = country or partner.country_id or customer.partner_id.country_id
        user = here.env["res.users"]
        for rule in rules:
            if rule._fits(vals["kind"], customer, country):
                user = rule._get_assignee(company, customer, load)
                if user:
                    vals["rule_id"] = rule.id
                    break
        user = user or here.env["followup.complaint"]._get_handler(customer, company)
        load[user.id] = load.get(user.id, 0) + 1
        vals["user_id"] = user.id

    def _get_load(self, company):
        """{user id: number of open requests} in a company."""
        groups = self._read_group(
            [("company_id", "=", company.id), ("state", "in", OPEN_STATES)],
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}
