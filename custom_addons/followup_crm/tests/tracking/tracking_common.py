from datetime import date

from odoo.fields import Command

from ..common import FollowupCase

# A Monday; the company works from Monday to Friday.
TODAY = date(2026, 3, 2)
NOON = "2026-03-02 12:00:00"


class TrackingCase(FollowupCase):
    """Two customers with a template of five milestones, and a way to an order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["followup.tracking.template"].search([]).active = False
        cls.company_a.partner_id.tz = "UTC"
        cls.customer = cls._create_customer("Nordwind")
        cls.other = cls._create_customer("Brightwell", user=cls.user_own_2)
        cls.product = cls.env["product.product"].create(
            {"name": "Parka", "is_storable": True, "list_price": 10}
        )
        cls.service = cls.env["product.product"].create(
            {"name": "Design", "type": "service"}
        )
        cls.types = {
            name: cls.env.ref(f"followup_crm.milestone_type_{name}")
            for name in (
                "contract",
                "deposit",
                "materials",
                "final_inspection",
                "shipment",
                "documents",
                "payment",
            )
        }
        cls.template = cls._create_template("Made to order")

    @classmethod
    def _create_template(cls, name, **vals):
        lines = vals.pop(
            "lines",
            [
                ("contract", "order", 0, "order"),
                ("deposit", "order", 5, "deposit"),
                ("materials", "delivery", -15, "hand"),
                ("final_inspection", "delivery", -2, "hand"),
                ("shipment", "delivery", 0, "picking"),
                ("documents", "delivery", 3, "invoice"),
                ("payment", "delivery", 10, "payment"),
            ],
        )
        return cls.env["followup.tracking.template"].create(
            {
                "name": name,
                "company_id": cls.company_a.id,
                "lead_days": 30,
                "line_ids": [
                    Command.create(
                        {
                            "type_id": cls.types[kind].id,
                            "sequence": 10 * number,
                            "base": base,
                            "offset_days": days,
                            "completes": completes,
                        }
                    )
                    for number, (kind, base, days, completes) in enumerate(lines, 1)
                ],
                **vals,
            }
        )

    @classmethod
    def _create_order(cls, customer=None, promised="2026-04-01 12:00:00", **vals):
        """A quotation of 10 parkas, promised for Wednesday 1 April."""
        customer = customer or cls.customer
        quantity = vals.pop("quantity", 10)
        product = vals.pop("product", cls.product)
        return cls.env["sale.order"].create(
            {
                "partner_id": customer.partner_id.id,
                "company_id": customer.company_id.id,
                "commitment_date": promised,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity}
                    )
                ],
                **vals,
            }
        )

    @classmethod
    def _track(cls, customer=None, **vals):
        """The tracking of a new confirmed order."""
        order = cls._create_order(customer, **vals)
        order.action_confirm()
        return cls._tracking_of(order)

    @classmethod
    def _tracking_of(cls, order):
        return cls.env["followup.order.tracking"].search([("order_id", "=", order.id)])

    def _milestone(self, tracking, name):
        return tracking.milestone_ids.filtered(
            lambda m: m.type_id == self.types[name]
        ).with_env(tracking.env)

    def _dates(self, tracking, field):
        """Day of each milestone in its order, as month-day."""
        return [
            f"{day:%m-%d}" if day else None
            for day in tracking.milestone_ids.sorted("sequence").mapped(field)
        ]
