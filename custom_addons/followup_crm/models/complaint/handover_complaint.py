from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover
from .states import OPEN_STATES


class ComplaintMover(Mover):
    """Complaints that are not closed: somebody always handles them."""

    def open_domain(self):
        return Domain("state", "in", OPEN_STATES)


class ActionMover(Mover):
    """Improvement actions that are still to be done."""

    def open_domain(self):
        return Domain("state", "=", "open")


class Handover(models.Model):
    """Complaints and improvement actions move with the customer (F10)."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        complaints = ComplaintMover(
            env, env._("Complaints"), "followup.complaint", may_wait=False
        )
        actions = ActionMover(
            env, env._("Improvement actions"), "followup.action", may_wait=False
        )
        # Before the activities, which what moves may bring along.
        return [complaints, actions, *super()._get_movers()]
