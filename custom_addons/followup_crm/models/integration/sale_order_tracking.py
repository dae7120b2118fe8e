from odoo import api, fields, models

from .res_partner import ALL_ROLES


class SaleOrder(models.Model):
    _inherit = "sale.order"

    fcrm_tracking_ids = fields.One2many(
        "followup.order.tracking", "order_id", string="Trackings", groups=ALL_ROLES
    )

    fcrm_promise_warning = fields.Text(
        compute="_compute_fcrm_promise_warning",
        string="Promise check",
        groups=ALL_ROLES,
    )

    @api.depends("commitment_date", "date_order", "team_id", "incoterm", "state")
    def _compute_fcrm_promise_warning(self):
        """What speaks against the promised date of a quotation (K5)."""
        # Elevated: templates of the company, whoever writes the quotation.
        trackings = self.env["followup.order.tracking"].sudo()
        self.fcrm_promise_warning = False
        for order in self:
            if not order.commitment_date or order.state not in ("draft", "sent"):
                continue
            template = trackings._find_template(order._origin)
            today = fields.Date.context_today(order)
            warnings = trackings._get_lead_warnings(
                template,
                today,
                fields.Datetime.context_timestamp(order, order.commitment_date).date(),
                order.company_id,
            )
            order.fcrm_promise_warning = "\n".join(warnings)

    def _fcrm_get_trackings(self):
        """The trackings of these orders, whoever sees them."""
        # Elevated: an order's tracking follows whoever changes the order.
        return (
            self.env["followup.order.tracking"]
            .sudo()
            .search([("order_id", "in", self.ids)])
        )

    def _action_confirm(self):
        result = super()._action_confirm()
        trackings = self._fcrm_get_trackings()
        trackings._reopen()
        # Elevated: the tracking of an order is made whoever confirms it.
        self.env["followup.order.tracking"].sudo()._create_missing(self)
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self._fcrm_get_trackings()._cancel()
        return result

    def write(self, vals):
        if "commitment_date" not in vals:
            return super().write(vals)
        before = {order: order.commitment_date for order in self}
        result = super().write(vals)
        changed = self.filtered(lambda o: o.commitment_date != before[o])
        for tracking in changed._fcrm_get_trackings():
            tracking._follow_promise()
        return result

    # === ACTIONS === #

    def action_fcrm_track(self):
        """Make the trackings of these orders where there is none, and open them."""
        self.check_access("read")
        # Elevated: the tracking is made by whoever may read the order.
        trackings = self.env["followup.order.tracking"].sudo()
        trackings._create_missing(self)
        found = self.env["followup.order.tracking"].search(
            [("order_id", "in", self.ids)]
        )
        return found._get_open_action()
