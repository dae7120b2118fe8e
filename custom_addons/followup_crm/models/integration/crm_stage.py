from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

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
        self.flush_model()
        stages = self.search(Domain.TRUE)
        under_way = stages.filtered(lambda stage: not stage.is_won)
        for stage in stages.filtered(lambda stage: not stage.fcrm_phase):
            if stage.is_won:
                phase = "signed"
            elif stage == under_way[:1]:
                phase = "prospect"
            elif stage == under_way[-1:]:
                phase = "near"
            else:
                phase = "interested"
            # By SQL: nobody has changed what is Odoo's own, nor when.
            self.env.cr.execute(
                SQL(
                    """UPDATE crm_stage SET fcrm_phase = %s WHERE id = %s""",
                    phase,
                    stage.id,
                )
            )
        stages.invalidate_recordset(["fcrm_phase"], flush=False)
