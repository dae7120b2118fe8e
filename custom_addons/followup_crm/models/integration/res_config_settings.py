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
