from odoo import api, fields, models
from odoo.tools import SQL

# How classes share out the whole company's sales is not for those who see only their
# own customers.
SEES_ALL = (
    "followup_crm.group_user_all,followup_crm.group_manager,"
    "followup_crm.group_complaint_officer"
)


class Tier(models.Model):
    """What a tier holds now, beside the rule that led to it (T1)."""

    _inherit = "followup.tier"

    customer_count = fields.Integer(
        string="Customers", compute="_compute_distribution", groups=SEES_ALL
    )
    customer_share = fields.Float(
        string="Customers (%)",
        compute="_compute_distribution",
        digits=(6, 1),
        groups=SEES_ALL,
        help="Of all customers of the scheme.",
    )
    measure_share = fields.Float(
        string="Measure (%)",
        compute="_compute_distribution",
        digits=(6, 1),
        groups=SEES_ALL,
        help="Of what the scheme measures (turnover, margin or volume); negative"
        " figures count as none.",
    )

    @api.depends("scheme_id.last_run_id")
    def _compute_distribution(self):
        """Customers and measure per tier: one statement for all tiers shown."""
        figures = self._get_distribution()
        totals = {}
        for scheme_id, _tier_id, count, measure in figures:
            customers, total = totals.get(scheme_id, (0, 0.0))
            totals[scheme_id] = (customers + count, total + measure)
        by_tier = {row[1]: row[2:] for row in figures}
        for tier in self:
            count, measure = by_tier.get(tier._origin.id, (0, 0.0))
            customers, total = totals.get(tier.scheme_id._origin.id, (0, 0.0))
            tier.customer_count = count
            tier.customer_share = 100 * count / customers if customers else 0
            tier.measure_share = 100 * measure / total if total else 0

    # === ACTIONS === #

    def action_open_tier(self):
        """The tier's policy: intervals, promises, benefits, playbook (T26)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Policy of %(tier)s", tier=self.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # === BUSINESS === #

    def _get_distribution(self):
        """Rows of scheme, tier, customers and positive measure for these schemes."""
        schemes = self.scheme_id._origin.ids
        if not schemes:
            return []
        return self.env.execute_query(
            SQL(
                """
                SELECT a.scheme_id, a.tier_id, COUNT(*),
                       COALESCE(SUM(a.measure) FILTER (WHERE a.measure > 0), 0)
                  FROM followup_tier_assignment a
                  JOIN followup_customer f ON f.id = a.customer_id AND f.active
                 WHERE a.scheme_id IN %s
                 GROUP BY a.scheme_id, a.tier_id
                """,
                tuple(schemes),
            )
        )


class TierScheme(models.Model):
    _inherit = "followup.tier.scheme"

    last_moved_count = fields.Integer(
        related="last_run_id.moved_count", string="Moved last time"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    # === ACTIONS === #

    def action_open_assignments(self):
        """The classes of this scheme's customers."""
        action = self._get_result_action("tier_assignment_action")
        action["context"]["search_default_group_tier"] = 1
        return action

    def action_open_changes(self):
        """The history of this scheme."""
        return self._get_result_action("tier_change_action")

    def action_open_runs(self):
        """The computations of this scheme."""
        return self._get_result_action("tier_run_action")

    def _get_result_action(self, name):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(f"followup_crm.{name}")
        action["domain"] = [("scheme_id", "=", self.id)]
        action["context"] = {"default_scheme_id": self.id}
        return action
