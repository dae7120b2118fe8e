from odoo.fields import Command

from ..common import FollowupCase


class ShipmentCase(FollowupCase):
    """A customer with a confirmed order, and a foreign one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_own.group_ids |= cls.env.ref("sales_team.group_sale_salesman")
        cls.user_own.group_ids |= cls.env.ref("stock.group_stock_user")
        cls.product = cls.env["product.product"].create(
            {"name": "Softshell", "type": "consu", "is_storable": True}
        )
        cls.customer = cls._create_customer("Nordkai", country_id=cls.germany.id)
        cls.foreign = cls._create_customer("Fremdling", user=cls.user_own_2)
        cls.order = cls._create_order(cls.customer)

    @classmethod
    def _create_order(cls, customer, quantity=500, **vals):
        """A confirmed order of the customer, with its delivery."""
        order = (
            cls.env["sale.order"]
            .with_company(customer.company_id)
            .create(
                {
                    "partner_id": customer.partner_id.id,
                    "company_id": customer.company_id.id,
                    "client_order_ref": "PO-77",
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.product.id,
                                "product_uom_qty": quantity,
                                "price_unit": 30,
                                "tax_ids": [],
                            }
                        )
                    ],
                    **vals,
                }
            )
        )
        order.action_confirm()
        return order

    @classmethod
    def _start(cls, customer=None, user=None, **vals):
        """A shipment, started as a user starts it."""
        customer = customer or cls.customer
        user = user or customer.user_id
        shipments = cls.env["followup.shipment"].with_user(user)
        shipments = shipments.with_context(allowed_company_ids=user.company_id.ids)
        return shipments._start(
            customer.with_env(shipments.env), {"mode": "sea", **vals}
        )

    @classmethod
    def _create_portal_user(cls, customer, login):
        """A contact of the customer with a login to the portal."""
        user = cls._create_user(login, "base.group_portal")
        user.partner_id.parent_id = customer.partner_id
        return user
