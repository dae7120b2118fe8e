from odoo import fields, models

from ..improvement.action import SERVER_ONLY


class Action(models.Model):
    """An action for a low score: it knows the answer it comes from (G6)."""

    _inherit = "followup.action"
    _server_only = SERVER_ONLY | {"satisfaction_response_id"}

    satisfaction_response_id = fields.Many2one(
        "followup.satisfaction.response",
        string="Survey answer",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
    )
    satisfaction_round_id = fields.Many2one(
        related="satisfaction_response_id.round_id",
        string="Survey round",
        store=True,
        index="btree_not_null",
    )
