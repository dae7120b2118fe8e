from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from ...tools.phrase import MISSING, fill, unknown
from ..common import FollowupCase

SHIPPED = 12


@tagged("post_install", "-at_install", "followup_crm", "phrase")
class TestPhrase(FollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.customer = cls._create_customer("Harrow & Finch", email="a@harrow.test")
        cls.buyer = cls.env["res.partner"].create(
            {
                "name": "Ann <b>Finch</b> {{7*7}}",
                "parent_id": cls.customer.partner_id.id,
                "email": "ann@harrow.test",
            }
        )
        cls.request = (
            cls.env["followup.request"]
            .with_user(cls.user_own)
            .with_context(allowed_company_ids=cls.company_a.ids)
            .create(
                {
                    "subject": "500 shirts",
                    "customer_id": cls.customer.id,
                    "partner_id": cls.buyer.id,
                    "product_id": cls.env["product.product"]
                    .create({"name": "Polo {user}"})
                    .id,
                }
            )
        )

    def _phrase(self, user=None, **vals):
        phrases = self._as(self.env["followup.phrase"], user or self.manager)
        return phrases.create(
            {
                "name": "P",
                "situation": "other",
                "body": "Dear {contact}, {product} of {customer}. {order}",
                **vals,
            }
        )

    def _compose(self, **vals):
        action = self.request.action_answer()
        composer = self.request.env["mail.compose.message"]
        return Form(composer.with_context(**action["context"]))

    def test_tool(self):
        """Q2: Only names from the list are filled; values are never read again."""
        self.assertEqual(unknown("a {user} b"), [])
        self.assertEqual(unknown("{x}"), ["{x}"])
        self.assertEqual(unknown("{{7*7}}"), ["{7*7}", "{", "}"])
        self.assertEqual(unknown("open {user"), ["{"])
        self.assertEqual(unknown("{user.password}"), ["{user.password}"])
        text = fill("{contact}, {order}", {"contact": "{user} $1 \\g<0>"})
        self.assertEqual(text, "{user} $1 \\g<0>, " + MISSING)

    def test_unknown_placeholder(self):
        """Q2: What cannot be filled is refused with the names that can."""
        for body in ("{salary}", "{{7*7}}", "{user.password}", "Dear {contact"):
            with self.assertRaises(ValidationError) as caught:
                self._phrase(body=body)
            self.assertIn("{contact}", str(caught.exception))
        with self.assertRaises(ValidationError):
            self._phrase(subject="{nothing}")

    def test_shipped(self):
        """Q2: At least twelve situations in English and Chinese, all to be filled."""
        shipped = self.env["followup.phrase"].search([("user_id", "=", False)])
        by_language = {
            code: set(phrases.mapped("situation"))
            for code, phrases in shipped.grouped("language").items()
        }
        self.assertGreaterEqual(len(by_language["en"]), SHIPPED)
        self.assertEqual(by_language["en"], by_language["zh"])
        for phrase in shipped:
            text = phrase._render(self.request)[1]
            self.assertNotIn("{contact}", text)

    def test_filled_in(self):
        """Q2: Filled from the record, in the order of the text; no markup runs."""
        phrase = self._as(self._phrase(language="en"), self.user_own)
        text = phrase._render(self.request)[1]
        self.assertEqual(
            text,
            "Dear Ann <b>Finch</b> {{7*7}}, Polo {user} of Harrow & Finch. " + MISSING,
        )

    def test_in_the_mail_dialog(self):
        """Q2: Chosen, seen, changed, sent and counted; signs of code stay text."""
        phrase = self._phrase(language="en", subject="About {product}")
        form = self._compose()
        self.assertEqual(form.fcrm_phrase_language, "en")
        form.fcrm_phrase_id = self._as(phrase, self.user_own)
        self.assertFalse(form.fcrm_phrase_id)
        self.assertIn("{{7*7}}", form.body)
        self.assertNotIn("<b>Finch", form.body)
        form.fcrm_phrase_id = self._as(phrase, self.user_own)
        self.assertEqual(form.body.count("Harrow &amp; Finch"), 2)
        form.save().action_send_mail()
        message = self.request.message_ids[0]
        self.assertIn("{{7*7}}", message.body)
        self.assertNotIn("49", message.body)
        self.assertEqual(phrase.use_count, 1)
        self.assertEqual(self.request.state, "answered")

    def test_customers_language(self):
        """Q2: The dialog offers the phrases of the customer's language first."""
        self.buyer.lang = "zh_CN"
        self.assertEqual(self._compose().fcrm_phrase_language, "zh")
        self.buyer.lang = False
        self.customer.partner_id.lang = "en_US"
        self.assertEqual(self._compose().fcrm_phrase_language, "en")

    def test_above_the_signature(self):
        """Q2: A phrase stands above the signature, after what was written."""
        composers = self.env["mail.compose.message"]
        body = '<p>Hello</p><div class="o-signature-container">Me</div>'
        joined = composers._fcrm_join(body, "<p>Phrase</p>")
        self.assertLess(joined.index("Hello"), joined.index("Phrase"))
        self.assertLess(joined.index("Phrase"), joined.index("Me"))

    def test_find(self):
        """Q2: The company's own before the shipped, the language before English."""
        company = self.company_a
        own = self._phrase(situation="price", language="zh", company_id=company.id)
        phrases = self.env["followup.phrase"]
        self.assertEqual(phrases._find("price", "zh_CN", company), own)
        self.assertEqual(phrases._find("price", "zh_TW", company), own)
        english = self.env.ref("followup_crm.phrase_price_en")
        self.assertEqual(phrases._find("price", "en_US", company), english)
        self.assertEqual(phrases._find("price", "de_DE", company), english)
        self.assertEqual(phrases._find("price", "xx_XX", company), english)
        self.assertNotEqual(phrases._find("price", "zh_CN", self.company_b), own)

    def test_search_by_words(self):
        """Q2: Found by words of the title or of the text."""
        phrase = self._phrase(name="Zebra", body="Crimson buttons")
        phrases = self._as(self.env["followup.phrase"], self.user_own)
        for word in ("zebra", "crimson"):
            found = [one for one, _name in phrases.name_search(word)]
            self.assertEqual(found, phrase.ids)

    def test_rights(self):
        """Q2: Shared ones are the managers', private ones one's own alone."""
        shared = self._phrase()
        for user in (self.user_own, self.user_all, self.officer):
            self.assertEqual(self._as(shared, user).name, "P")
            with self.assertRaises(AccessError):
                self._as(shared, user).name = "x"
            with self.assertRaises(AccessError):
                self._phrase(user=user, user_id=False)
            with self.assertRaises(AccessError):
                self._phrase(user=user, user_id=self.user_own_2.id)
            private = self._phrase(user=user)
            self.assertEqual(private.user_id, user)
            private.name = "Mine"
            for other in (self.user_own_2, self.manager, self.user_b):
                with self.assertRaises(AccessError):
                    self._as(private, other).read(["name"])
            private.unlink()
        company = self._phrase(company_id=self.company_a.id)
        with self.assertRaises(AccessError):
            self._as(company, self.user_b).read(["name"])
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(shared, user).read(["name"])
        with self.assertRaises(AccessError):
            self._as(self.env["followup.phrase.use"], self.user_all).search([])

    def test_foreign_record(self):
        """Attack 1: A phrase tells nothing of a record that one may not read."""
        phrase = self._as(self._phrase(), self.user_own_2)
        with self.assertRaises(AccessError):
            phrase._render(self._as(self.request, self.user_own_2))
