from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class OrderSplit(models.TransientModel):
    """Dialog: a part of an order becomes a lot of its own (批次, K1)."""

    _name = "followup.order.split"
    _description = "Divide an order into lots"

    tracking_id = fields.Many2one("followup.order.tracking", required=True)
    lot_id = fields.Many2one(
        "followup.order.lot",
        string="Taken from",
        required=True,
        domain="[('tracking_id', '=', tracking_id)]",
        compute="_compute_lot_id",
        precompute=True,
        store=True,
        readonly=False,
    )
    lot_count = fields.Integer(related="tracking_id.lot_count")
    name = fields.Char(
        required=True,
        string="Name of the new lot",
        default=lambda self: self._name_of(),
    )
    delivery_date = fields.Date(
        required=True,
        string="Promised delivery",
        compute="_compute_lot_id",
        precompute=True,
        store=True,
        readonly=False,
    )
    factory_id = fields.Many2one("res.partner")
    line_ids = fields.One2many(
        "followup.order.split.line",
        "split_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        string="Products",
    )

    @api.model
    def _name_of(self):
        tracking = self.env["followup.order.tracking"].browse(
            self.env.context.get("default_tracking_id", [])
        )
        return self.env._("Lot %(number)s", number=len(tracking.lot_ids) + 1)

    @api.depends("tracking_id")
    def _compute_lot_id(self):
        for dialog in self:
            dialog.lot_id = dialog.tracking_id.lot_ids[:1]
            dialog.delivery_date = dialog.lot_id.delivery_date

    @api.depends("lot_id")
    def _compute_line_ids(self):
        for dialog in self:
            dialog.line_ids = [Command.clear()] + [
                Command.create(
                    {"order_line_id": line.id, "available": quantity, "quantity": 0}
                )
                for line, quantity in dialog.lot_id._get_quantities().items()
            ]

    def action_apply(self):
        """Make the lot with its milestones; the other lot holds the rest."""
        self.ensure_one()
        tracking = self.tracking_id
        tracking.check_access("write")
        taken = {
            line.order_line_id: line.quantity for line in self.line_ids if line.quantity
        }
        if not taken:
            raise UserError(self.env._("Enter the quantities of the new lot."))
        if any(line.quantity > line.available for line in self.line_ids):
            raise UserError(self.env._("The new lot cannot hold more than there is."))
        if all(line.quantity == line.available for line in self.line_ids):
            raise UserError(
                self.env._("Nothing would be left: leave a part in the other lot.")
            )
        tracking._split_off(
            self.lot_id,
            taken,
            {
                "name": self.name,
                "delivery_date": self.delivery_date,
                "factory_id": self.factory_id.id,
            },
        )
        return {"type": "ir.actions.act_window_close"}


class OrderSplitLine(models.TransientModel):
    """A product of the lot that is divided, and how much of it is taken."""

    _name = "followup.order.split.line"
    _description = "Product of a new lot"

    split_id = fields.Many2one("followup.order.split", ondelete="cascade")
    order_line_id = fields.Many2one(
        "sale.order.line", string="Product", required=True, ondelete="cascade"
    )
    available = fields.Float(digits="Product Unit", string="In the lot now")
    quantity = fields.Float(digits="Product Unit", string="In the new lot")
