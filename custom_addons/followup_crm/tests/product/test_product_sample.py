from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .product_common import ProductCase

TODAY = date(2026, 3, 16)


@tagged("post_install", "-at_install", "followup_crm", "product")
@freeze_time("2026-03-16 08:00:00")
class TestProductSample(ProductCase):
    def test_sent_and_approved(self):
        """K3: when it was sent, and who noted the customer's decision."""
        sample = self._detail("sample")
        sample.action_sent()
        self.assertEqual((sample.state, sample.sent_on), ("sent", TODAY))
        sample.decided_by = "Anna Berg"
        sample.action_approve()
        self.assertEqual(sample.decision_user_id, self.user_own)
        self.assertEqual(sample.decided_on, TODAY)
        with self.assertRaises(UserError):
            sample.action_sent()
        sample.action_reopen()
        self.assertEqual(sample.state, "sent")

    def test_rejected_brings_the_next_round(self):
        """K3: what the customer said is written down; then comes the next round."""
        sample = self._detail("sample", kind="pre_production")
        sample.action_sent()
        with self.assertRaisesRegex(UserError, "what the customer said"):
            sample.action_reject()
        sample.comments = "Collar too high"
        sample.action_reject()
        following = self.tracking.sample_ids - sample
        self.assertEqual(following.round_number, 2)
        self.assertEqual(following.kind, "pre_production")
        self.assertEqual(following.state, "wanted")
        self.assertEqual(following.date_wanted, date(2026, 3, 23))
        self.assertFalse(sample.blocks_production)
        self.assertTrue(following.blocks_production)
        following.comments = "Label 2 mm lower"
        following.action_sent()
        following.action_approve_comments()
        self.assertFalse(following.blocks_production)

    def test_late(self):
        """K3: a sample to be made is late from the day after."""
        sample = self._detail("sample", date_wanted="2026-03-16")
        self.assertFalse(sample.is_late)
        sample.date_wanted = "2026-03-15"
        self.assertTrue(sample.is_late)
        sample.action_sent()
        self.assertFalse(sample.is_late)

    def test_state_is_not_written(self):
        """R1, attack 6: an approval is a step, not a value."""
        sample = self._detail("sample")
        for name in sample._server_only:
            with self.assertRaises(AccessError, msg=name):
                sample.write({name: False})
