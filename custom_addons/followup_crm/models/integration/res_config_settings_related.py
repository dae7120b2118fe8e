from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_related_months = fields.Integer(
        related="company_id.fcrm_related_months", readonly=False
    )
    fcrm_related_support = fields.Float(
        related="company_id.fcrm_related_support", readonly=False
    )
    fcrm_related_confidence = fields.Float(
        related="company_id.fcrm_related_confidence", readonly=False
    )
    fcrm_related_orders = fields.Integer(
        related="company_id.fcrm_related_orders", readonly=False
    )
