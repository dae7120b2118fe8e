from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover
from .product_tracking import OPEN_STATES


class ProductMover(Mover):
    """Products that are still being made."""

    def open_domain(self):
        return Domain("state", "in", OPEN_STATES)


class Handover(models.Model):
    """Product trackings move with the customer (F10)."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        products = ProductMover(
            env, env._("Product trackings"), "followup.product.tracking"
        )
        return [products, *super()._get_movers()]

    @api.model
    def _get_thread_models(self):
        return [*super()._get_thread_models(), "followup.product.tracking"]
