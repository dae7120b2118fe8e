from odoo import api, fields, models
from odoo.exceptions import AccessError

KINDS = [
    ("booked", "Booked"),
    ("goods_out", "Left the warehouse"),
    ("export", "Export cleared"),
    ("departed", "Departed"),
    ("transhipped", "Transhipped"),
    ("schedule", "New schedule"),
    ("delay", "Delay"),
    ("arrived", "Arrived"),
    ("import", "Import cleared"),
    ("delivered", "Delivered"),
    ("damage", "Damage"),
    ("documents", "Documents"),
    ("cancelled", "Cancelled"),
    ("other", "Other"),
]


class ShipmentEvent(models.Model):
    """Something that happened to a shipment (K2): where, when, and who wrote it."""

    _name = "followup.shipment.event"
    _inherit = ["followup.guarded.mixin"]
    _description = "Event of a shipment"
    _order = "date desc, id desc"
    _server_only = frozenset({"by_step", "user_id", "customer_id", "company_id"})

    shipment_id = fields.Many2one(
        "followup.shipment", required=True, index=True, ondelete="cascade"
    )
    customer_id = fields.Many2one(
        related="shipment_id.customer_id", store=True, index=True
    )
    company_id = fields.Many2one(related="shipment_id.company_id", store=True)
    date = fields.Datetime(
        string="When", required=True, default=fields.Datetime.now, index=True
    )
    kind = fields.Selection(KINDS, string="What", required=True, default="other")
    place = fields.Char(string="Where")
    name = fields.Char(string="Remark")
    is_public = fields.Boolean(
        string="Customer sees it",
        help="It is shown on the portal. Do not write internal matters into it.",
    )
    by_step = fields.Boolean(
        readonly=True, help="Noted when a button was pressed.", string="By a step"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Noted by",
        readonly=True,
        default=lambda self: self.env.user,
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Who noted an event, and whether a step did, is not chosen."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        """What a step noted stays as it is; whether the customer sees it may change."""
        self._refuse_server_only(vals)
        if not self.env.su and set(vals) - {"is_public"}:
            self._refuse_steps()
        if "shipment_id" in vals and not self.env.su:
            target = self.env["followup.shipment"].browse(vals["shipment_id"])
            (self.shipment_id | target).check_access("write")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_step(self):
        if not self.env.su:
            self._refuse_steps()

    def _refuse_steps(self):
        if any(event.by_step for event in self):
            raise AccessError(
                self.env._(
                    "This was noted when a step was taken and stays. Undo the step"
                    " instead, or add what happened."
                )
            )
