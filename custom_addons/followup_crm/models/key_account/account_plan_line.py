from datetime import date

from odoo import api, fields, models

MONTHS = [
    ("1", "January"),
    ("2", "February"),
    ("3", "March"),
    ("4", "April"),
    ("5", "May"),
    ("6", "June"),
    ("7", "July"),
    ("8", "August"),
    ("9", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class AccountPlanLine(models.Model):
    """A month of a yearly plan: targets, and what was reached (A5)."""

    _name = "followup.account.plan.line"
    _description = "Month of a yearly plan"
    _rec_name = "month"
    _order = "plan_id, date, id"
    _check_company_auto = True

    plan_id = fields.Many2one(
        "followup.account.plan", required=True, index=True, ondelete="cascade"
    )
    account_id = fields.Many2one(
        related="plan_id.account_id",
        store=True,
        index="btree_not_null",
        string="Key account",
    )
    customer_id = fields.Many2one(
        related="plan_id.customer_id", store=True, index="btree_not_null"
    )
    region = fields.Selection(related="plan_id.region", store=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Selection(MONTHS, required=True)
    date = fields.Date(compute="_compute_date", store=True, string="First day")
    quarter = fields.Selection(
        [("1", "Q1"), ("2", "Q2"), ("3", "Q3"), ("4", "Q4")],
        compute="_compute_date",
        store=True,
    )
    turnover = fields.Monetary(string="Target turnover")
    margin = fields.Monetary(string="Target margin")
    visits = fields.Integer(string="Target visits")
    actual_turnover = fields.Monetary(compute="_compute_actual", string="Turnover")
    actual_margin = fields.Monetary(compute="_compute_actual", string="Margin")
    actual_visits = fields.Integer(compute="_compute_actual", string="Visits")
    last_turnover = fields.Monetary(compute="_compute_actual", string="Last year")
    reached = fields.Float(compute="_compute_actual", string="Of the target (%)")

    _month_unique = models.UniqueIndex(
        "(plan_id, month)", "A plan has each month once."
    )
    _not_negative = models.Constraint(
        "CHECK (turnover >= 0 AND visits >= 0)", "Targets cannot be negative."
    )

    @api.depends("month", "plan_id.year")
    def _compute_date(self):
        for line in self:
            number = int(line.month or 1)
            line.date = date(line.plan_id.year or 2000, number, 1)
            line.quarter = str((number + 2) // 3)

    @api.depends("plan_id", "month", "turnover")
    def _compute_actual(self):
        found = self.plan_id._origin._get_actuals()
        nothing = {"now": [0] * 12, "last": [0] * 12, "margin": [0] * 12}
        nothing["visits"] = nothing["now"]
        for line in self:
            figures = found.get(line.plan_id._origin.id, nothing)
            index = int(line.month or 1) - 1
            line.actual_turnover = figures["now"][index]
            line.actual_margin = figures["margin"][index]
            line.actual_visits = figures["visits"][index]
            line.last_turnover = figures["last"][index]
            target = line.turnover
            line.reached = 100 * figures["now"][index] / target if target else 0

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_plan_open()
        return lines

    def write(self, vals):
        self._check_plan_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_plan_open()

    def _check_plan_open(self):
        """Months change with their plan only."""
        if not self.env.su:
            self.plan_id.check_access("write")
            self.plan_id._check_open()
