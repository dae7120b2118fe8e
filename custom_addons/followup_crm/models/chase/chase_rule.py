from odoo import api, fields, models

KINDS = [("quotation", "Quotation"), ("sample", "Sample")]


class ChaseRule(models.Model):
    """When we remind a customer of a kind of thing, and how often (催单).

    Shipped for all companies; a company's own row for the same kind comes first.
    """

    _name = "followup.chase.rule"
    _description = "Rule for reminders"
    _order = "kind, id"
    _rec_name = "kind"

    kind = fields.Selection(KINDS, string="What is chased", required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    days = fields.Integer(
        string="After days without reply",
        required=True,
        default=5,
        help="Since it was sent, or since our last mail about it.",
    )
    interval_days = fields.Integer(
        string="Days between reminders", required=True, default=7
    )
    limit_count = fields.Integer(
        string="Reminders at most", required=True, default=2, help="For one thing."
    )
    reply_days = fields.Integer(
        string="It worked within days",
        required=True,
        default=7,
        help="A reply or an order within so many days counts for the reminder.",
    )

    _figures_positive = models.Constraint(
        "CHECK (days > 0 AND interval_days > 0 AND limit_count > 0 AND reply_days > 0)",
        "Days and numbers of reminders are greater than nothing.",
    )
    # Query: the rule of a company; one for each kind.
    _rule_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), kind)",
        "There is a rule for this kind already.",
    )

    @api.model
    def _of_company(self, company):
        """{kind: rule}: the company's own before the shipped; elevated.

        A company's own rule that is archived switches its kind off.
        """
        # Elevated: the nightly job reads them.
        rules = (
            self.sudo()
            .with_context(active_test=False)
            .search([("company_id", "in", (False, company.id))])
        )
        rules = rules.sorted(lambda rule: bool(rule.company_id))
        return {
            k: r for k, r in {rule.kind: rule for rule in rules}.items() if r.active
        }
