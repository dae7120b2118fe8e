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
    fcrm_alias_name = fields.Char(related="company_id.fcrm_alias_name", readonly=False)
    fcrm_alias_email = fields.Char(
        related="company_id.fcrm_alias_email",
        string="Full address for forwarded mails",
    )
