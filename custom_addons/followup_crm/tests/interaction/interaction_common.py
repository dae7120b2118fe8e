from ..common import FollowupCase


class InteractionCase(FollowupCase):
    """A customer of ``user_own`` with a contact person, and short ways to contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Linden Mode", email="office@linden.test")
        cls.person = cls.env["res.partner"].create(
            {
                "name": "Anna Linde",
                "parent_id": cls.customer.partner_id.id,
                "email": "anna@linden.test",
            }
        )
        cls.foreign = cls._create_customer("Oak Trading", cls.user_own_2)

    def _plan(self, customer=None, user=None, **vals):
        """A planned contact, as its responsible makes it."""
        user = user or self.user_own
        values = {
            "customer_id": (customer or self.customer).id,
            "purpose": "Ask about the autumn order",
            "date": "2026-06-10",
            **vals,
        }
        return self._as(self.env["followup.interaction"], user).create(values)

    def _get_activity(self, contact):
        return contact.sudo().activity_id

    def _run_due(self):
        """What is due gets its activity, what passed is missed."""
        self._run_cron("followup_crm.interaction_cron_due")
