from odoo import fields, models
from odoo.exceptions import UserError

STEPS = {
    "sampling": ("specification",),
    "production": ("specification", "sampling"),
    "inspection": ("production",),
    "released": ("inspection",),
    "cancelled": ("specification", "sampling", "production", "inspection"),
}
BACK = {
    "sampling": "specification",
    "production": "sampling",
    "inspection": "production",
    "released": "inspection",
    "cancelled": "specification",
}


class ProductTracking(models.Model):
    """The way of a product from its specification to its release (K3)."""

    _inherit = "followup.product.tracking"

    # === ACTIONS === #

    def action_new(self):
        """Open the short form that starts a product tracking."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New product tracking"),
            "res_model": "followup.product.tracking.new",
            "view_mode": "form",
            "target": "new",
            "context": dict(self.env.context),
        }

    def action_agree(self):
        """Open the dialog that asks who agreed to the specification."""
        self.ensure_one()
        self._check_step("sampling")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Specification agreed"),
            "res_model": "followup.product.agree",
            "view_mode": "form",
            "target": "new",
            "context": {"default_tracking_id": self.id},
        }

    def action_produce(self):
        """Production may start: only on an agreed specification."""
        self._check_step("production")
        for tracking in self:
            if not tracking.specification_agreed_on:
                raise UserError(
                    self.env._(
                        "Note first who agreed to the specification of %(product)s:"
                        " production starts on what was agreed.",
                        product=tracking.product_id.display_name,
                    )
                )
            if any(sample.blocks_production for sample in tracking.sample_ids):
                raise UserError(
                    self.env._(
                        "A sample of %(product)s that production waits for is not"
                        " approved yet.",
                        product=tracking.product_id.display_name,
                    )
                )
        self._step("production")

    def action_inspect(self):
        """The goods can be inspected."""
        self._step("inspection")

    def action_release(self):
        """The goods may leave: the last final inspection was accepted."""
        self._check_step("released")
        for tracking in self:
            finals = tracking.inspection_ids.filtered(lambda i: i.kind == "final")
            if finals[:1].result not in ("accepted", "concession"):
                raise UserError(
                    self.env._(
                        "%(product)s has no accepted final inspection: inspect it, or"
                        " note the concession that the customer gave.",
                        product=tracking.product_id.display_name,
                    )
                )
        self._step("released")

    def action_cancel(self):
        """It is not made; the record stays."""
        self._step("cancelled")

    def action_back(self):
        """Undo the last step, for what was pressed by mistake."""
        self.check_access("write")
        for tracking in self:
            if tracking.state not in BACK:
                raise UserError(self.env._("There is no earlier step."))
            vals = {"state": BACK[tracking.state]}
            if vals["state"] == "specification":
                vals |= {
                    "specification_agreed_on": False,
                    "specification_agreed_by": False,
                    "specification_user_id": False,
                }
            # Elevated: rights are checked; the state is closed to direct writing.
            tracking.sudo().write(vals)

    def action_open_history(self):
        """Open what was tracked of this product before, over all orders."""
        self.ensure_one()
        self.check_access("read")
        return self.product_id._fcrm_get_tracking_action()

    # === BUSINESS === #

    def _start(self, customer, vals):
        """Start the tracking of a product for a customer whose file one may write.

        :param vals: values of the tracking, none of them protected
        :return: the new ``followup.product.tracking``
        """
        customer.ensure_one()
        customer.check_access("write")
        if vals.get("order_id"):
            self.env["sale.order"].browse(vals["order_id"]).check_access("read")
        self._refuse_server_only(vals)
        # Elevated: whoever works with a customer starts its trackings by this method.
        tracking = self.sudo().create(
            {"user_id": self.env.uid, **vals, "customer_id": customer.id}
        )
        return tracking.sudo(False)

    def _agree(self, agreed_by, day):
        """The customer agreed to the specification; samples come next."""
        self.ensure_one()
        if not (agreed_by or "").strip():
            raise UserError(self.env._("Write down who agreed."))
        if day > fields.Date.context_today(self):
            raise UserError(self.env._("The date cannot be in the future."))
        self._step(
            "sampling",
            {
                "specification_agreed_on": day,
                "specification_agreed_by": agreed_by,
                "specification_user_id": self.env.uid,
            },
        )

    def _check_step(self, state):
        """Raise where one of these cannot take this step, or not by this user."""
        self.check_access("write")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for tracking in self:
            if tracking.state not in STEPS[state]:
                raise UserError(
                    self.env._(
                        "%(tracking)s: %(state)s. The step to %(wanted)s comes later,"
                        " or has been taken.",
                        tracking=tracking.name,
                        state=labels[tracking.state],
                        wanted=labels[state],
                    )
                )

    def _step(self, state, vals=None):
        self._check_step(state)
        # Elevated: rights are checked; the state is closed to direct writing.
        self.sudo().write({**(vals or {}), "state": state})
