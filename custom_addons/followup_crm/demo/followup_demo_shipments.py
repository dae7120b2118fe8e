import base64
from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Command

from .shipment_plan import CREDIT, DAYS_AHEAD, DAYS_BACK, MOST, make_pdf, plan_shipment

# Documents that are sent and shown as soon as the goods have left.
SHOWN = ("commercial_invoice", "packing_list", "bill_of_lading", "air_waybill")


class Demo(models.AbstractModel):
    """Shipments of the demonstration: under way by sea and air, and delivered ones."""

    _inherit = "followup.demo"

    @api.model
    def _load_shipments(self, orders, today):
        """Make the shipments of the orders of these weeks.

        :param orders: dict of ``sale.order`` → its planned order
        """
        planned = {}
        for order, plan in orders.items():
            distance = (plan.delivery - today).days
            if -DAYS_BACK <= distance <= DAYS_AHEAD:
                country = order.partner_id.country_id.code
                shipment = plan_shipment(plan.customer, country, plan.delivery, today)
                if shipment:
                    planned[order] = (plan.customer, shipment)
        newest = dict(sorted(planned.items(), key=lambda p: -p[1][1].etd.toordinal()))
        rows = list(newest.items())[:MOST]
        customers = self._get_customers()
        shipments = self.env["followup.shipment"].create(
            [
                self._prepare_shipment_vals(order, customers[name], name, plan)
                for order, (name, plan) in rows
            ]
        )
        shipments._apply_template()
        for shipment, (_order, (_name, plan)) in zip(shipments, rows, strict=True):
            self._tell_shipment(shipment, plan)
            self._fill_documents(shipment, plan)
        if shipments:
            self._drop_messages(shipments)
        return shipments

    @api.model
    def _prepare_shipment_vals(self, order, customer, name, plan):
        quantity = sum(order.order_line.mapped("product_uom_qty"))
        vals = {
            "customer_id": customer.id,
            "user_id": customer.user_id.id,
            "order_ids": [Command.set(order.ids)],
            "picking_ids": [Command.set(order.picking_ids.ids)],
            "mode": plan.mode,
            "state": plan.state,
            "etd": plan.etd,
            "eta": plan.eta_first,
            "atd": plan.atd,
            "ata": plan.ata,
            "incoterm_id": self.env.ref("account.incoterm_FOB").id,
            "incoterm_place": "Ningbo" if plan.mode == "sea" else "Shanghai",
            "port_discharge_code": plan.port,
            "package_count": max(1, round(quantity / 24)),
            "gross_weight": round(quantity * 0.62, 1),
            "volume": round(quantity * 0.0042, 2),
            "port_loading_code": "CNNGB",
            **plan.vals,
        }
        if name in CREDIT:
            vals |= {
                "lc_number": f"LC{customer.id:04d}/{plan.etd:%y%m}",
                "lc_latest_shipment": plan.etd + timedelta(days=6),
                "lc_expiry": plan.etd + timedelta(days=27),
            }
        if plan.delivered_on:
            vals |= {
                "delivered_on": plan.delivered_on,
                "delivered_to": customer.person_in_charge_id.name or customer.name,
                "delivery_condition": "good",
            }
            if name in CREDIT:
                vals["lc_presented_on"] = plan.etd + timedelta(days=9)
        return vals

    @api.model
    def _tell_shipment(self, shipment, plan):
        """The events of the way, on the days on which they happened."""
        if plan.atd and plan.eta != plan.eta_first:
            shipment.with_context(tracking_disable=True).eta = plan.eta
            shipment.event_ids.filtered(lambda e: e.kind == "delay").date = self._at(
                plan.atd + timedelta(days=1)
            )
        steps = [("booked", plan.etd - timedelta(days=12), "", False)]
        if plan.atd:
            steps.append(("export", plan.atd - timedelta(days=1), "", False))
            steps.append(("departed", plan.atd, shipment.port_loading, True))
        if plan.ata:
            steps.append(("arrived", plan.ata, shipment.port_discharge, True))
        if plan.delivered_on:
            steps.append(("delivered", plan.delivered_on, "", True))
        if plan.state == "planned":
            steps = []
        self.env["followup.shipment.event"].create(
            [
                {
                    "shipment_id": shipment.id,
                    "kind": kind,
                    "date": self._at(day),
                    "place": place,
                    "is_public": public,
                    "by_step": True,
                    "user_id": shipment.user_id.id,
                }
                for kind, day, place, public in steps
            ]
        )
        if plan.ata:
            shipment._ask_after_arrival()

    @api.model
    def _at(self, day):
        return datetime.combine(day, time(9, 30))

    @api.model
    def _fill_documents(self, shipment, plan):
        """What has left is sent; what was delivered is received, too."""
        if not plan.atd:
            return
        shown = [self._ref(f"shipment_document_type_{name}") for name in SHOWN]
        contact = shipment.customer_id.person_in_charge_id or shipment.partner_id
        for document in shipment.document_ids:
            if not plan.ata and document.date_due and document.date_due > plan.atd:
                if document.type_id not in shown[:2]:
                    continue
            vals = {
                "state": "received" if plan.ata else "sent",
                "sent_on": plan.atd + timedelta(days=1),
                "sent_by_id": shipment.user_id.id,
                "sent_to_id": contact.id,
                "sent_method": "courier",
                "sent_reference": f"77 4410 {shipment.id:04d}",
            }
            if plan.ata:
                vals |= {"received_on": plan.ata, "received_by": contact.name}
            if document.type_id in shown:
                vals |= self._prepare_file_vals(document, shipment, plan)
            document.write(vals)

    @api.model
    def _prepare_file_vals(self, document, shipment, plan):
        number = f"{shipment.id:05d}-{document.sequence}"
        name = document.type_id.with_context(lang="en_US").name
        lines = [
            f"No. {number}",
            f"Shipment {shipment.name}",
            f"From {shipment.port_loading} to {shipment.port_discharge}",
            f"{shipment.package_count} cartons, {shipment.gross_weight:g} kg",
        ]
        return {
            "number": number,
            "file": base64.b64encode(make_pdf(name, lines)),
            "file_name": f"{name} {number}.pdf",
            "is_released": document.type_id.for_customer,
            "released_on": self._at(plan.atd + timedelta(days=1)),
            "released_by_id": shipment.user_id.id,
        }
