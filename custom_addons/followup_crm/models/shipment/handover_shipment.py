from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover
from .shipment import OPEN_STATES


class ShipmentMover(Mover):
    """Shipments that have not been delivered yet."""

    def open_domain(self):
        return Domain("state", "in", OPEN_STATES)


class Handover(models.Model):
    """Shipments move with the customer (F10)."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        shipments = ShipmentMover(env, env._("Shipments"), "followup.shipment")
        return [shipments, *super()._get_movers()]

    @api.model
    def _get_thread_models(self):
        return [*super()._get_thread_models(), "followup.shipment"]
