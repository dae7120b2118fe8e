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

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        posted._fcrm_complete_milestones()
        return posted

    def _invoice_paid_hook(self):
        result = super()._invoice_paid_hook()
        self._fcrm_complete_milestones()
        return result

    def _fcrm_complete_milestones(self):
        """Complete what posting or paying these invoices shows to be done."""
        invoices = self.filtered(lambda move: move.move_type == "out_invoice")
        # Elevated: who posts or pays need not see the orders, nor their trackings.
        orders = invoices.sudo().line_ids.sale_line_ids.order_id
        if orders:
            orders._fcrm_get_trackings()._complete_by_documents()


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def _prepare_default_reversal(self, move):
        """A credit note that is made from a complaint belongs to it."""
        values = super()._prepare_default_reversal(move)
        complaint_id = self.env.context.get("fcrm_complaint_id")
        if complaint_id and move.move_type == "out_invoice":
            values["fcrm_complaint_id"] = complaint_id
        return values
