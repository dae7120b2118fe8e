from odoo import fields, models

from ...const import STALE_MONTHS


class ResCompany(models.Model):
    _inherit = "res.company"

    fcrm_stale_months = fields.Integer(
        string="Data are stale after (months)",
        default=STALE_MONTHS,
        help="The owner of a customer file is reminded once when a group of its data"
        " has not been changed or confirmed for this many months.",
    )

    _fcrm_stale_months_positive = models.Constraint(
        "CHECK (fcrm_stale_months > 0)",
        "Customer data become stale after at least one month.",
    )
