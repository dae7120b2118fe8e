from itertools import product

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .prospect_common import ProspectCase

# The rule by hand: how many of the three are large decides, all but which ones.
BY_LARGE = {3: "contact", 2: "develop", 1: "wait", 0: "drop"}


@tagged("post_install", "-at_install", "followup_crm", "prospect")
class TestManAdvice(ProspectCase):
    """Money, authority, need (N1)."""

    def test_eight_combinations(self):
        """N1: each combination has its letters, its treatment and an advice."""
        for money, authority, need in product(("large", "small"), repeat=3):
            lead = self._lead(
                "Fair", fcrm_money=money, fcrm_authority=authority, fcrm_need=need
            )
            letters = zip("MAN", (money, authority, need), strict=True)
            code = "".join(a if b == "large" else a.lower() for a, b in letters)
            number = sum(value == "large" for value in (money, authority, need))
            with self.subTest(code=code):
                self.assertEqual(lead.fcrm_man, code)
                self.assertEqual(lead.fcrm_man_treatment, BY_LARGE[number])
                self.assertGreater(len(lead.fcrm_man_text), 20)
                self.assertIn(code, lead.fcrm_man_advice_id.name)

    def test_incomplete(self):
        """N1: two letters are no score yet; without any there is no code."""
        lead = self._lead("Fair")
        self.assertFalse(lead.fcrm_man)
        lead.write({"fcrm_money": "large", "fcrm_need": "small"})
        self.assertEqual(lead.fcrm_man, "M…n")
        self.assertFalse(lead.fcrm_man_advice_id)
        self.assertFalse(lead.fcrm_man_treatment)

    def test_taps(self):
        """N1: a tap on a card goes from unknown to large, to small, and back."""
        lead = self._as(self._lead("Fair"), self.seller)
        tapped = []
        for _number in range(3):
            lead.with_context(fcrm_letter="need").action_fcrm_tap()
            tapped.append(lead.fcrm_need)
        self.assertEqual(tapped, ["large", "small", False])
        for letter in ("man", "user_id", None):
            with self.assertRaises(ValidationError):
                lead.with_context(fcrm_letter=letter).action_fcrm_tap()

    def test_tap_of_a_stranger(self):
        """N1: leads obey Odoo's own rules: no tap on a colleague's."""
        lead = self._lead("Fair")
        for user in (self.seller_2, self.user_own, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(lead, user).with_context(fcrm_letter="need").action_fcrm_tap()
        self.assertFalse(lead.fcrm_need)

    def test_treatment_is_data(self):
        """N1: a manager changes a treatment, and the leads follow at once."""
        lead = self._lead(
            "Fair", fcrm_money="small", fcrm_authority="large", fcrm_need="large"
        )
        advice = self._as(lead.fcrm_man_advice_id.sudo(False), self.manager)
        advice.write({"treatment": "wait", "advice": "Not before they have money."})
        self.assertEqual(lead.fcrm_man_treatment, "wait")
        groups = (
            self.env["crm.lead"]
            .sudo()
            ._read_group(
                [("id", "=", lead.id)], ["fcrm_man_treatment", "fcrm_man_advice_id"]
            )
        )
        self.assertEqual(groups, [("wait", lead.fcrm_man_advice_id)])
        with self.assertRaises(UserError):
            advice.money = "large"

    def test_access(self):
        """N1: everybody who works reads the advice, managers edit it, none makes it."""
        advice = self.env.ref("followup_crm.man_advice_money_authority_need")
        for user in (self.user_own, self.user_all, self.sales_only, self.officer):
            theirs = self._as(advice, user)
            self.assertTrue(theirs.advice)
            with self.assertRaises(AccessError):
                theirs.treatment = "drop"
        with self.assertRaises(AccessError):
            self._as(advice, self.portal_user).read(["advice"])
        for user in (self.manager, self.user_all):
            with self.assertRaises(AccessError):
                self._as(advice, user).copy()
            with self.assertRaises(AccessError):
                self._as(advice, user).unlink()

    def test_queries(self):
        """N1: scores of many leads take as many queries as those of a few."""
        counts = []
        for number in (3, 30):
            leads = self.env["crm.lead"].concat(
                *(self._lead(f"Lead {index}") for index in range(number))
            )
            leads.fcrm_money = leads.fcrm_authority = "large"
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            leads.sudo().with_context(tracking_disable=True).write(
                {"fcrm_need": "large"}
            )
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
