from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """A product that is added to a confirmed order is told to its tracking."""
        lines = super().create(vals_list)
        added = lines.filtered(
            lambda line: line.state == "sale" and not line.display_type
        )
        added._fcrm_tell_quantities(dict.fromkeys(added, 0))
        return lines

    def write(self, vals):
        if "product_uom_qty" not in vals:
            return super().write(vals)
        before = {line: line.product_uom_qty for line in self if line.state == "sale"}
        result = super().write(vals)
        self._fcrm_tell_quantities(before)
        return result

    def _fcrm_tell_quantities(self, before):
        """Note changed quantities in the trackings of their orders."""
        changed = self.browse(
            line.id
            for line, quantity in before.items()
            if line.product_uom_qty != quantity
        )
        if not changed:
            return
        trackings = changed.order_id._fcrm_get_trackings()
        for tracking in trackings:
            tracking._tell_quantities(
                [
                    (line.sudo(), before[line])  # the tracking's log names them
                    for line in changed
                    if line.order_id.id == tracking.order_id.id
                ]
            )
