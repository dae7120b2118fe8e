from odoo import fields, models

from .res_partner import ALL_ROLES


class AccountMove(models.Model):
    _inherit = "account.move"

    fcrm_complaint_id = fields.Many2one(
        "followup.complaint",
        string="For complaint",
        index="btree_not_null",
        readonly=True,
        copy=False,
        groups=ALL_ROLES,
        help="The complaint that this credit note settles.",
    )


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def _prepare_default_reversal(self, move):
        """A credit note that is made from a complaint belongs to it."""
        values = super()._prepare_default_reversal(move)
        complaint_id = self.env.context.get("fcrm_complaint_id")
        if complaint_id and move.move_type == "out_invoice":
            values["fcrm_complaint_id"] = complaint_id
        return values
