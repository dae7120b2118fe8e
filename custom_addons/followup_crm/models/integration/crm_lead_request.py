from odoo import fields, models

from .res_partner import ALL_ROLES


class CrmLead(models.Model):
    """The request that an opportunity was made of."""

    _inherit = "crm.lead"

    fcrm_request_ids = fields.One2many(
        "followup.request", "lead_id", string="Made of request", groups=ALL_ROLES
    )
