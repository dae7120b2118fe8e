from odoo import api, fields, models
from odoo.fields import Domain

from ..prospect.prospect_requirement import PHASES


class CrmStage(models.Model):
    _inherit = "crm.stage"

    fcrm_phase = fields.Selection(
        PHASES,
        string="Stage of the prospect",
        help="What is needed to leave a stage is listed on the lead by this.",
    )

    @api.onchange("is_won")
    def _onchange_fcrm_is_won(self):
        """What is won is signed."""
        if self.is_won:
            self.fcrm_phase = "signed"

    @api.model
    def _fcrm_map_phases(self):
        """Give the stages that have no phase one: won is signed, the last of the
        others is near, the first is prospect, those between are interested.
        """
        stages = self.search(Domain.TRUE)
        under_way = stages.filtered(lambda stage: not stage.is_won)
        for stage in stages.filtered(lambda stage: not stage.fcrm_phase):
            if stage.is_won:
                stage.fcrm_phase = "signed"
            elif stage == under_way[:1]:
                stage.fcrm_phase = "prospect"
            elif stage == under_way[-1:]:
                stage.fcrm_phase = "near"
            else:
                stage.fcrm_phase = "interested"
