from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountIntent(KeyAccountCase):
    """The register of letters of intent (A6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time("2026-06-30 10:00:00")
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.customer = cls._create_customer("Key")
        cls.account = cls._account(cls.customer)

    def _letter(self, **vals):
        letters = self._as(self.env["followup.account.intent"], self.user_own)
        return letters.create(
            {
                "account_id": self.account.id,
                "name": "Knitwear",
                "amount": 1000,
                "date_from": "2026-01-01",
                "date_to": "2026-06-30",
                **vals,
            }
        )

    def test_what_was_bought_by_hand(self):
        """A6: 250 in the period of 1000 are 25 %; the days before and after are not."""
        self._orders(
            (self.customer, 77, "2025-12-31"),
            (self.customer, 100, "2026-01-01"),
            (self.customer, 150, "2026-06-30"),
            (self.customer, 5, "2026-07-01"),
        )
        letter = self._letter()
        self.assertEqual((letter.ordered_amount, letter.fulfilment), (250, 25))

    def test_other_currency(self):
        """A6: an amount in another currency is measured at the day's rate."""
        foreign = (
            self.env["res.currency"]
            .sudo()
            .create({"name": "XKA", "symbol": "K", "rate_ids": [(0, 0, {"rate": 2})]})
        )
        self._orders((self.customer, 100, "2026-01-01"))
        letter = self._letter(currency_id=foreign.id)
        self.assertEqual((letter.ordered_amount, letter.fulfilment), (100, 20))

    def test_from_draft_to_fulfilled(self):
        """A6: sent, signed with its day, fulfilled; what was signed stays."""
        letter = self._letter()
        letter.action_send()
        self.assertEqual(str(letter.sent_date), "2026-06-30")
        with self.assertRaisesRegex(UserError, "day on which it was signed"):
            letter.action_sign()
        letter.signed_date = "2026-07-30"
        with self.assertRaises(UserError):
            letter.action_sign()
        letter.signed_date = "2026-06-29"
        letter.action_sign()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            letter.amount = 5
        with self.assertRaisesRegex(UserError, "is kept"):
            self._as(letter, self.manager).unlink()
        letter.action_fulfil()
        self.assertEqual(letter.state, "fulfilled")

    def test_every_move_that_is_not_allowed(self):
        """A6: each verb from each state: the table of moves is the only way."""
        verbs = {"send", "sign", "fulfil", "end", "cancel", "redraft"}
        allowed = {
            "draft": {"send", "sign", "cancel"},
            "sent": {"sign", "cancel", "redraft"},
            "signed": {"fulfil", "end"},
            "fulfilled": set(),
            "ended": set(),
            "cancelled": {"redraft"},
        }
        for state, fine in allowed.items():
            for verb in verbs - fine:
                letter = self._letter(signed_date="2026-06-01")
                letter.sudo().state = state
                with self.assertRaises(UserError, msg=f"{verb} from {state}"):
                    getattr(letter, f"action_{verb}")()

    def test_state_is_not_written(self):
        """Attack 6: the state by methods only, defaults in the context too."""
        letter = self._letter()
        for user in (self.user_own, self.manager):
            with self.assertRaises(AccessError):
                self._as(letter, user).write({"state": "signed"})
        other = letter.with_context(default_state="signed").create(
            {"account_id": self.account.id, "name": "x", "date_to": "2027-01-01"}
        )
        self.assertEqual(other.state, "draft")
