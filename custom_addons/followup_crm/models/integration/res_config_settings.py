from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_stale_months = fields.Integer(
        related="company_id.fcrm_stale_months",
        readonly=False,
        string="Data are stale after (months)",
    )
    followup_sales_basis = fields.Selection(
        related="company_id.followup_sales_basis", readonly=False, required=True
    )
    fcrm_review_reports = fields.Selection(
        related="company_id.fcrm_review_reports", readonly=False, required=True
    )
    fcrm_alias_name = fields.Char(related="company_id.fcrm_alias_name", readonly=False)
    fcrm_alias_email = fields.Char(
        related="company_id.fcrm_alias_email",
        string="Full address for forwarded mails",
    )
    fcrm_pool_active = fields.Boolean(
        related="company_id.fcrm_pool_active", readonly=False
    )
    fcrm_pool_warning_days = fields.Char(
        related="company_id.fcrm_pool_warning_days", readonly=False, required=True
    )
    fcrm_pool_appeal_days = fields.Integer(
        related="company_id.fcrm_pool_appeal_days", readonly=False
    )
    fcrm_pool_cooldown_days = fields.Integer(
        related="company_id.fcrm_pool_cooldown_days", readonly=False
    )
    fcrm_pool_claims_per_day = fields.Integer(
        related="company_id.fcrm_pool_claims_per_day", readonly=False
    )
    fcrm_pool_views_per_day = fields.Integer(
        related="company_id.fcrm_pool_views_per_day", readonly=False
    )
    fcrm_clash_searches_per_day = fields.Integer(
        related="company_id.fcrm_clash_searches_per_day", readonly=False
    )
    fcrm_capacity = fields.Integer(related="company_id.fcrm_capacity", readonly=False)
    fcrm_first_capacity = fields.Integer(
        related="company_id.fcrm_first_capacity", readonly=False
    )
    fcrm_capacity_ordered = fields.Boolean(
        related="company_id.fcrm_capacity_ordered", readonly=False
    )
    fcrm_plan_auto = fields.Boolean(related="company_id.fcrm_plan_auto", readonly=False)
    fcrm_plan_lead_days = fields.Integer(
        related="company_id.fcrm_plan_lead_days", readonly=False
    )
    fcrm_plan_approval = fields.Boolean(
        related="company_id.fcrm_plan_approval", readonly=False
    )
    fcrm_plan_capacity = fields.Integer(
        related="company_id.fcrm_plan_capacity", readonly=False
    )
    fcrm_plan_visit_weight = fields.Integer(
        related="company_id.fcrm_plan_visit_weight", readonly=False
    )
