from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Shipment(models.Model):
    """What a shipment means for the trackings of its orders (K1, K2)."""

    _inherit = "followup.shipment"

    lot_ids = fields.Many2many(
        "followup.order.lot",
        "followup_shipment_lot_rel",
        "shipment_id",
        "lot_id",
        string="Lots",
        check_company=True,
        domain="[('tracking_id.customer_id', '=', customer_id)]",
        help="Only where an order is shipped in parts: which of its lots travel.",
    )
    has_lots = fields.Boolean(compute="_compute_has_lots", string="In parts")

    @api.depends("order_ids")
    def _compute_has_lots(self):
        """Lots matter only where an order has more than one."""
        for shipment in self:
            # Elevated: only whether there are several.
            lots = shipment.sudo()._get_trackings().mapped("lot_ids")
            orders = lots.tracking_id
            shipment.has_lots = len(lots) > len(orders)

    @api.constrains("lot_ids", "order_ids")
    def _check_lots(self):
        for shipment in self.sudo():  # elevated: the orders may be closed to the user
            strangers = shipment.lot_ids.filtered(
                lambda lot, orders=shipment.order_ids: (
                    lot.tracking_id.order_id not in orders
                )
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(lots)s: these lots belong to orders that are not in the"
                        " shipment.",
                        lots=", ".join(strangers.mapped("display_name")),
                    )
                )

    @api.model
    def _count_by_order(self, orders):
        """How many shipments the user may see of each order.

        :return: dict of ``sale.order`` id: number
        """
        counts = Counter()
        for shipment in self._find_by_order(orders):
            # Elevated: the ids of the orders of shipments that the rules let see.
            counts.update(shipment.sudo().order_ids.ids)
        return counts

    @api.model
    def _find_by_order(self, orders):
        """The shipments of these orders that the user may see."""
        # Elevated to look for them, as whoever sees shipments need not see orders;
        # what the rules of shipments let see is found in the second search.
        found = self.sudo().search([("order_ids", "in", orders.ids)])
        return self.search([("id", "in", found.ids)])

    def _get_trackings(self):
        """The trackings of the orders of these shipments."""
        # Elevated: who moves the goods need not see the trackings.
        trackings = self.env["followup.order.tracking"].sudo()
        return trackings.search([("order_id", "in", self.sudo().order_ids.ids)])

    def _complete_milestones(self, completes, day):
        """A step of the shipment completes milestones of what it carries.

        Lots that were chosen complete; an order without a choice completes where it has
        a single lot, for nobody knows otherwise which part travels.

        :param completes: ``departure``, ``arrival`` or ``document``
        """
        self.ensure_one()
        # Elevated: as the trackings.
        lots = self.sudo().lot_ids
        trackings = self._get_trackings()
        whole = trackings.filtered(lambda tracking: len(tracking.lot_ids) == 1)
        whole._complete_by_event(completes, day)
        milestones = (lots - whole.lot_ids).milestone_ids.filtered(
            lambda m: (
                m.completes == completes
                and not m.actual_date
                and m.tracking_id.state == "open"
            )
        )
        if milestones:
            milestones.write({"actual_date": day})

    def _complete_documents(self, day):
        """All documents that are needed are on their way."""
        for shipment in self:
            documents = shipment.sudo().document_ids  # elevated: only their states
            left = documents.filtered(lambda d: d.state in ("wanted", "ready"))
            if documents and not left:
                shipment._complete_milestones("document", day)


class OrderTracking(models.Model):
    """Shipments of an order, from its tracking."""

    _inherit = "followup.order.tracking"

    shipment_count = fields.Integer(
        string="Shipments", compute="_compute_shipment_count"
    )

    @api.depends_context("uid")
    def _compute_shipment_count(self):
        counts = self.env["followup.shipment"]._count_by_order(self.order_id)
        for tracking in self:
            tracking.shipment_count = counts.get(tracking.order_id.id, 0)

    def action_open_shipments(self):
        """Open the shipments of this order."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "followup_crm.shipment_action"
        )
        shipments = self.env["followup.shipment"]._find_by_order(self.order_id)
        action["domain"] = [("id", "in", shipments.ids)]
        action["context"] = {
            "default_customer_id": self.customer_id.id,
            "default_order_ids": self.order_id.ids,
        }
        return action
