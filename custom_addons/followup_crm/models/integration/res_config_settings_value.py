from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_hour_cost = fields.Monetary(
        related="company_id.fcrm_hour_cost",
        readonly=False,
        currency_field="fcrm_value_currency_id",
    )
    fcrm_value_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of costs"
    )
    fcrm_visit_hours = fields.Float(
        related="company_id.fcrm_visit_hours", readonly=False
    )
    fcrm_complaint_hours = fields.Float(
        related="company_id.fcrm_complaint_hours", readonly=False
    )
    fcrm_late_rate = fields.Float(related="company_id.fcrm_late_rate", readonly=False)
    fcrm_has_lifetime_model = fields.Boolean(
        related="company_id.fcrm_has_lifetime_model"
    )
