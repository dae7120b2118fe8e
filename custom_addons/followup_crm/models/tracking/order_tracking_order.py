from odoo import Command, api, fields, models
from odoo.tools import format_date, formatLang


class OrderTracking(models.Model):
    """What happens to the order reaches its tracking, with a note (K1)."""

    _inherit = "followup.order.tracking"

    # === ACTIONS === #

    def action_open_order(self):
        """Open the sale order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "view_mode": "form",
            "res_id": self.order_id.id,
        }

    def action_open(self):
        """Open this tracking on the whole screen."""
        self.ensure_one()
        self.check_access("read")
        return self._get_open_action()

    def action_send_status(self):
        """Open the mail with the state of the customer's open orders (K8)."""
        self.ensure_one()
        return self.customer_id.action_send_status()

    def action_report_exception(self):
        """Open the form of a new exception of this order (K4)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report an exception"),
            "res_model": "followup.order.exception",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_tracking_id": self.id,
                "default_milestone_id": self.late_milestone_id.id,
            },
        }

    def action_split(self):
        """Open the dialog that divides this order into lots."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Divide into lots"),
            "res_model": "followup.order.split",
            "view_mode": "form",
            "target": "new",
            "context": {"default_tracking_id": self.id},
        }

    def _get_open_action(self):
        """Window action for these trackings: the form of one, else the list."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Order tracking"),
            "res_model": self._name,
            "view_mode": "list,kanban,form",
            "domain": [("id", "in", self.ids)],
        }
        if len(self) == 1:
            action |= {"view_mode": "form", "res_id": self.id}
        return action

    # === BUSINESS === #

    def _cancel(self):
        """The order was cancelled: nothing is due any more."""
        for tracking in self.filtered(lambda t: t.state != "cancel"):
            tracking.write(
                {
                    "state": "cancel",
                    "risk": "on_track",
                    "days_late": 0,
                    "days_behind": 0,
                    "late_milestone_id": False,
                }
            )
            tracking._log_lines([self.env._("The order was cancelled.")])

    def _reopen(self):
        """The order was confirmed again after it had been cancelled."""
        cancelled = self.filtered(lambda t: t.state == "cancel")
        cancelled.write({"state": "open"})
        for tracking in cancelled:
            tracking._log_lines([self.env._("The order was confirmed again.")])
        cancelled._refresh()

    def _follow_promise(self):
        """The promised date of the order changed: a single lot takes it over."""
        self.ensure_one()
        date = self._get_order_promise()
        if not date:
            return
        if len(self.lot_ids) == 1:
            self.lot_ids.delivery_date = date
            return
        self._log_lines(
            [
                self.env._(
                    "The order is now promised for %(date)s. It has several lots:"
                    " check the date of each.",
                    date=format_date(self.env, date),
                )
            ]
        )

    def _get_order_promise(self):
        """The day promised on the order, in the company's time zone, or None."""
        moment = self.order_id.commitment_date
        if not moment:
            return None
        zone = self.company_id.partner_id.tz or "UTC"
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone), moment
        ).date()

    def _tell_quantities(self, changes):
        """Note changed quantities.

        :param changes: pairs of order line and quantity until now
        """
        self.ensure_one()
        lines = [
            self.env._(
                "%(product)s: %(quantity)s instead of %(before)s %(unit)s.",
                product=line.product_id.display_name or line.name,
                quantity=formatLang(self.env, line.product_uom_qty, digits=0),
                before=formatLang(self.env, before, digits=0),
                unit=line.product_uom_id.name or "",
            )
            for line, before in changes
        ]
        if len(self.lot_ids) > 1:
            lines.append(
                self.env._("The order has several lots: check their quantities.")
            )
        self._log_lines(lines)

    def _split_off(self, lot, taken, vals):
        """Make a lot of a part of another one.

        :param lot: the lot that the part is taken from
        :param taken: order line → quantity
        :param vals: name, delivery date and factory of the new lot
        """
        self.ensure_one()
        self.check_access("write")
        # Elevated: lots and their lines are made together, by whoever may divide.
        lot, lots = lot.sudo(), self.env["followup.order.lot"].sudo()
        rest = {
            line: quantity - taken.get(line, 0)
            for line, quantity in lot._get_quantities().items()
        }
        if len(self.lot_ids) == 1:
            lot.name = self.env._("Lot %(number)s", number=1)
        lot.line_ids.unlink()
        lot.line_ids = self._prepare_lot_lines(rest)
        new = lots.create(
            {
                **vals,
                "tracking_id": self.id,
                "sequence": max(self.lot_ids.mapped("sequence")) + 10,
                "line_ids": self._prepare_lot_lines(taken),
            }
        )
        self.env.flush_all()
        self.sudo()._insert_milestones(self.ids)
        new._take_over_done(lot)
        self.env.invalidate_all()
        self.sudo()._complete_by_documents(tell=False)
        self.sudo()._refresh()
        self._log_lines([self.env._("New lot: %(name)s", name=new.name)])
        return new

    @api.model
    def _prepare_lot_lines(self, quantities):
        return [
            Command.create({"order_line_id": line.id, "quantity": quantity})
            for line, quantity in quantities.items()
            if quantity > 0
        ]
