from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...tools.day import company_today
from .pool_rule import ESCALATE_DAYS

REASONS = [
    ("contact", "No contact"),
    ("order", "No order"),
    ("churned", "Churned, and no contact"),
]
# Churned is who has not ordered for so many times its own rhythm.
CHURN_FACTOR = 3
CHURN_MIN_ORDERS = 4


class PoolForecast(models.Model):
    """When each owned customer leaves for the pool, and what keeps it (F6).

    The one definition of the pool's rules, live: the list before switching the pool
    on, the sentence on the customer file and the daily run all read it. Dates count
    in the company's time zone. A customer never leaves unwarned: where the first
    warning has not been given, the day of leaving is pushed off accordingly.
    """

    _name = "followup.pool.forecast"
    _description = "Forecast of the customer pool"
    _auto = False
    _rec_name = "customer_id"
    _order = "leave_date, id"
    _depends = {
        "followup.customer": [
            "user_id",
            "company_id",
            "active",
            "tier_id",
            "owner_since",
            "last_contact_date",
            "last_order_date",
            "first_order_date",
            "order_count",
            "order_interval_days",
            "pool_locked",
        ],
        "followup.pool.rule": [
            "company_id",
            "active",
            "applies_to",
            "tier_id",
            "contact_days",
            "order_days",
        ],
        "followup.pool.watch": ["customer_id", "warned_on", "plan_until"],
        "followup.pool.appeal": ["customer_id", "user_id", "state", "keep_until"],
        "followup.tier": ["pool_idle_days"],
        "res.company": ["fcrm_pool_warning_days", "fcrm_churn_days"],
        "sale.order": ["partner_id", "company_id", "state", "delivery_status"],
        "crm.lead": ["partner_id", "company_id", "type", "active", "won_status"],
        "stock.picking": ["partner_id", "company_id", "state", "picking_type_id"],
        "calendar.event": ["start", "active", "partner_ids"],
    }

    customer_id = fields.Many2one("followup.customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    user_id = fields.Many2one("res.users", string="Account owner", readonly=True)
    tier_id = fields.Many2one("followup.tier", readonly=True)
    rule_id = fields.Many2one("followup.pool.rule", readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    idle_from = fields.Date(
        string="Idle since",
        readonly=True,
        help="The last real contact, or the day on which the owner got the customer.",
    )
    idle_days = fields.Integer(
        string="Idle days", readonly=True, aggregator="avg", help="Until today."
    )
    due_date = fields.Date(
        string="Due by the rule",
        readonly=True,
        help="By the rule alone, without appeal, plan and warnings.",
    )
    leave_date = fields.Date(
        string="Leaves on", readonly=True, help="Empty: never by itself."
    )
    days_left = fields.Integer(
        string="Days left", readonly=True, aggregator="min", help="Until it leaves."
    )
    escalate_date = fields.Date(string="Manager is told on", readonly=True)
    plan_date = fields.Date(string="Plan that keeps it", readonly=True)
    exemption = fields.Selection(
        selection="_get_exemption_labels", string="What keeps it", readonly=True
    )
    explanation = fields.Char(compute="_compute_explanation", string="Because")

    @property
    def _table_query(self):
        return self._forecast_select()

    # === WHAT KEEPS A CUSTOMER === #

    @api.model
    def _get_exemptions(self):
        """What keeps a customer with its owner, the first that holds is told.

        Rooms that know other reasons (an open complaint, a running contract) add
        theirs: rows (code, label, SQL condition on the file ``f``).
        """
        return [
            ("locked", self.env._("Locked by a manager"), SQL("""f.pool_locked""")),
            (
                "appeal",
                self.env._("An appeal waits"),
                SQL(
                    """EXISTS (SELECT FROM followup_pool_appeal a
                                WHERE a.customer_id = f.id AND a.state = 'requested')"""
                ),
            ),
            (
                "order",
                self.env._("Open order"),
                SQL(
                    """EXISTS (SELECT FROM res_partner p
                                 JOIN sale_order o ON o.partner_id = p.id
                                WHERE p.commercial_partner_id = f.partner_id
                                  AND o.company_id = f.company_id AND o.state = 'sale'
                                  AND (o.delivery_status
                                           IN ('pending', 'started', 'partial')
                                       OR o.invoice_status = 'to invoice'))"""
                ),
            ),
            (
                "shipment",
                self.env._("Goods on their way"),
                SQL(
                    """EXISTS (SELECT FROM res_partner p
                                 JOIN stock_picking s ON s.partner_id = p.id
                                 JOIN stock_picking_type t ON t.id = s.picking_type_id
                                WHERE p.commercial_partner_id = f.partner_id
                                  AND s.company_id = f.company_id
                                  AND t.code = 'outgoing' AND s.state
                                      IN ('waiting', 'confirmed', 'assigned'))"""
                ),
            ),
            (
                "opportunity",
                self.env._("Active opportunity"),
                SQL(
                    """EXISTS (SELECT FROM res_partner p
                                 JOIN crm_lead l ON l.partner_id = p.id
                                WHERE p.commercial_partner_id = f.partner_id
                                  AND (l.company_id = f.company_id
                                       OR l.company_id IS NULL)
                                  AND l.type = 'opportunity' AND l.active
                                  AND l.won_status = 'pending')"""
                ),
            ),
        ]

    @api.model
    def _get_exemption_labels(self):
        return [(code, label) for code, label, _sql in self._get_exemptions()]

    @api.model
    def _get_plan_selects(self):
        """SQL: the day of each dated plan for the file ``f``; rooms add theirs."""
        return [
            SQL(
                """SELECT (e.start)::date AS day
                     FROM res_partner p
                     JOIN calendar_event_res_partner_rel r ON r.res_partner_id = p.id
                     JOIN calendar_event e ON e.id = r.calendar_event_id AND e.active
                    WHERE p.commercial_partner_id = f.partner_id"""
            ),
            SQL(
                """SELECT i.date AS day FROM followup_interaction i
                    WHERE i.customer_id = f.id
                      AND i.state IN ('planned', 'confirmed')"""
            ),
        ]

    # === THE DEFINITION === #

    @api.model
    def _get_day_rows(self):
        """SQL rows of each company: id, today there, days of the first warning."""
        # Elevated: the view is the same for all; rules decide who sees which rows.
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        return SQL(", ").join(
            SQL(
                """(%s, %s::date, %s)""",
                company.id,
                company_today(company),
                max(company._get_pool_warning_days()),
            )
            for company in companies
        )

    @api.model
    def _forecast_select(self):
        """One row per active file that has an owner."""
        exemptions = SQL(" ").join(
            SQL("""WHEN %s THEN %s""", condition, code)
            for code, _label, condition in self._get_exemptions()
        )
        return SQL(
            """
            SELECT d.id, d.id AS customer_id, d.company_id, d.user_id, d.tier_id,
                   d.rule_id, d.idle_from, d.today - d.idle_from AS idle_days,
                   d.escalate_date, d.due_date, l.day AS leave_date,
                   l.day - d.today AS days_left, n.day AS plan_date,
                   CASE WHEN d.ordered THEN 'churned'
                        WHEN d.due_date < d.idle_from + d.contact_days THEN 'order'
                        ELSE 'contact' END AS reason,
                   (SELECT CASE %(exemptions)s END
                      FROM followup_customer f WHERE f.id = d.id) AS exemption
              FROM (%(due)s) d
              LEFT JOIN followup_pool_watch w ON w.customer_id = d.id
              LEFT JOIN LATERAL (
                   SELECT MIN(n.day) AS day
                     FROM followup_customer f, LATERAL (%(plans)s) n
                    WHERE f.id = d.id AND n.day >= d.today
                      AND d.due_date <= d.today + d.warning AND w.plan_until IS NULL) n
                     ON TRUE
              LEFT JOIN LATERAL (
                   SELECT GREATEST(
                       d.due_date,
                       (SELECT MAX(a.keep_until) + 1 FROM followup_pool_appeal a
                         WHERE a.customer_id = d.id AND a.user_id = d.user_id
                           AND a.state = 'approved'
                           AND a.decided_on >= d.owned_from),
                       (SELECT LEAST(p.day, d.due_date + d.contact_days) + 1
                          FROM (VALUES (COALESCE(w.plan_until, n.day))) AS p (day)
                         WHERE p.day IS NOT NULL),
                       COALESCE(w.warned_on, d.today) + d.warning) AS day
                    WHERE d.due_date IS NOT NULL) l ON TRUE
            """,
            due=self._due_select(),
            exemptions=exemptions,
            plans=SQL(" UNION ALL ").join(self._get_plan_selects()),
        )

    @api.model
    def _due_select(self):
        """The dates by the rules alone: due_date, escalate_date per file."""
        return SQL(
            """
            SELECT f.id, f.company_id, f.user_id, f.tier_id, f.rule_id, f.today,
                   f.warning, f.ordered, f.owned_from, f.idle_from, f.contact_days,
                   CASE WHEN f.rule_id IS NULL THEN NULL
                        WHEN f.ordered
                        THEN GREATEST(f.last_order_date + f.order_days,
                                      f.last_order_date + f.churn_days,
                                      f.idle_from + f.contact_days)
                        ELSE LEAST(f.idle_from + f.contact_days,
                                   f.owned_from + f.order_days) END AS due_date,
                   CASE WHEN f.ordered AND f.rule_id IS NOT NULL
                        THEN f.idle_from + f.contact_days END
                       AS escalate_date
              FROM (SELECT f.id, f.company_id, f.user_id, f.tier_id, c.today, c.warning,
                           f.first_order_date IS NOT NULL AS ordered,
                           f.last_order_date,
                           COALESCE(f.owner_since, f.create_date::date) AS owned_from,
                           GREATEST(f.last_contact_date,
                                    COALESCE(f.owner_since, f.create_date::date))
                               AS idle_from,
                           COALESCE(rt.id, ra.id) AS rule_id,
                           COALESCE(rt.order_days, ra.order_days) AS order_days,
                           COALESCE(NULLIF(COALESCE(rt.contact_days,
                                                    ra.contact_days), 0),
                                    NULLIF(t.pool_idle_days, 0), %(escalate)s)
                               AS contact_days,
                           CASE WHEN f.order_count >= %(orders)s
                                     AND f.order_interval_days > 0
                                THEN CEIL(%(factor)s * f.order_interval_days)::int
                                ELSE o.fcrm_churn_days END AS churn_days
                      FROM followup_customer f
                      JOIN (VALUES %(days)s) AS c (id, today, warning)
                        ON c.id = f.company_id
                      JOIN res_company o ON o.id = f.company_id
                      LEFT JOIN followup_tier t ON t.id = f.tier_id
                      LEFT JOIN followup_pool_rule rt ON rt.company_id = f.company_id
                           AND rt.active AND rt.tier_id = f.tier_id
                           AND rt.applies_to = %(kind)s
                      LEFT JOIN followup_pool_rule ra ON ra.company_id = f.company_id
                           AND ra.active AND ra.tier_id IS NULL
                           AND ra.applies_to = %(kind)s
                     WHERE f.active AND f.user_id IS NOT NULL) f
            """,
            days=self._get_day_rows(),
            escalate=ESCALATE_DAYS,
            orders=CHURN_MIN_ORDERS,
            factor=CHURN_FACTOR,
            kind=SQL(
                """CASE WHEN f.first_order_date IS NULL THEN 'prospect'
                        ELSE 'ordered' END"""
            ),
        )

    # === ACTIONS === #

    def action_open_customer(self):
        """Open the customer file."""
        self.ensure_one()
        self.check_access("read")
        return self.customer_id._get_form_action()

    # === EXPLAINING === #

    @api.depends("leave_date", "days_left", "reason", "exemption", "idle_days")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            row.explanation = row._explain()

    def _explain(self):
        """One sentence: when it leaves and why, or what keeps it."""
        self.ensure_one()
        if not self.leave_date:
            return self.env._("Stays: no rule of the pool is for this customer.")
        if self.exemption:
            labels = dict(self._get_exemption_labels())
            return self.env._("Stays: %(reason)s.", reason=labels[self.exemption])
        values = {
            "days": max(self.days_left, 0),
            "date": format_date(self.env, self.leave_date),
            "idle": self.idle_days,
        }
        if self.plan_date and self.leave_date > self.due_date:
            return self.env._(
                "Leaves in %(days)s days (%(date)s): the plan of %(plan)s keeps it"
                " once.",
                plan=format_date(self.env, self.plan_date),
                **values,
            )
        if self.reason == "order":
            return self.env._(
                "Leaves in %(days)s days (%(date)s) because it has not ordered since"
                " you have it.",
                **values,
            )
        if self.reason == "churned":
            return self.env._(
                "Leaves in %(days)s days (%(date)s) unless it orders or you get in"
                " touch: its last order is long past, last contact %(idle)s days ago.",
                **values,
            )
        return self.env._(
            "Leaves in %(days)s days (%(date)s) because nobody has been in touch for"
            " %(idle)s days.",
            **values,
        )
