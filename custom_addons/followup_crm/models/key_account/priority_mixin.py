from odoo import api, fields, models
from odoo.fields import Domain


class PriorityMixin(models.AbstractModel):
    """A record that goes first where its customer is a key account (绿色通道, A6).

    A model that inherits it names the company's setting in ``_lane``.
    """

    _name = "followup.priority.mixin"
    _description = "Priority lane of key accounts"
    _lane = None

    is_priority = fields.Boolean(
        compute="_compute_is_priority",
        search="_search_is_priority",
        string="Priority lane",
        compute_sudo=True,
        help="Of a key account, which goes first by the company's settings.",
    )

    @api.depends("customer_id", "company_id")
    def _compute_is_priority(self):
        for record in self:
            record.is_priority = (
                record.customer_id.is_key_account and record.company_id[self._lane]
            )

    @api.model
    def _search_is_priority(self, operator, value):
        if operator != "in":
            return NotImplemented
        lane = Domain("customer_id.is_key_account", "=", True) & Domain(
            f"company_id.{self._lane}", "=", True
        )
        if set(value) == {True}:
            return lane
        return ~lane if set(value) == {False} else Domain.TRUE


class OrderTracking(models.Model):
    _name = "followup.order.tracking"
    _inherit = ["followup.order.tracking", "followup.priority.mixin"]
    _lane = "fcrm_lane_orders"


class Shipment(models.Model):
    _name = "followup.shipment"
    _inherit = ["followup.shipment", "followup.priority.mixin"]
    _lane = "fcrm_lane_shipments"


class Complaint(models.Model):
    _name = "followup.complaint"
    _inherit = ["followup.complaint", "followup.priority.mixin"]
    _lane = "fcrm_lane_complaints"


class Account(models.Model):
    """What the priority lane does to deliveries of Odoo's stock."""

    _inherit = "followup.account"

    def _prioritise_deliveries(self):
        """Open deliveries of these accounts get Odoo's priority, as new ones do."""
        # Elevated: the lane holds whoever may see deliveries.
        pickings = self.env["stock.picking"].sudo()
        for company, mine in self.sudo().grouped("company_id").items():
            if not company.fcrm_lane_orders:
                continue
            pickings.search(
                [
                    ("company_id", "=", company.id),
                    ("picking_type_code", "=", "outgoing"),
                    ("state", "not in", ("done", "cancel")),
                    ("priority", "=", "0"),
                    (
                        "partner_id.commercial_partner_id",
                        "in",
                        mine.customer_id.partner_id.ids,
                    ),
                ]
            ).write({"priority": "1"})

    def _get_lane(self):
        """What goes first for this account: list of texts."""
        self.ensure_one()
        # Elevated: settings of the company.
        company = self.sudo().company_id
        if self.state != "current":
            return []
        lanes = {
            "fcrm_lane_orders": self.env._("orders and their deliveries"),
            "fcrm_lane_shipments": self.env._("shipments"),
            "fcrm_lane_complaints": self.env._("customer complaints"),
        }
        return [text for name, text in lanes.items() if company[name]]
