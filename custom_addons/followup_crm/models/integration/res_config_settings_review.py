from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_review_limit = fields.Float(
        related="company_id.fcrm_review_limit", readonly=False
    )
