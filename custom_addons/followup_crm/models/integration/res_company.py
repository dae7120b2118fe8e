from odoo import api, fields, models

from ...const import PLAN_CAPACITY, PLAN_VISIT_WEIGHT, STALE_MONTHS


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

    _fcrm_stale_months_positive = models.Constraint(
        "CHECK (fcrm_stale_months > 0)",
        "Customer data become stale after at least one month.",
    )

    _fcrm_plan_positive = models.Constraint(
        "CHECK (fcrm_plan_capacity > 0 AND fcrm_plan_visit_weight > 0)",
        "At least one contact a day can be planned, and a visit is at least one.",
    )
    _fcrm_plan_lead_days_month = models.Constraint(
        "CHECK (fcrm_plan_lead_days BETWEEN 1 AND 28)",
        "Plans are made between 1 and 28 days before the month.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """A new company gets its own copy of every classification scheme."""
        companies = super().create(vals_list)
        self.env["followup.tier.scheme"]._make_for_companies(companies)
        return companies
