from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import FollowupCase


@tagged("post_install", "-at_install", "followup_crm", "ownership")
class TestClashPair(FollowupCase):
    """Pairs that share an exact key, and merging them (F9)."""

    def test_pairs_and_merge(self):
        """F9: each pair once; the merge is Odoo's, the files are combined."""
        one = self._create_customer("Nordlicht Mode GmbH")
        other = self._create_customer("Mode Nordlicht", user=self.user_own_2)
        self._create_customer("Nordlicht Möbel")
        self._create_customer(
            "Nordlicht Mode", user=self.user_b, company=self.company_b
        )
        pairs = self._as(self.env["followup.clash.pair"], self.manager).search([])
        self.assertEqual(pairs.customer_id, one)
        self.assertEqual(pairs.other_id, other)
        self.assertEqual(pairs.kind, "words")
        action = pairs.action_merge()
        merge = self.env[action["res_model"]].with_context(**action["context"])
        wizard = merge.create({})
        self.assertEqual(wizard.partner_ids, (one | other).partner_id)
        wizard._merge(wizard.partner_ids.ids, one.partner_id)
        self.assertFalse(other.exists())
        pairs.invalidate_model()
        self.assertFalse(pairs.search([]))

    def test_for_managers(self):
        """R1: pairs show foreign customers: managers of the company only."""
        one = self._create_customer("Nordlicht Mode GmbH")
        self._create_customer("Mode Nordlicht", user=self.user_own_2)
        pair = self.env["followup.clash.pair"].search([("customer_id", "=", one.id)])
        for user in (self.user_own, self.user_all, self.officer, self.user_b):
            with self.assertRaises(AccessError, msg=user.login):
                self._as(pair, user).action_merge()
