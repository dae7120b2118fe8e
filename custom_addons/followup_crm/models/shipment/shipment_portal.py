from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .shipment import STATES

# What a customer sees of the way: state → the field that dates it, actual or expected.
PORTAL_STEPS = (
    ("booked", None, None),
    ("under_way", "atd", "etd"),
    ("arrived", "ata", "eta"),
    ("delivered", "delivered_on", None),
)


class Shipment(models.Model):
    """What the customer reads on the portal: plain words, nothing internal (K6).

    Portal users have no right to read shipments; these methods alone decide what
    reaches them.
    """

    _inherit = "followup.shipment"

    @api.model
    def _get_portal_domain(self, user):
        """The shipments of a portal user's company and of what belongs to it."""
        commercial = user.partner_id.commercial_partner_id
        return (
            Domain("customer_id.partner_id", "child_of", commercial.ids)
            & Domain("state", "!=", "planned")
            & Domain("active", "=", True)
        )

    @api.model
    def _find_for_portal(self, user, shipment_id=None):
        """Shipments that a portal user may see.

        :param shipment_id: only this one
        """
        domain = self._get_portal_domain(user)
        if shipment_id is not None:
            domain &= Domain("id", "=", shipment_id)
        # Elevated: the domain is the portal user's right.
        return self.sudo().search(domain, order="date_next desc, id desc")

    def _get_portal_values(self):
        """All that a page may show about a shipment.

        :return: dict of texts, lists and ``followup.shipment.document`` ids
        """
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "sentence": self._get_portal_sentence(),
            "references": self.client_references,
            "state": self.state,
            "state_label": dict(self._fields["state"]._description_selection(self.env))[
                self.state
            ],
            "steps": self._get_portal_steps(),
            "facts": self._get_portal_facts(),
            "goods": self._get_portal_goods(),
            "events": self._get_portal_events(),
            "documents": self._get_portal_documents(),
        }

    def _get_portal_sentence(self):
        """Where the goods are, in one sentence."""
        day = {
            "booked": self.etd,
            "under_way": self.eta,
            "arrived": self.ata,
            "delivered": self.delivered_on,
        }.get(self.state)
        date = format_date(self.env, day) if day else ""
        place = self._get_portal_route()
        if self.state == "booked":
            if not date:
                return self.env._("Space is booked; the departure is not dated yet.")
            return self.env._(
                "Space is booked. Your goods leave on %(date)s.", date=date
            )
        if self.state == "under_way":
            if not date:
                return self.env._("On the way%(route)s.", route=place)
            if day < fields.Date.context_today(self):
                return self.env._(
                    "On the way%(route)s. It was expected on %(date)s; we are finding"
                    " out the new date.",
                    route=place,
                    date=date,
                )
            return self.env._(
                "On the way%(route)s, expected on %(date)s.", route=place, date=date
            )
        if self.state == "arrived":
            return self.env._(
                "Arrived on %(date)s. The last part of the way comes next.", date=date
            )
        if self.state == "delivered":
            return self.env._("Delivered on %(date)s.", date=date)
        return self.env._("This shipment was cancelled.")

    def _get_portal_route(self):
        origin, target = self.port_loading, self.port_discharge
        if origin and target:
            return self.env._(
                " from %(origin)s to %(target)s", origin=origin, target=target
            )
        return self.env._(" to %(target)s", target=target) if target else ""

    def _get_portal_steps(self):
        """The steps of the way: label, date, done or to come."""
        labels = {
            "booked": self.env._("Booked"),
            "under_way": self.env._("Departure"),
            "arrived": self.env._("Arrival"),
            "delivered": self.env._("Delivery"),
        }
        order = [state for state, _label in STATES]
        reached = order.index(self.state) if self.state != "cancelled" else -1
        steps = []
        for state, actual, expected in PORTAL_STEPS:
            done = order.index(state) <= reached
            day = (actual and self[actual]) or (expected and self[expected])
            steps.append(
                {
                    "label": labels[state],
                    "date": format_date(self.env, day) if day else "",
                    "is_done": done,
                    "is_expected": bool(day and not done),
                }
            )
        return steps

    def _get_portal_facts(self):
        """Pairs of label and text that a buyer asks for."""
        labels = self.fields_get(attributes=["string"])
        names = ("container_numbers", "bl_number", "awb_number", "waybill_number")
        names = ("vessel", "voyage", "flight", *names, "place_delivery")
        facts = [(labels[name]["string"], self[name]) for name in names if self[name]]
        if self.package_count:
            facts.append((labels["package_count"]["string"], str(self.package_count)))
        return facts

    def _get_portal_goods(self):
        """Product and quantity of what is in the deliveries."""
        # Elevated like the page: the goods of a shipment are the customer's own.
        moves = self.sudo().picking_ids.move_ids.filtered(
            lambda move: move.state != "cancel"
        )
        return [
            (move.product_id.display_name, move.product_uom_qty, move.product_uom.name)
            for move in moves
        ]

    def _get_portal_events(self):
        labels = dict(self.event_ids._fields["kind"]._description_selection(self.env))
        return [
            {
                "date": event.date,
                "label": labels[event.kind],
                "place": event.place or "",
                "text": event.name or "",
            }
            for event in self.event_ids.filtered("is_public")
        ]

    def _get_portal_documents(self):
        return [
            {"id": document.id, "name": document.display_name}
            for document in self._get_released_documents()
        ]

    def _get_released_documents(self):
        """Documents of these shipments that customers may download."""
        return self.document_ids.filtered(
            lambda document: (
                document.is_released and document.type_id.for_customer and document.file
            )
        )
