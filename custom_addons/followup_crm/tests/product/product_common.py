from ..shipment.shipment_common import ShipmentCase


class ProductCase(ShipmentCase):
    """A product that is tracked for a customer, with its order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tracking = cls._track()

    @classmethod
    def _track(cls, customer=None, user=None, **vals):
        """A tracking, started as a user starts it."""
        customer = customer or cls.customer
        user = user or customer.user_id
        trackings = cls.env["followup.product.tracking"].with_user(user)
        trackings = trackings.with_context(allowed_company_ids=user.company_id.ids)
        if customer == cls.customer:
            vals = {"order_id": cls.order.id, **vals}
        return trackings._start(
            customer.with_env(trackings.env), {"product_id": cls.product.id, **vals}
        )

    @classmethod
    def _detail(cls, name, /, **vals):
        """A detail of the tracking, made by its user."""
        details = cls.env[f"followup.product.{name}"].with_env(cls.tracking.env)
        return details.create({"tracking_id": cls.tracking.id, **vals})
