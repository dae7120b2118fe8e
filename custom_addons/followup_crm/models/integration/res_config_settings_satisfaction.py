from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_survey_days = fields.Integer(
        related="company_id.fcrm_survey_days", readonly=False
    )
    fcrm_survey_short_days = fields.Integer(
        related="company_id.fcrm_survey_short_days", readonly=False
    )
    fcrm_survey_customer_days = fields.Integer(
        related="company_id.fcrm_survey_customer_days", readonly=False
    )
    fcrm_survey_reminder_days = fields.Integer(
        related="company_id.fcrm_survey_reminder_days", readonly=False
    )
    fcrm_survey_least = fields.Integer(
        related="company_id.fcrm_survey_least", readonly=False
    )
    fcrm_survey_delivery = fields.Boolean(
        related="company_id.fcrm_survey_delivery", readonly=False
    )
    fcrm_survey_complaint = fields.Boolean(
        related="company_id.fcrm_survey_complaint", readonly=False
    )
