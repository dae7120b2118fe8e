from odoo.tests import BaseCase, tagged

from ...tools.clash import (
    clash_words,
    domain_key,
    likeness,
    name_keys,
    phone_key,
    tax_keys,
)


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestClash(BaseCase):
    """Keys and likeness of names, in plain Python (F9)."""

    def _likeness(self, one, other):
        return likeness(clash_words(one), clash_words(other))

    def test_one_key_for_many_spellings(self):
        """F9: legal form, accents, umlauts, width, script, order, abbreviation."""
        for names in (
            ("Müller GmbH", "Mueller", "MULLER GmbH & Co. KG", "Ｍüller"),
            ("Fjærøy AS", "Fjaroy", "FJAERØY"),
            ("宁波海风服饰有限公司", "寧波海風服飾", "宁波市海风服饰有限责任公司"),
            ("Pacific International", "Pacific Intl. Ltd", "The Pacific International"),
        ):
            keys = {name_keys(name)["name"] for name in names}
            self.assertEqual(len(keys), 1, keys)
        orders = {name_keys(n)["words"] for n in ("Mode Nordlicht", "Nordlicht Mode")}
        self.assertEqual(len(orders), 1)
        self.assertEqual(name_keys(""), {})
        self.assertEqual(name_keys(False), {})

    def test_slips_are_alike(self):
        """F9: letters swapped, left out, doubled; one word written as two."""
        for one, other in (
            ("Nordlicht Mode", "Nordlihct Mode"),
            ("Brightwell Stores", "Brightwel Stores"),
            ("Bright Well Stores", "Brightwell Stores"),
            ("海风服饰（宁波）有限公司", "宁波海风服饰有限公司"),
        ):
            self.assertGreaterEqual(self._likeness(one, other), 0.8, other)

    def test_others_are_not(self):
        """F9: another place, another trade, another number is another company."""
        for one, other in (
            ("Shanghai Hengda Garments", "Ningbo Hengda Garments"),
            ("Nordlicht Mode", "Nordlicht Möbel"),
            ("Style 21 Fashion", "Style 12 Fashion"),
            ("宁波恒达服装", "上海恒达服装"),
            ("", "Nordlicht"),
        ):
            self.assertLess(self._likeness(one, other), 0.8, other)

    def test_likeness_has_no_direction(self):
        """F9: whoever asks for whom."""
        one, other = "Anderson Textile Trading", "Andersen Textiles"
        self.assertAlmostEqual(self._likeness(one, other), self._likeness(other, one))

    def test_numbers(self):
        """F9: tax numbers with or without prefix, domains, digits of a phone."""
        self.assertEqual(
            tax_keys("DE 123 456 789"), {"vat": "DE123456789", "bare_vat": "123456789"}
        )
        self.assertEqual(tax_keys("123456789"), {"vat": "123456789"})
        self.assertEqual(tax_keys("/"), {})
        self.assertEqual(
            domain_key("Anna <anna@Nordlicht.example>"), "nordlicht.example"
        )
        self.assertEqual(
            domain_key("https://www.nordlicht.example/de"), "nordlicht.example"
        )
        for public in ("x@gmail.com", "x@qq.com", "x@163.com", "nonsense", "", False):
            self.assertEqual(domain_key(public), "")
        self.assertEqual(phone_key("+49 (40) 123-456"), "4940123456")
        self.assertEqual(phone_key("12"), "")

    def test_long_names_do_no_harm(self):
        """18: a megabyte of name has a short key."""
        for key in name_keys("Nord " * 200_000).values():
            self.assertLessEqual(len(key), 200)
