from ..common import FollowupCase


class RequestCase(FollowupCase):
    """A customer of the own user, and a short way to its requests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer(
            "Harrow & Finch",
            email="buy@harrow.test",
            country_id=cls.germany.id,
        )
        cls.product = cls.env["product.product"].create({"name": "Polo shirt"})

    @classmethod
    def _ask(cls, user=None, **vals):
        """A request as a user of company A writes it down."""
        requests = cls.env["followup.request"].with_user(user or cls.user_own)
        return requests.with_context(
            allowed_company_ids=requests.env.user.company_id.ids
        ).create(
            {"subject": "Price of 500 shirts", "customer_id": cls.customer.id, **vals}
        )

    def _step(self, request, step, **vals):
        """Take a step by the dialog, as the user does."""
        wizard = request.env["followup.request.step"].create(
            {"request_id": request.id, "step": step, "note": "Said so.", **vals}
        )
        return wizard.action_apply()
