from odoo import api, models
from odoo.fields import Domain

from ..ownership.handover_movers import Mover


class AccountMover(Mover):
    """Key accounts of a manager who leaves, or whose customer goes to somebody else."""

    def open_domain(self):
        return Domain("state", "=", "current")


class VisitMover(Mover):
    """Whom a colleague visits at a key account."""


class Handover(models.Model):
    """Key accounts move with the customer, and when a user leaves (F10)."""

    _inherit = "followup.handover"

    @api.model
    def _get_movers(self):
        env = self.env
        accounts = AccountMover(
            env, env._("Key accounts"), "followup.account", "manager_id"
        )
        visits = VisitMover(
            env, env._("People to visit"), "followup.account.contact", "user_id"
        )
        return [accounts, visits, *super()._get_movers()]

    @api.model
    def _get_thread_models(self):
        return [
            *super()._get_thread_models(),
            "followup.account",
            "followup.account.check",
            "followup.account.plan",
            "followup.account.intent",
        ]
