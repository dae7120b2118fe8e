from odoo import api, fields, models
from odoo.tools import SQL

from ...const import CONTACT_METHODS
from ..interaction.interaction import KINDS

OUTCOMES = [
    ("done", "Done"),
    ("late", "Late"),
    ("missed", "Missed"),
    ("open", "To come"),
    ("extra", "Extra"),
    ("cancelled", "Cancelled"),
]


class InteractionPlanAnalysis(models.Model):
    """Plans against reality, one row per contact: what counts as what.

    A contact of a plan is done, late (its day is over, the month is not), missed (said
    so, or still open when the month is over), to come, or cancelled; what was cancelled
    does not count as planned. A done contact that stands in no plan is extra. Days are
    those of who looks. What is for the account team only is left out.
    """

    _name = "followup.interaction.plan.analysis"
    _description = "Contact plans against reality"
    _auto = False
    _rec_name = "customer_id"
    _order = "month desc, id desc"
    _depends = {
        "followup.interaction": [
            "plan_id",
            "plan_tier_id",
            "customer_id",
            "user_id",
            "company_id",
            "state",
            "date",
            "method",
            "kind",
            "is_personal",
        ],
        "followup.interaction.plan": ["user_id", "company_id", "month"],
        "followup.customer": ["tier_id"],
    }

    plan_id = fields.Many2one(
        "followup.interaction.plan", string="Contact plan", readonly=True
    )
    interaction_id = fields.Many2one(
        "followup.interaction", string="Contact", readonly=True
    )
    user_id = fields.Many2one("res.users", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    month = fields.Date(readonly=True)
    date = fields.Date(string="Day", readonly=True)
    customer_id = fields.Many2one("followup.customer", readonly=True)
    plan_tier_id = fields.Many2one("followup.tier", string="Tier", readonly=True)
    method = fields.Selection(CONTACT_METHODS, readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    planned_count = fields.Integer(string="Planned", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    late_count = fields.Integer(string="Late", readonly=True)
    missed_count = fields.Integer(string="Missed", readonly=True)
    open_count = fields.Integer(string="To come", readonly=True)
    extra_count = fields.Integer(string="Extra", readonly=True)
    done_rate = fields.Float(
        string="Done (%)",
        readonly=True,
        aggregator="avg",
        help="Done contacts of plans as a part of those planned.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT r.*, (r.outcome = 'done')::int AS done_count,
                   (r.outcome = 'late')::int AS late_count,
                   (r.outcome = 'missed')::int AS missed_count,
                   (r.outcome = 'open')::int AS open_count,
                   (r.outcome = 'extra')::int AS extra_count,
                   (r.outcome NOT IN ('extra', 'cancelled'))::int AS planned_count,
                   CASE WHEN r.outcome = 'done' THEN 100
                        WHEN r.outcome NOT IN ('extra', 'cancelled') THEN 0
                   END AS done_rate
              FROM (%s UNION ALL %s) r
            """,
            self._line_select(),
            self._extra_select(),
        )

    @api.model
    def _line_select(self):
        """SQL: the contacts that stand in a plan, with what became of each."""
        return SQL(
            """
            SELECT i.id, i.id AS interaction_id, p.id AS plan_id, p.user_id,
                   p.company_id, p.month, COALESCE(i.plan_date, i.date) AS date,
                   i.customer_id, i.plan_tier_id, i.method, i.kind,
                   CASE WHEN i.state IN ('done', 'cancelled', 'missed') THEN i.state
                        WHEN i.date >= %(today)s THEN 'open'
                        WHEN p.month + interval '1 month' <= %(today)s THEN 'missed'
                        ELSE 'late' END AS outcome
              FROM followup_interaction i
              JOIN followup_interaction_plan p ON p.id = i.plan_id
             WHERE NOT COALESCE(i.is_personal, FALSE)
            """,
            today=fields.Date.context_today(self),
        )

    @api.model
    def _extra_select(self):
        """SQL: what was done without a plan, beside the plan of its month, if any."""
        return SQL(
            """
            SELECT i.id, i.id AS interaction_id, p.id AS plan_id, i.user_id,
                   i.company_id, date_trunc('month', i.date::timestamp)::date AS month,
                   i.date,
                   i.customer_id, f.tier_id AS plan_tier_id, i.method, i.kind,
                   'extra' AS outcome
              FROM followup_interaction i
              JOIN followup_customer f ON f.id = i.customer_id
              LEFT JOIN followup_interaction_plan p ON p.user_id = i.user_id
                   AND p.company_id = i.company_id
                   AND p.month = date_trunc('month', i.date::timestamp)::date
                   AND i.date >= p.month AND i.date < p.month + interval '1 month'
             WHERE i.plan_id IS NULL AND i.state = 'done'
               AND NOT COALESCE(i.is_personal, FALSE)
            """
        )

    # === ACTIONS === #

    def action_open(self):
        """Open the contact behind a row."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.interaction",
            "res_id": self.interaction_id.id,
            "view_mode": "form",
        }
