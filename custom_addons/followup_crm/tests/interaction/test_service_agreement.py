from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .interaction_common import InteractionCase


@tagged("post_install", "-at_install", "followup_crm", "interaction")
@freeze_time("2026-06-10 08:00:00")
class TestServiceAgreement(InteractionCase):
    """What was promised to a customer overrides its tier (F12)."""

    def _agree(self, customer=None, user=None, **vals):
        values = {
            "customer_id": (customer or self.customer).id,
            "name": "Annex 3",
            "date_from": "2026-01-01",
            "response_hours": 2,
            **vals,
        }
        model = self.env["followup.service.agreement"]
        return self._as(model, user or self.user_own).create(values)

    def test_agreement_overrides_the_tier(self):
        """F12: the agreement's hours, else the usual ones by the tier's factor."""
        tier = self.env["followup.tier"].search(
            [("company_id", "=", self.company_a.id)], limit=1
        )
        tier.response_factor = 0.5
        (self.customer | self.foreign).sudo().tier_id = tier
        both = self.customer | self.foreign
        self._agree()
        hours = both._get_promised_hours(8)
        self.assertEqual(hours, {self.customer.id: 2, self.foreign.id: 4})
        hours = both._get_promised_hours(24, "proposal")
        self.assertEqual(hours, {self.customer.id: 12, self.foreign.id: 12})

    def test_only_while_it_holds(self):
        """F12: before it begins and after it ends, the tier's hours count."""
        self._agree(date_from="2026-06-01", date_to="2026-06-09")
        self.assertEqual(self.customer._get_promised_hours(8), {self.customer.id: 8})
        hours = self.customer._get_promised_hours(8, day="2026-06-09")
        self.assertEqual(hours, {self.customer.id: 2})

    def test_one_promise_at_a_time(self):
        """F12: two agreements do not hold on the same day."""
        self._agree(date_to="2026-06-30")
        with self.assertRaises(ValidationError):
            self._agree(name="Annex 4", date_from="2026-06-30")
        self._agree(name="Annex 4", date_from="2026-07-01")

    def test_access(self):
        """F12: own customers, officers read, other companies nothing."""
        agreement = self._agree()
        self.assertTrue(self._as(agreement, self.officer).read(["name"]))
        with self.assertRaises(AccessError):
            self._as(agreement, self.officer).name = "x"
        with self.assertRaises(AccessError):
            self._agree(self.foreign)
        with self.assertRaises(AccessError):
            agreement.unlink()
        for user in (self.user_own_2, self.user_b, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(agreement, user).read(["name"])
        self._as(agreement, self.manager).unlink()
