from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

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
