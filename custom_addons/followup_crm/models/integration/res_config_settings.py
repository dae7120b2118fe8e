from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_stale_months = fields.Integer(
        related="company_id.fcrm_stale_months",
        readonly=False,
        string="Data are stale after (months)",
    )
    fcrm_channel_id = fields.Many2one(
        "followup.complaint.channel", compute="_compute_fcrm_channel_id"
    )
    fcrm_complaint_alias = fields.Char(
        related="fcrm_channel_id.alias_name",
        readonly=False,
        string="E-mail address for complaints",
    )
    fcrm_complaint_domain_id = fields.Many2one(
        related="fcrm_channel_id.alias_domain_id", readonly=False, string="Mail domain"
    )
    fcrm_complaint_form = fields.Boolean(
        related="fcrm_channel_id.is_form_open", readonly=False, string="Complaint form"
    )
    fcrm_complaint_form_url = fields.Char(
        related="fcrm_channel_id.form_url", string="Address of the complaint form"
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

    @api.depends("company_id")
    def _compute_fcrm_channel_id(self):
        channels = self.env["followup.complaint.channel"]
        for settings in self:
            settings.fcrm_channel_id = channels._of_company(settings.company_id)

    def action_fcrm_open_channel(self):
        """Open all settings of the ways to complain to this company."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.complaint.channel",
            "res_id": self.fcrm_channel_id.id,
            "view_mode": "form",
        }
