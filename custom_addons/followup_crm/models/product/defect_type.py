from odoo import fields, models

SEVERITIES = [
    ("critical", "Critical defect"),
    ("major", "Major defect"),
    ("minor", "Minor defect"),
]


class DefectType(models.Model):
    """A kind of defect, as inspectors count it (K3)."""

    _name = "followup.defect.type"
    _inherit = ["followup.list.mixin"]
    _description = "Kind of defect"

    severity = fields.Selection(
        SEVERITIES,
        string="Usually",
        required=True,
        default="major",
        help="Critical: unsafe or unlawful. Major: the customer would not sell or"
        " use it. Minor: a deviation that hardly disturbs.",
    )
