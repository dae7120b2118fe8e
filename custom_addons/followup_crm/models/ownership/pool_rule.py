from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# (kind, days without contact, days without order) of a new company's rules.
FIGURES = (("prospect", 60, 365), ("ordered", 0, 90))
STOCK_FIGURES = (30, 180)
# Escalation where neither rule nor tier says otherwise.
ESCALATE_DAYS = 90


class PoolRule(models.Model):
    """When a customer leaves its owner for the pool (公海规则, F6).

    One rule per company and kind of customer, and one per tier where a tier differs.
    A customer that never ordered leaves after so many days without a real contact, or
    without an order whatever the contact. One that has ordered never leaves while it
    is active: its silence is told to a manager; it leaves when it is churned, its last
    order is past these days, and nobody was in contact as long.
    """

    _name = "followup.pool.rule"
    _description = "Rule of the customer pool"
    _rec_name = "applies_to"
    _order = "company_id, applies_to, tier_id, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    applies_to = fields.Selection(
        [("prospect", "Never ordered"), ("ordered", "Has ordered")],
        string="Customers",
        required=True,
        default="prospect",
    )
    tier_id = fields.Many2one(
        "followup.tier",
        check_company=True,
        ondelete="restrict",
        domain="[('scheme_id.is_policy', '=', True), ('company_id', '=', company_id)]",
        help="Empty: all tiers that have no rule of their own.",
    )
    contact_days = fields.Integer(
        string="Days without contact",
        default=60,
        help="Never ordered: until the customer leaves. Has ordered: until a manager is"
        " told; 0 takes the idle days of the customer's tier.",
    )
    order_days = fields.Integer(
        string="Days without order",
        required=True,
        default=365,
        help="Never ordered: whatever the contact. Has ordered: after the last order,"
        " and only if the customer is churned.",
    )

    # Query: the rule of a customer, joined by the forecast.
    _place_unique = models.UniqueIndex(
        "(company_id, applies_to, COALESCE(tier_id, 0)) WHERE active IS TRUE",
        "There is a rule for these customers already: change that one.",
    )
    _days_positive = models.Constraint(
        "CHECK (order_days > 0 AND contact_days >= 0)",
        "A rule needs at least one day without order.",
    )

    @api.depends("applies_to", "tier_id")
    def _compute_display_name(self):
        labels = dict(self._fields["applies_to"]._description_selection(self.env))
        for rule in self:
            parts = [labels.get(rule.applies_to), rule.tier_id.name]
            rule.display_name = ", ".join(filter(None, parts))

    @api.constrains("applies_to", "contact_days")
    def _check_contact_days(self):
        for rule in self:
            if rule.applies_to == "prospect" and rule.contact_days < 1:
                raise ValidationError(
                    self.env._(
                        "Say after how many days without contact a customer leaves"
                        " that never ordered."
                    )
                )

    @api.model
    def _make_for_companies(self, companies=None):
        """Give each company the usual rules, if it has none at all."""
        # Elevated: runs at installation, for every new company, and nightly.
        rules = self.sudo().with_context(active_test=False)
        if companies is None:
            companies = self.env["res.company"].sudo().search(Domain.TRUE)
        present = rules.search([("company_id", "in", companies.ids)]).company_id
        return rules.create(
            [
                {
                    "company_id": company.id,
                    "applies_to": kind,
                    "contact_days": contact_days,
                    "order_days": order_days,
                }
                for company in companies - present
                for kind, contact_days, order_days in FIGURES
            ]
        )

    def action_use_stock_figures(self):
        """Take the shorter figures that suit trading in stock goods."""
        self.check_access("write")
        contact_days, order_days = STOCK_FIGURES
        self.filtered(lambda rule: rule.applies_to == "prospect").write(
            {"contact_days": contact_days, "order_days": order_days}
        )
