from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .tier_common import TwoCustomersCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestScheme(TwoCustomersCase):
    """Schemes and tiers as data (T1, T20, T26)."""

    def test_deleted_tier_is_archived(self):
        """T22: a tier with history stays readable and gets nobody any more."""
        self._compute(self.scheme)
        first, second, third = self.scheme.tier_ids
        self.scheme.write({"tier_ids": [(2, first.id), (1, second.id, {"limit": 70})]})
        self.assertTrue(first.exists())
        self.assertFalse(first.active)
        self.assertEqual(self.scheme.tier_ids, second | third)
        self._compute(self.scheme)
        self.assertEqual(self._classes(self.scheme), {"Big": "II", "Small": "III"})
        unused = (
            self.env["followup.tier"]
            .sudo()
            .create({"scheme_id": self._scheme("value").id, "name": "X", "code": "x"})
        )
        unused.unlink()
        self.assertFalse(unused.exists())

    def test_limits_hold_together(self):
        """T1: limits rise to 100, through the scheme and tier by tier."""
        first, _second, third = self.scheme.tier_ids
        with self.assertRaises(ValidationError):
            first.limit = 95
        with self.assertRaises(ValidationError):
            third.limit = 99
        with self.assertRaises(ValidationError):
            self.scheme.write({"tier_ids": [(1, third.id, {"limit": 80})]})
        self.scheme.write(
            {"tier_ids": [(1, first.id, {"limit": 91}), (1, _second.id, {"limit": 95})]}
        )
        self.assertEqual(self.scheme.tier_ids.mapped("limit"), [91, 95, 100])

    def test_schemes_are_not_deleted(self):
        """T20: results refer to them; switched off, their classes are gone."""
        self._compute(self.scheme)
        with self.assertRaises(UserError):
            self.scheme.unlink()
        self.scheme.active = False
        self.assertFalse(self._classes(self.scheme))
        self.assertFalse(self.big.tier_id)
        self.assertTrue(self._log(self.scheme))

    def test_new_company_gets_its_schemes(self):
        """T20: every company has its own copy of each template, once."""
        company = self.env["res.company"].create({"name": "Cedar Garments"})
        schemes = self.env["followup.tier.scheme"].sudo()
        schemes = schemes.with_context(active_test=False)
        own = schemes.search([("company_id", "=", company.id)])
        templates = schemes.search([("company_id", "=", False)])
        self.assertEqual(sorted(own.mapped("code")), sorted(templates.mapped("code")))
        self.assertEqual(len(own.tier_ids), len(templates.tier_ids))
        self.assertEqual(
            set(own.filtered("active").mapped("code")),
            {"amount", "lifecycle", "credit", "region"},
        )
        schemes._make_for_companies()
        self.assertEqual(schemes.search([("company_id", "=", company.id)]), own)

    def test_shipped_schemes_explain_themselves(self):
        """T1: each has a sentence that says how it decides, and tiers."""
        templates = self.env["followup.tier.scheme"].sudo()
        templates = templates.with_context(active_test=False).search(
            [("company_id", "=", False)]
        )
        self.assertEqual(
            set(templates.mapped("code")),
            {
                *("amount", "rank", "abc", "business", "lifecycle", "relationship"),
                *("region", "industry", "urgency", "credit", "deal", "relation"),
                *("loyalty", "value", "level", "cooperation", "orientation"),
                *("abcp", "behaviour", "rfm"),
            },
        )
        for template in templates:
            self.assertGreater(len(template.description), 40, template.code)
            self.assertTrue(template.tier_ids, template.code)

    def test_copy_of_a_scheme(self):
        """T20: a copy has a code of its own and is not the policy scheme."""
        copy = self._as(self.scheme, self.manager).copy()
        self.assertEqual((copy.code, copy.active), ("amount_copy", False))
        self.assertFalse(copy.is_policy)
        self.assertEqual(copy.tier_ids.mapped("limit"), [70, 90, 100])

    def test_copies_learn_the_templates_languages(self):
        """T20, R4: a language that comes later; what was renamed stays."""
        self.env["res.lang"]._activate_lang("zh_CN")
        schemes = self.env["followup.tier.scheme"].sudo()
        template = schemes.with_context(active_test=False).search(
            [("company_id", "=", False), ("code", "=", "amount")]
        )
        template.update_field_translations("name", {"zh_CN": "金额一二三类"})
        best = template.tier_ids[0]
        best.update_field_translations("name", {"zh_CN": "一类"})
        second = template.tier_ids[1]
        second.update_field_translations("name", {"zh_CN": "二类"})
        self.scheme.tier_ids[1].name = "Middle"
        schemes._make_for_companies()
        chinese = self.scheme.with_context(lang="zh_CN")
        self.assertEqual(chinese.name, "金额一二三类")
        self.assertEqual(chinese.tier_ids.mapped("name")[:2], ["一类", "Middle"])

    def test_policy_intervals(self):
        """T26: the strictest interval wins and says which tier asked for it."""
        rank = self._scheme("rank")
        rank.active = True
        self._compute(self.scheme, rank)
        big = self._as(self.big, self.user_own)
        self.assertEqual(big.contact_interval_days, 3)
        self.assertEqual(big.visit_interval_days, 91)
        self.assertIn("VIP customer", big.policy_note)
        rank.active = False
        self.env.invalidate_all()
        self.assertEqual(big.contact_interval_days, 7)
