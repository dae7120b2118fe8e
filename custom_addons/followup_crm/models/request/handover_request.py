from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover
from .states import OPEN_STATES


class RequestMover(Mover):
    """Requests that are not closed: somebody always handles them."""

    def open_domain(self):
        return Domain("state", "in", OPEN_STATES)


class Handover(models.Model):
    """Requests move with the customer."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        requests = RequestMover(
            env, env._("Requests"), "followup.request", may_wait=False
        )
        # Before the activities, which what moves may bring along.
        return [requests, *super()._get_movers()]

    @api.model
    def _get_thread_models(self):
        return [*super()._get_thread_models(), "followup.request"]
