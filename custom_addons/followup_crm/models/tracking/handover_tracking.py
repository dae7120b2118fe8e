from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover


class TrackingMover(Mover):
    """Orders under way, by their merchandiser."""

    def open_domain(self):
        return Domain("state", "=", "open")


class MilestoneMover(Mover):
    """Stages that are still to be reached, by who is responsible."""

    def open_domain(self):
        return Domain("actual_date", "=", False) & Domain(
            "tracking_id.state", "=", "open"
        )

    def customers_domain(self, customers):
        return Domain("tracking_id.customer_id", "in", customers.ids)


class ExceptionMover(Mover):
    """Exceptions that are not settled."""

    def open_domain(self):
        return Domain("state", "!=", "closed")

    def customers_domain(self, customers):
        return Domain("tracking_id.customer_id", "in", customers.ids)


class Handover(models.Model):
    """Orders under way move with the customer (F10)."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        return [
            TrackingMover(env, env._("Orders under way"), "followup.order.tracking"),
            MilestoneMover(
                env, env._("Milestones of orders"), "followup.order.milestone"
            ),
            ExceptionMover(env, env._("Exceptions"), "followup.order.exception"),
            *super()._get_movers(),
        ]

    @api.model
    def _get_thread_models(self):
        return [*super()._get_thread_models(), "followup.order.tracking"]
