import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import (
    PLAN_CAPACITY,
    PLAN_VISIT_WEIGHT,
    RECURRENCE_DAYS,
    STALE_MONTHS,
)


class ResCompany(models.Model):
    _inherit = "res.company"

    fcrm_stale_months = fields.Integer(
        string="Data are stale after (months)",
        default=STALE_MONTHS,
        help="The owner of a customer file is reminded once when a group of its data"
        " has not been changed or confirmed for this many months.",
    )

    followup_sales_basis = fields.Selection(
        [("order", "Confirmed orders"), ("invoice", "Posted invoices")],
        string="What counts as a sale",
        required=True,
        default="order",
        help="The basis of turnover, classification and every report. Confirmed orders"
        " count what was ordered and not cancelled, by order date; posted invoices"
        " count what was invoiced less credit notes, by invoice date.",
    )

    fcrm_review_reports = fields.Selection(
        [
            ("none", "No reports"),
            ("meetings", "Reports of visits and meetings"),
            ("all", "All reports"),
        ],
        string="What a supervisor reviews",
        required=True,
        default="meetings",
        help="Reports of users, not of managers, wait for the supervisor's review.",
    )

    fcrm_contact_watermark = fields.Datetime(
        string="Contacts are counted up to",
        readonly=True,
        help="What happened later has not been counted as a contact yet.",
    )

    fcrm_pool_active = fields.Boolean(
        string="Customer pool",
        help="Customers that nobody is in touch with leave their owner for the pool, by"
        " the rules of the company. Look at the forecast first.",
    )
    fcrm_pool_warning_days = fields.Char(
        string="Warnings (days before)",
        default="7,3,1",
        required=True,
        help="When the owner is warned that a customer is about to leave.",
    )
    fcrm_pool_appeal_days = fields.Integer(
        string="Appeal keeps for (days)",
        default=60,
        help="How long an owner keeps a customer after a manager approved the appeal.",
    )
    fcrm_pool_cooldown_days = fields.Integer(
        string="Cool-down (days)",
        default=30,
        help="So long a former owner may not claim a customer again.",
    )
    fcrm_pool_claims_per_day = fields.Integer(
        string="Claims per user and day", default=5
    )
    fcrm_pool_views_per_day = fields.Integer(
        string="Looks into the pool per user and day", default=20
    )
    fcrm_clash_searches_per_day = fields.Integer(
        string="Searches for a clash per user and day", default=50
    )
    fcrm_capacity = fields.Integer(
        string="Customers per user",
        default=100,
        help="How many customers a user may have to claim another.",
    )
    fcrm_first_capacity = fields.Integer(string="Of these in the best tier", default=20)
    fcrm_capacity_ordered = fields.Boolean(
        string="Customers with orders count",
        default=True,
        help="Otherwise only customers that never ordered count for the capacity.",
    )
    fcrm_churn_days = fields.Integer(
        string="Churned after (days)",
        default=365,
        readonly=True,
        help="Days without an order after which a customer with few orders counts as"
        " churned: 95 of 100 intervals between orders are shorter. Computed daily.",
    )
    fcrm_plan_auto = fields.Boolean(
        string="Make contact plans automatically",
        default=True,
        help="Next month's plans are made for all users with customers.",
    )
    fcrm_plan_lead_days = fields.Integer(
        string="Plans are made before the month (days)", default=5
    )
    fcrm_plan_approval = fields.Boolean(
        string="A manager approves contact plans",
        help="Otherwise a plan is in force as soon as it is made.",
    )
    fcrm_plan_capacity = fields.Integer(
        string="Contacts a day",
        default=PLAN_CAPACITY,
        help="No more are planned for a user on a full working day.",
    )
    fcrm_plan_visit_weight = fields.Integer(
        string="A visit counts as (contacts)",
        default=PLAN_VISIT_WEIGHT,
        help="How many contacts a visit takes as much of the day as.",
    )

    fcrm_recurrence_days = fields.Integer(
        string="A complaint is a recurrence within (days)",
        default=RECURRENCE_DAYS,
        help="A complaint about the same product for the same cause within this time"
        " opens the corrective action again that should have prevented it.",
    )

    _fcrm_plan_positive = models.Constraint(
        "CHECK (fcrm_plan_capacity > 0 AND fcrm_plan_visit_weight > 0)",
        "At least one contact a day can be planned, and a visit is at least one.",
    )
    _fcrm_plan_lead_days_month = models.Constraint(
        "CHECK (fcrm_plan_lead_days BETWEEN 1 AND 28)",
        "Plans are made between 1 and 28 days before the month.",
    )
    _fcrm_pool_figures_positive = models.Constraint(
        "CHECK (fcrm_pool_appeal_days > 0 AND fcrm_pool_cooldown_days >= 0"
        " AND fcrm_pool_claims_per_day >= 0 AND fcrm_pool_views_per_day >= 0"
        " AND fcrm_clash_searches_per_day >= 0 AND fcrm_capacity >= 0"
        " AND fcrm_first_capacity >= 0)",
        "The figures of the customer pool cannot be negative.",
    )
    _fcrm_stale_months_positive = models.Constraint(
        "CHECK (fcrm_stale_months > 0)",
        "Customer data become stale after at least one month.",
    )

    # === CONSTRAINTS === #

    @api.constrains("fcrm_pool_warning_days")
    def _check_fcrm_pool_warning_days(self):
        for company in self:
            text = company.fcrm_pool_warning_days or ""
            if not re.fullmatch(r"\s*[1-9]\d?\s*([,，、;]\s*[1-9]\d?\s*)*", text):
                raise ValidationError(
                    self.env._(
                        "Write the warnings as days before leaving, for example 7,3,1."
                    )
                )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """A new company gets its own classification schemes and ways to complain."""
        companies = super().create(vals_list)
        self.env["followup.tier.scheme"]._make_for_companies(companies)
        self.env["followup.pool.rule"]._make_for_companies(companies)
        self.env["followup.complaint.channel"]._make_for_companies(companies)
        return companies

    # === BUSINESS === #

    def _get_pool_warning_days(self):
        """The days before leaving on which an owner is warned, as numbers."""
        self.ensure_one()
        # Elevated: a setting.
        text = self.sudo().fcrm_pool_warning_days
        return [int(number) for number in re.findall(r"\d+", text)]
