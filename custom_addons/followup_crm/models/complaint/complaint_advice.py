from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import plaintext2html


class Complaint(models.Model):
    """What helps while one works: severity, advice, articles, table (C2, C11, C16)."""

    _inherit = "followup.complaint"

    severity_proposed = fields.Selection(
        selection=lambda self: self._fields["severity"].selection,
        string="Severity by the rules",
        compute="_compute_severity_proposed",
    )
    advice = fields.Text(compute="_compute_advice")
    article_ids = fields.Many2many(
        "followup.knowledge.article",
        "followup_complaint_article_rel",
        "complaint_id",
        "article_id",
        string="Articles that helped",
    )
    proposed_article_ids = fields.Many2many(
        "followup.knowledge.article",
        string="Articles that may help",
        compute="_compute_proposed_article_ids",
    )

    @api.depends(
        "category_id", "quantity", "customer_id", "subject", "description", "order_id"
    )
    def _compute_severity_proposed(self):
        # Elevated: the rules hold for mails and forms, too.
        rules = (
            self.env["followup.complaint.severity.rule"]
            .sudo()
            .search(Domain("company_id", "in", (False, *self.company_id.ids)))
        )
        shares = self._get_affected_shares()
        for complaint in self:
            fitting = rules.filtered(
                lambda rule, complaint=complaint: (
                    rule.company_id in (complaint.company_id, rule.company_id.browse())
                    and rule._fits(complaint, shares.get(complaint, 0))
                )
            )
            complaint.severity_proposed = (
                fitting[:1].severity or complaint.category_id.severity or "major"
            )

    @api.onchange("category_id", "quantity")
    def _onchange_severity(self):
        """Until it is acknowledged, the severity follows the rules."""
        if self.state == "received":
            self.severity = self.severity_proposed

    @api.depends("state", "category_id")
    @api.depends_context("lang")
    def _compute_advice(self):
        rows = self.env["followup.complaint.advice"].search(Domain.TRUE)
        for complaint in self:
            kind = complaint.category_id.kind
            fitting = rows.filtered(
                lambda row, complaint=complaint, kind=kind: (
                    row.state == complaint.state and row.kind in (False, kind)
                )
            )
            complaint.advice = "\n".join(fitting.mapped("text"))

    @api.depends("category_id", "cause_id", "product_id", "subject", "description")
    def _compute_proposed_article_ids(self):
        articles = self.env["followup.knowledge.article"]
        for complaint in self:
            # Only asked for on the form, where there is one complaint.
            found = articles._propose(complaint) if len(self) == 1 else articles
            complaint.proposed_article_ids = found - complaint.article_ids

    # === ACTIONS === #

    def action_apply_severity(self):
        """Take the severity that the rules propose."""
        for complaint in self:
            complaint.severity = complaint.severity_proposed

    def action_write_article(self):
        """Open a new article with what this complaint taught us."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New article"),
            "res_model": "followup.knowledge.article",
            "view_mode": "form",
            "context": {
                "default_name": self.subject,
                "default_problem": plaintext2html(self.description or self.subject),
                "default_solution": plaintext2html(
                    self.result_text or self.findings or ""
                ),
                "default_category_ids": self.category_id.ids,
                "default_cause_ids": self.cause_id.ids,
                "default_product_ids": self.product_id.product_tmpl_id.ids,
            },
        }

    # === BUSINESS === #

    def _is_top_tier(self):
        """Whether the customer is in the first tier of the policy scheme."""
        tier = self.sudo().customer_id.tier_id  # the file may be another's
        return bool(tier) and tier == tier.scheme_id.tier_ids.sorted("sequence")[:1]

    def _get_affected_shares(self):
        """{complaint: affected share of the ordered quantity in percent}."""
        # Elevated: the order decides whoever judges.
        lines = (
            self.env["sale.order.line"]
            .sudo()
            .search_fetch(
                Domain("order_id", "in", self.order_id.ids)
                & Domain("product_id", "in", self.product_id.ids),
                ["order_id", "product_id", "product_uom_qty"],
            )
        )
        ordered = {}
        for line in lines:
            key = (line.order_id.id, line.product_id.id)
            ordered[key] = ordered.get(key, 0) + line.product_uom_qty
        shares = {}
        for complaint in self:
            quantity = ordered.get((complaint.order_id.id, complaint.product_id.id))
            if quantity:
                shares[complaint] = 100 * complaint.quantity / quantity
        return shares

    def _get_compensations(self, category=None):
        """Rows of the compensation table that fit, the most special first."""
        self.ensure_one()
        category = category or self.category_id
        # Elevated: the table holds for whoever settles.
        rows = (
            self.env["followup.complaint.compensation"]
            .sudo()
            .search(
                Domain("company_id", "in", (False, self.company_id.id))
                & Domain("severity", "in", (False, self.severity))
            )
        )
        fitting = rows.filtered(
            lambda row: not row.category_ids or category in row.category_ids
        )
        return fitting.sorted(lambda row: not row.category_ids).sudo(False)

    def _missing_concession(self):
        """Offers beyond the compensation table need a manager's approval (C16)."""
        if self.env.su or self.env.user.has_group("followup_crm.group_manager"):
            return
        approved = self.approval_ids.filtered(
            lambda one: one.kind == "concession" and one.state == "approved"
        )
        limits = self._get_concession_limits()
        for proposal in self.proposal_ids.filtered(lambda p: p.state == "draft"):
            limit = limits.get(proposal.kind)
            if not approved and limit is not None and proposal.cost > limit:
                yield self.env._(
                    "“%(proposal)s” costs more than the table allows: ask the manager.",
                    proposal=proposal.name,
                )

    def _get_concession_limits(self):
        """{kind: what it may cost}; kinds that the table does not limit are absent."""
        # Elevated: the order may be a colleague's.
        order = self.sudo().order_id
        amount = order.amount_untaxed / (order.currency_rate or 1.0)
        limits = {}
        for row in self._get_compensations():
            limit = row._get_limit(amount)
            if limit is not None:
                limits.setdefault(row.kind, limit)
        return limits

    def _settle(self, kind, name, cost, result_text):
        """The fast track: all steps of a minor complaint at once (C16)."""
        self.ensure_one()
        self._check_step("settle")
        if self.state == "received":
            self._write_step(
                state="acknowledged", acknowledged_date=fields.Datetime.now()
            )
        self._check_concession(kind, cost)
        proposal = self.env["followup.complaint.proposal"].create(
            {"complaint_id": self.id, "kind": kind, "name": name, "cost": cost}
        )
        now = fields.Datetime.now()
        proposal._offer()
        proposal.sudo().write(  # the customer agrees as we speak: closed to writing
            {
                "state": "agreed",
                "answered_date": now,
                "answered_via": "recorded",
                "answered_by": self.env.user.name,
            }
        )
        self.result_text = result_text
        self._move(
            "settle",
            proposed_date=now,
            agreed_date=now,
            remedied_date=now,
            contained_date=self.contained_date or now,
        )
        self.action_tell()
        self.action_capa_not_needed()
        self.action_close()

    def _check_concession(self, kind, cost):
        """Raise where somebody concedes more than the table, but for managers."""
        limit = self._get_concession_limits().get(kind)
        is_manager = self.env.user.has_group("followup_crm.group_manager")
        if limit is not None and cost > limit and not is_manager:
            raise UserError(
                self.env._(
                    "This costs more than the table allows (%(limit)s): take the usual"
                    " way and ask the manager.",
                    limit=self.currency_id.format(limit),
                )
            )
