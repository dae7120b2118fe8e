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
