from odoo import models
from odoo.fields import Domain


class ProductTracking(models.Model):
    """The complaints about what was made (K3)."""

    _inherit = "followup.product.tracking"

    # === ACTIONS === #

    def action_open_complaints(self):
        """The customer's complaints about this product, or a new one."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Complaints about %(product)s", product=self.product_id.display_name
            ),
            "res_model": "followup.complaint",
            "view_mode": "list,kanban,form",
            "domain": list(self._get_complaint_domain()),
            "context": {
                "default_customer_id": self.customer_id.id,
                "default_product_id": self.product_id.id,
                "default_order_id": self.order_id.id,
            },
        }

    # === BUSINESS === #

    def _get_complaint_counts(self):
        """How many complaints the user may see about what each of these is.

        :return: dict of id: number
        """
        groups = self.env["followup.complaint"]._read_group(
            Domain("customer_id", "in", self.customer_id.ids)
            & Domain("product_id", "in", self.product_id.ids),
            ["customer_id", "product_id", "order_id"],
            ["__count"],
        )
        counts = {}
        for tracking in self:
            own = (tracking.order_id.id, False)
            counts[tracking.id] = sum(
                number
                for customer, product, order, number in groups
                if customer.id == tracking.customer_id.id
                and product.id == tracking.product_id.id
                and (not tracking.order_id or order.id in own)
            )
        return counts

    def _get_complaint_domain(self):
        """Complaints of the customer about this product.

        Those that name another order belong to another tracking; a tracking without an
        order shows all of them.
        """
        self.ensure_one()
        domain = Domain("customer_id", "=", self.customer_id.id) & Domain(
            "product_id", "=", self.product_id.id
        )
        if self.order_id:
            domain &= Domain("order_id", "in", [self.order_id.id, False])
        return domain
