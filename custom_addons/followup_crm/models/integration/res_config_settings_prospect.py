from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    fcrm_likeness_lift = fields.Float(
        related="company_id.fcrm_likeness_lift", readonly=False
    )
    fcrm_likeness_share = fields.Float(
        related="company_id.fcrm_likeness_share", readonly=False
    )
