from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover


class RoundMover(Mover):
    """Survey rounds that are not closed: somebody leads them; they are nobody's own."""

    def open_domain(self):
        return Domain("state", "!=", "closed")

    def customers_domain(self, customers):
        return Domain.FALSE


class Handover(models.Model):
    """Survey rounds get another leader when theirs leaves (F10)."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        rounds = RoundMover(
            env, env._("Survey rounds"), "followup.satisfaction.round", may_wait=False
        )
        return [rounds, *super()._get_movers()]
