from odoo import api, fields, models
from odoo.tools import SQL

from ..models.complaint.states import (
    CHANNELS,
    NATURES,
    OUTCOMES,
    SEVERITIES,
    STATES,
)


class ComplaintReport(models.Model):
    """Statistics of complaints (C14): one row per complaint, figures in hours and days.

    Hours and days run on the calendar; kept promises are 100 or 0, so that their
    average is a percentage. Where something has not happened yet, the figure is empty.
    """

    _name = "followup.complaint.report"
    _description = "Complaint analysis"
    _auto = False
    _order = "received_date desc, id"
    _rec_name = "complaint_id"
    _depends = {
        "followup.complaint": [
            "state", "received_date", "acknowledged_date", "proposed_date",
            "closed_date", "category_id", "cause_id", "other_cost",
        ],
        "account.move": ["fcrm_complaint_id", "amount_untaxed_signed", "state"],
        "followup.satisfaction.response": [
            "index", "is_scored", "source", "kind", "date", "customer_id",
        ],
        "sale.order": ["fcrm_complaint_id", "state"],
        "sale.order.line": ["product_uom_qty"],
    }  # fmt: skip

    complaint_id = fields.Many2one("followup.complaint", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    customer_id = fields.Many2one("followup.customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Handled by", readonly=True)
    received_by_id = fields.Many2one("res.users", string="Taken by", readonly=True)
    tier_id = fields.Many2one("followup.tier", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product family", readonly=True
    )
    category_id = fields.Many2one("followup.complaint.category", readonly=True)
    cause_id = fields.Many2one("followup.complaint.cause", readonly=True)
    responsible_department = fields.Char(string="Responsible department", readonly=True)
    responsible_partner_id = fields.Many2one(
        "res.partner", string="Responsible company", readonly=True
    )
    channel = fields.Selection(CHANNELS, string="Received by", readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    nature = fields.Selection(NATURES, readonly=True)
    state = fields.Selection(STATES, string="Status", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    received_date = fields.Datetime(string="Received on", readonly=True)
    closed_date = fields.Datetime(string="Closed on", readonly=True)
    acknowledge_hours = fields.Float(
        string="Hours to acknowledge", aggregator="avg", readonly=True
    )
    propose_hours = fields.Float(
        string="Hours to propose", aggregator="avg", readonly=True
    )
    close_days = fields.Float(string="Days to close", aggregator="avg", readonly=True)
    acknowledge_kept = fields.Float(
        string="Acknowledged in time (%)", aggregator="avg", readonly=True
    )
    propose_kept = fields.Float(
        string="Proposed in time (%)", aggregator="avg", readonly=True
    )
    close_kept = fields.Float(
        string="Closed in time (%)", aggregator="avg", readonly=True
    )
    reopen_count = fields.Integer(string="Times reopened", readonly=True)
    recurrence = fields.Integer(
        string="Recurrences",
        readonly=True,
        help="The same product and cause within the year before.",
    )
    satisfied = fields.Float(
        string="Satisfied at the revisit (%)", aggregator="avg", readonly=True
    )
    satisfaction_before = fields.Float(
        string="Satisfaction before",
        aggregator="avg",
        readonly=True,
        help="The customer's last index (0–100) before the complaint.",
    )
    satisfaction_after = fields.Float(
        string="Satisfaction after",
        aggregator="avg",
        readonly=True,
        help="The customer's first index (0–100) after the complaint was closed; the"
        " short question about the complaint itself is left out.",
    )
    cost = fields.Monetary(
        readonly=True,
        help="Credit notes and replaced goods at cost, with the other costs.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT c.id, c.id AS complaint_id, c.company_id, c.customer_id, c.user_id,
                   c.received_by_id, f.tier_id, p.country_id, c.product_id,
                   pp.product_tmpl_id, c.category_id, c.cause_id,
                   c.responsible_department, c.responsible_partner_id, c.channel,
                   c.severity, c.nature, c.state, c.outcome, c.received_date,
                   c.closed_date, c.reopen_count,
                   EXTRACT(EPOCH FROM c.acknowledged_date - c.received_date) / 3600.0
                       AS acknowledge_hours,
                   EXTRACT(EPOCH FROM c.proposed_date
                           - COALESCE(c.reopened_date, c.received_date)) / 3600.0
                       AS propose_hours,
                   EXTRACT(EPOCH FROM c.closed_date - c.received_date) / 86400.0
                       AS close_days,
                   %(acknowledge)s AS acknowledge_kept,
                   %(propose)s AS propose_kept,
                   %(close)s AS close_kept,
                   CASE WHEN EXISTS (
                       SELECT 1 FROM followup_complaint b
                         JOIN product_product bp ON bp.id = b.product_id
                        WHERE b.company_id = c.company_id AND b.cause_id = c.cause_id
                          AND bp.product_tmpl_id = pp.product_tmpl_id
                          AND b.received_date < c.received_date
                          AND b.received_date >= c.received_date - interval '1 year')
                       THEN 1 ELSE 0 END AS recurrence,
                   CASE c.revisit_result WHEN 'satisfied' THEN 100.0
                        WHEN 'dissatisfied' THEN 0.0 END AS satisfied,
                   before.index AS satisfaction_before,
                   after.index AS satisfaction_after,
                   %(cost)s AS cost
              FROM followup_complaint c
              LEFT JOIN followup_customer f ON f.id = c.customer_id
              LEFT JOIN res_partner p ON p.id = f.partner_id
              LEFT JOIN product_product pp ON pp.id = c.product_id
              LEFT JOIN LATERAL (%(before)s) before ON TRUE
              LEFT JOIN LATERAL (%(after)s) after ON TRUE
            """,
            acknowledge=self._kept("acknowledge_deadline", "acknowledged_date"),
            propose=self._kept("propose_deadline", "proposed_date"),
            close=self._kept("close_deadline", "closed_date"),
            cost=self._cost(),
            before=self._satisfaction_before(),
            after=self._satisfaction_after(),
        )

    @api.model
    def _satisfaction_before(self):
        """The last index of the customer's own before it complained."""
        return SQL(
            """
            SELECT r.index FROM followup_satisfaction_response r
             WHERE r.customer_id = c.customer_id AND r.is_scored
               AND r.source = 'online' AND r.kind <> 'complaint'
               AND r.date < c.received_date::date
             ORDER BY r.date DESC, r.id DESC LIMIT 1
            """
        )

    @api.model
    def _satisfaction_after(self):
        """The first index of the customer's own since the complaint was closed."""
        return SQL(
            """
            SELECT r.index FROM followup_satisfaction_response r
             WHERE r.customer_id = c.customer_id AND r.is_scored
               AND r.source = 'online' AND r.kind <> 'complaint'
               AND r.date >= c.closed_date::date
             ORDER BY r.date, r.id LIMIT 1
            """
        )

    @api.model
    def _kept(self, deadline, stopped):
        """100 where a promise was kept, 0 where it was broken, else empty."""
        return SQL(
            """
            CASE WHEN %(deadline)s IS NULL THEN NULL
                 WHEN %(stopped)s <= %(deadline)s THEN 100.0
                 WHEN %(stopped)s IS NOT NULL
                      OR %(deadline)s < now() AT TIME ZONE 'UTC' THEN 0.0 END
            """,
            deadline=SQL.identifier("c", deadline),
            stopped=SQL.identifier("c", stopped),
        )

    @api.model
    def _cost(self):
        """What a complaint cost, in company currency."""
        return SQL(
            """
            COALESCE(c.other_cost, 0)
            - COALESCE((SELECT sum(m.amount_untaxed_signed) FROM account_move m
                         WHERE m.fcrm_complaint_id = c.id AND m.state <> 'cancel'), 0)
            + COALESCE((SELECT sum(
                            l.product_uom_qty * u.factor / pu.factor
                            * (lp.standard_price ->> c.company_id::text)::numeric)
                          FROM sale_order o
                          JOIN sale_order_line l ON l.order_id = o.id
                          JOIN product_product lp ON lp.id = l.product_id
                          JOIN product_template lt ON lt.id = lp.product_tmpl_id
                          JOIN uom_uom u ON u.id = l.product_uom_id
                          JOIN uom_uom pu ON pu.id = lt.uom_id
                         WHERE o.fcrm_complaint_id = c.id AND o.state <> 'cancel'), 0)
            """
        )
