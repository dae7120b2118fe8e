from odoo import api, fields, models
from odoo.tools import SQL

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
        policies = self._get_policies()
        for customer in self:
            notes = []
            policy = policies.get(customer._origin.id, {})
            for name in INTERVALS:
                days, asking = policy.get(name, (0, None))
                customer[name] = days
                if asking:
                    notes.append(
                        self.env._(
                            "%(what)s %(days)s: tier %(tier)s of %(scheme)s",
                            what=labels[name]["string"],
                            days=days,
                            scheme=asking.scheme_id.name,
                            tier=asking.name,
                        )
                    )
            customer.policy_note = "\n".join(notes)

    # === BUSINESS === #

    @api.model
    def _policy_select(self, customers):
        """SQL: what the tiers of customers ask for, one row per customer that has any.

        Columns: ``customer_id``, and for each interval its days and the tier that asks
        for it, the strictest one of all schemes that are switched on:
        ``contact_interval_days, contact_interval_tier, visit_interval_days…``

        :param customers: SQL of the customers' ids, an array or a subquery
        """
        return SQL(
            """
            SELECT a.customer_id,
                   MIN(t.contact_interval_days)
                       FILTER (WHERE t.contact_interval_days > 0)
                       AS contact_interval_days,
                   (ARRAY_AGG(t.id ORDER BY t.contact_interval_days, s.sequence, t.id)
                    FILTER (WHERE t.contact_interval_days > 0))[1]
                       AS contact_interval_tier,
                   MIN(t.visit_interval_days)
                       FILTER (WHERE t.visit_interval_days > 0)
                       AS visit_interval_days,
                   (ARRAY_AGG(t.id ORDER BY t.visit_interval_days, s.sequence, t.id)
                    FILTER (WHERE t.visit_interval_days > 0))[1]
                       AS visit_interval_tier,
                   MIN(t.survey_interval_days)
                       FILTER (WHERE t.survey_interval_days > 0)
                       AS survey_interval_days,
                   (ARRAY_AGG(t.id ORDER BY t.survey_interval_days, s.sequence, t.id)
                    FILTER (WHERE t.survey_interval_days > 0))[1]
                       AS survey_interval_tier
              FROM followup_tier_assignment a
              JOIN followup_tier t ON t.id = a.tier_id
               AND (t.contact_interval_days > 0 OR t.visit_interval_days > 0
                    OR t.survey_interval_days > 0)
              JOIN followup_tier_scheme s ON s.id = t.scheme_id AND s.active
             WHERE a.customer_id = ANY(%s)
             GROUP BY a.customer_id
            """,
            customers,
        )

    def _get_policies(self):
        """What the tiers of these customers ask for.

        :return: dict of customer id: dict of interval's field: (days, tier that asks)
        """
        for name in ("followup.tier", "followup.tier.scheme"):
            self.env[name].flush_model()
        select = self._policy_select(SQL("""%s""", self._origin.ids))
        rows = self.env.execute_query_dict(select)
        asking = {row[_tier_column(name)] for row in rows for name in INTERVALS}
        # Elevated: a policy is no secret to those who see the customer.
        tiers = self.env["followup.tier"].sudo().browse(asking - {None})
        tiers.fetch(["name", "scheme_id"])
        by_id = {tier.id: tier for tier in tiers}
        return {
            row["customer_id"]: {
                name: (row[name], by_id[row[_tier_column(name)]])
                for name in INTERVALS
                if row[name]
            }
            for row in rows
        }


def _tier_column(name):
    """The column that says which tier asks for an interval."""
    return name.replace("_days", "_tier")
