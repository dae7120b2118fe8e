from odoo import api, fields, models

from .loose_many2one import LooseMany2one

INTERVALS = ("contact_interval_days", "visit_interval_days", "survey_interval_days")


class Customer(models.Model):
    """The classes of a customer file, and the policy that follows (T26, T28)."""

    _inherit = "followup.customer"

    tier_id = LooseMany2one(
        "followup.tier",
        readonly=True,
        copy=False,
        help="The class in the company's policy scheme.",
    )
    tier_sequence = fields.Integer(
        string="Tier order", readonly=True, copy=False, default=999, aggregator=None
    )
    tier_color = fields.Integer(related="tier_id.color", string="Tier colour")
    assignment_ids = fields.One2many(
        "followup.tier.assignment", "customer_id", string="Classes", readonly=True
    )
    tier_change_ids = fields.One2many(
        "followup.tier.change", "customer_id", string="Moves", readonly=True
    )
    override_ids = fields.One2many(
        "followup.tier.override", "customer_id", string="Manual overrides"
    )
    contact_interval_days = fields.Integer(
        string="Contact every (days)", compute="_compute_policy"
    )
    visit_interval_days = fields.Integer(
        string="Visit every (days)", compute="_compute_policy"
    )
    survey_interval_days = fields.Integer(
        string="Survey every (days)", compute="_compute_policy"
    )
    policy_note = fields.Text(
        string="What asks for it",
        compute="_compute_policy",
        help="Which tier asked for each interval.",
    )

    # Query: files that left, whose classes end; few among many.
    _archived = models.Index("(company_id) WHERE active IS NOT TRUE")
    # Query: our lists, tier I first.
    _tier_order = models.Index("(tier_sequence, code, id)")

    @api.depends("assignment_ids.tier_id")
    @api.depends_context("lang")
    def _compute_policy(self):
        """The strictest interval of all tiers wins, and says which tier asked."""
        labels = self.fields_get(INTERVALS, ["string"])
        for customer in self:
            notes = []
            # Elevated: a policy is no secret to those who see the customer.
            assignments = customer.sudo().assignment_ids
            tiers = assignments.filtered("scheme_id.active").tier_id
            for name in INTERVALS:
                asking = tiers.filtered(name).sorted(name)[:1]
                customer[name] = asking[name]
                if asking:
                    notes.append(
                        self.env._(
                            "%(what)s %(days)s: tier %(tier)s of %(scheme)s",
                            what=labels[name]["string"],
                            days=asking[name],
                            scheme=asking.scheme_id.name,
                            tier=asking.name,
                        )
                    )
            customer.policy_note = "\n".join(notes)
