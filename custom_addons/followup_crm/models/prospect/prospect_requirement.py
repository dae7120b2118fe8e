from odoo import api, fields, models

PHASES = [
    ("prospect", "Prospect"),
    ("interested", "Interested prospect"),
    ("near", "Near signing"),
    ("signed", "Signed"),
]
CHECKS = [
    ("man", "MAN score is complete"),
    ("worth", "MAN score advises to contact or develop"),
    ("contact", "E-mail or phone is known"),
    ("channel", "Channel is known"),
    ("country", "Country is known"),
    ("category", "Product interest is known"),
    ("customer", "Customer is named"),
    ("value", "Expected revenue is known"),
    ("deadline", "Closing date is known"),
    ("activity", "Next activity is planned"),
    ("quotation", "Quotation is made"),
    ("sent", "Quotation is sent"),
    ("order", "Order is confirmed"),
    ("file", "Customer file is made"),
]


class ProspectRequirement(models.Model):
    """What a prospect needs before it goes on to the next stage (N2).

    Each is found out from the lead itself, its quotations and its customer file, so
    that nobody has to tick anything off.
    """

    _name = "followup.prospect.requirement"
    _inherit = ["followup.list.mixin"]
    _description = "What a prospect needs for the next stage"
    _order = "phase_place, sequence, id"

    phase = fields.Selection(
        PHASES,
        required=True,
        string="In the stage",
        help="What is listed for a stage is needed to leave it for the next one.",
    )
    phase_place = fields.Integer(
        compute="_compute_phase_place", store=True, string="Place of the stage"
    )
    check = fields.Selection(CHECKS, required=True, string="Met when")

    @api.depends("phase")
    def _compute_phase_place(self):
        places = {phase: place for place, (phase, _label) in enumerate(PHASES)}
        for requirement in self:
            requirement.phase_place = places.get(requirement.phase, 0)
