from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ...const import REGION_BY_COUNTRY, UNKNOWN_REGION
from ...tools.day import company_today
from ...tools.forecast import forecast


class AccountPlan(models.Model):
    """Targets against what was reached, and the forecast (A5)."""

    _inherit = "followup.account.plan"

    target_turnover = fields.Monetary(
        compute="_compute_targets", store=True, string="Target turnover"
    )
    target_margin = fields.Monetary(
        compute="_compute_targets", store=True, string="Target margin"
    )
    target_visits = fields.Integer(
        compute="_compute_targets", store=True, string="Target visits"
    )
    actual_turnover = fields.Monetary(
        compute="_compute_actual", string="Turnover so far"
    )
    actual_margin = fields.Monetary(compute="_compute_actual", string="Margin so far")
    actual_visits = fields.Integer(compute="_compute_actual", string="Visits so far")
    last_turnover = fields.Monetary(
        compute="_compute_actual", string="Turnover last year"
    )
    target_so_far = fields.Monetary(
        compute="_compute_actual",
        string="Target so far",
        help="Targets of the full months of the year.",
    )
    reached = fields.Float(
        compute="_compute_actual",
        string="Of the year's target (%)",
        help="Turnover so far as part of the target of the year.",
    )
    forecast_turnover = fields.Monetary(
        compute="_compute_actual", string="Forecast of the year"
    )
    forecast_reached = fields.Float(
        compute="_compute_actual", string="Forecast of the target (%)"
    )
    forecast_text = fields.Text(
        compute="_compute_actual", string="How the forecast is reckoned"
    )
    outlook = fields.Selection(
        [("good", "On target"), ("close", "Just below"), ("bad", "Below target")],
        compute="_compute_actual",
        help="The forecast reaches the target, 90 % of it, or less.",
    )

    @api.depends("line_ids.turnover", "line_ids.margin", "line_ids.visits")
    def _compute_targets(self):
        for plan in self:
            plan.target_turnover = sum(plan.line_ids.mapped("turnover"))
            plan.target_margin = sum(plan.line_ids.mapped("margin"))
            plan.target_visits = sum(plan.line_ids.mapped("visits"))

    @api.depends("account_id", "region", "year", "target_turnover")
    @api.depends_context("lang")
    def _compute_actual(self):
        """Full months count for the forecast; the running one is shown, no more."""
        found = self._origin._get_actuals()
        nothing = {name: [0] * 12 for name in ("now", "last", "margin", "visits")}
        for plan in self:
            figures = found.get(plan._origin.id, nothing)
            months = plan._get_full_months()
            ahead = forecast(figures["now"], figures["last"], months)
            plan.actual_turnover = sum(figures["now"])
            plan.actual_margin = sum(figures["margin"])
            plan.actual_visits = sum(figures["visits"])
            plan.last_turnover = sum(figures["last"])
            plan.target_so_far = sum(
                line.turnover
                for line in plan.line_ids
                if int(line.month or 1) <= months
            )
            target = plan.target_turnover
            plan.reached = 100 * plan.actual_turnover / target if target else 0
            plan.forecast_turnover = ahead.value
            plan.forecast_reached = 100 * ahead.value / target if target else 0
            plan.outlook = plan._get_outlook(ahead)
            plan.forecast_text = plan._explain(ahead)

    def _get_full_months(self):
        """Months of the plan's year that are over where the company is."""
        self.ensure_one()
        today = company_today(self.company_id or self.env.company)
        if self.year < today.year:
            return 12
        return today.month - 1 if self.year == today.year else 0

    def _get_outlook(self, ahead):
        if not self.target_turnover or ahead.basis == "none":
            return False
        if ahead.value >= self.target_turnover:
            return "good"
        return "close" if ahead.value >= 0.9 * self.target_turnover else "bad"

    def _explain(self, ahead):
        """The formula with its figures, in one sentence."""

        def money(amount):
            return formatLang(self.env, amount, digits=0)

        figures = {
            "value": money(ahead.value),
            "now": money(ahead.so_far),
            "last": money(ahead.last_so_far),
            "year": money(ahead.last_year),
            "months": ahead.months,
        }
        if ahead.basis == "final":
            return self.env._("The year is over: %(value)s.", **figures)
        if ahead.basis == "none":
            return self.env._("No month of the year is over: no forecast yet.")
        if ahead.basis == "even":
            return self.env._(
                "%(now)s in %(months)s full months × 12 ÷ %(months)s = %(value)s; last"
                " year sold nothing up to then, so every month counts alike.",
                **figures,
            )
        return self.env._(
            "%(now)s in %(months)s full months × last year's %(year)s ÷ %(last)s in the"
            " same months = %(value)s: like last year's seasons.",
            **figures,
        )

    # === READING === #

    def _get_actuals(self):
        """Months of these plans' years, for all of them by two statements.

        :return: dict of plan id: dict of ``now``, ``last``, ``margin``, ``visits``:
            lists of 12
        """
        names = ("now", "last", "margin", "visits")
        result = {plan.id: {name: [0] * 12 for name in names} for plan in self}
        if not result:
            return result
        self.env.flush_all()
        for plan_id, year, month, amount, margin in self.env.execute_query(
            SQL(
                """
                SELECT p.id, EXTRACT(YEAR FROM m.month)::integer - p.year,
                       EXTRACT(MONTH FROM m.month)::integer,
                       SUM(m.amount)::float8, SUM(m.margin)::float8
                  FROM (%s) p
                  JOIN followup_sales_month m ON m.customer_id = p.customer_id
                       AND m.month >= make_date(p.year - 1, 1, 1)
                       AND m.month < make_date(p.year + 1, 1, 1)
                 GROUP BY 1, 2, 3
                """,
                self._members_select(),
            )
        ):
            if year:
                result[plan_id]["last"][month - 1] = amount
            else:
                result[plan_id]["now"][month - 1] = amount
                result[plan_id]["margin"][month - 1] = margin or 0
        for plan_id, month, visits in self.env.execute_query(
            SQL(
                """
                SELECT p.id, EXTRACT(MONTH FROM i.date)::integer, COUNT(*)
                  FROM (%s) p
                  JOIN followup_interaction i ON i.customer_id = p.customer_id
                       AND i.date >= make_date(p.year, 1, 1)
                       AND i.date < make_date(p.year + 1, 1, 1)
                 WHERE i.state = 'done' AND i.method IN ('visit', 'customer_visit')
                 GROUP BY 1, 2
                """,
                self._members_select(),
            )
        ):
            result[plan_id]["visits"][month - 1] = visits
        return result

    def _members_select(self):
        """SQL: id, year and customer_id: the customers that count for each plan."""
        return SQL(
            """
            SELECT p.id, p.year, p.customer_id
              FROM followup_account_plan p
             WHERE p.id = ANY(%(ids)s) AND p.kind = 'account'
             UNION ALL
            SELECT p.id, p.year, f.id
              FROM followup_account_plan p
              JOIN followup_customer f ON f.company_id = p.company_id
              JOIN res_partner c ON c.id = f.partner_id
              LEFT JOIN res_country n ON n.id = c.country_id
              LEFT JOIN unnest(%(codes)s::text[], %(regions)s::text[])
                   AS g (code, region) ON g.code = n.code
             WHERE p.id = ANY(%(ids)s) AND p.kind = 'region'
               AND COALESCE(g.region, %(unknown)s) = p.region
            """,
            ids=self.ids,
            codes=list(REGION_BY_COUNTRY),
            regions=list(REGION_BY_COUNTRY.values()),
            unknown=UNKNOWN_REGION,
        )
