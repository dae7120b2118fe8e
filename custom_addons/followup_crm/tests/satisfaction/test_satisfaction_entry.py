from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .satisfaction_common import ANGRY, HAPPY, SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction")
class TestSatisfactionEntry(SatisfactionCase):
    """G7: What staff learnt in a talk, marked as such and apart in the figures."""

    def _enter(self, marks, user=None, **vals):
        entries = self.env["followup.satisfaction.entry"].with_user(
            user or self.user_own
        )
        entry = entries.with_context(allowed_company_ids=self.company_a.ids).create(
            {"customer_id": self.customer.id, **vals}
        )
        action = entry.action_begin()
        invitation = self._invitation(self.customer)
        self.assertIn(invitation.sudo().input_id.access_token, action["url"])
        return self._answer(invitation, marks)

    def test_entered(self):
        """G7: How it was learnt, by whom and when stand with the answer."""
        day = fields.Date.today() - timedelta(days=3)
        response = self._enter(HAPPY, source="focus_group", date=day)
        self.assertEqual(response.source, "focus_group")
        self.assertEqual(response.entered_by_id, self.user_own)
        self.assertEqual(response.date, day)
        self.assertAlmostEqual(response.index, 82)

    def test_apart(self):
        """G7: It counts neither in a round, nor as the customer's satisfaction."""
        one = self._send()
        self._answer(self._invitation(self.customer, one), HAPPY)
        self._enter(ANGRY, source="second_hand")
        self.assertAlmostEqual(self.customer.sudo().satisfaction_index, 82)
        self.assertEqual(self.customer.sudo().satisfaction_count, 2)
        self.assertAlmostEqual(one.index, 82)
        self.assertEqual((one.sent_count, one.answered_count), (1, 1))
        report = self.env["followup.satisfaction.report"]
        rows = report.search([("customer_id", "=", self.customer.id)])
        self.assertEqual(sorted(rows.mapped("source")), ["online", "second_hand"])

    def test_still_followed_up(self):
        """G6, G7: Dissatisfaction learnt in a talk makes an action all the same."""
        response = self._enter(ANGRY, source="internal")
        self.assertTrue(response.is_low)
        self.assertEqual(response.action_ids.user_id, self.user_own)

    def test_not_a_question(self):
        """G7: A talk does not keep a customer from being asked in a round."""
        self._enter(HAPPY)
        one = self._make_round()
        one.action_choose()
        self.assertIsNone(self._reasons(one)["Harrow & Finch"])

    def test_checks(self):
        """G7: Nothing of tomorrow, and nobody of another company."""
        tomorrow = fields.Date.today() + timedelta(days=2)
        with self.assertRaises(UserError):
            self._enter(HAPPY, date=tomorrow)
        other = self.env["res.partner"].create({"name": "Somebody else"})
        with self.assertRaises(UserError):
            self._enter(HAPPY, partner_id=other.id)
