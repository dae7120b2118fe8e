from odoo import fields, models


class Customer(models.Model):
    """The orders under way and the requirement sheet on the customer file."""

    _inherit = "followup.customer"

    requirement_ids = fields.One2many(
        "followup.requirement", "customer_id", string="Requirement sheet"
    )
    open_tracking_count = fields.Integer(
        compute="_compute_open_tracking_count", string="Orders under way"
    )
    late_tracking_count = fields.Integer(
        compute="_compute_open_tracking_count", string="Late orders"
    )

    def _compute_open_tracking_count(self):
        groups = self.env["followup.order.tracking"]._read_group(
            [("customer_id", "in", self.ids), ("state", "=", "open")],
            ["customer_id", "risk"],
            ["__count"],
        )
        counts = {}
        for customer, risk, count in groups:
            counts.setdefault(customer.id, {})[risk] = count
        for customer in self:
            found = counts.get(customer.id, {})
            customer.open_tracking_count = sum(found.values())
            customer.late_tracking_count = found.get("late", 0)

    # === ACTIONS === #

    def action_open_trackings(self):
        """Open the orders of this customer that are under way."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders of %(customer)s", customer=self.display_name),
            "res_model": "followup.order.tracking",
            "view_mode": "list,kanban,form",
            "domain": [("customer_id", "=", self.id)],
            "context": {"search_default_open": 1, "fcrm_one_customer": True},
        }
