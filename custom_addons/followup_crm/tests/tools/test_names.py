from odoo.tests import BaseCase, tagged

from ...tools.names import (
    MAX_KEY_LENGTH,
    name_key,
    registration_key,
)


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestNames(BaseCase):
    def test_spellings_of_one_name(self):
        """P12, R7: legal form, case, width, spaces and punctuation do not count."""
        spellings = {
            "nordlicht": (
                "Nordlicht",
                " NORDLICHT ",
                "Nordlicht GmbH",
                "Nordlicht G.m.b.H.",
                "Nordlicht GmbH & Co. KG",
                "Nordlicht GmbH und Co KG",
                "Ｎｏｒｄｌｉｃｈｔ",
                "Nordlicht, Inc.",
                "Nordlicht Co.,Ltd.",
                "Nordlicht Co.Ltd",
                "Nordlicht S.A.",
                "Nordlicht S. p. A.",
                "Nordlicht Sp. z o.o.",
                "Nordlicht L.L.C.",
                "Nord-Licht Private Limited",
                "PT Nordlicht Tbk",
            ),
            "宁波海风服饰": (
                "宁波海风服饰",
                "宁波海风服饰有限公司",
                "宁波海风服饰有限责任公司",
                "宁波海风服饰股份有限公司",
                "宁波 海风 服饰",
            ),
            "サクラ": ("サクラ", "株式会社サクラ", "㈱サクラ", "サクラ株式会社"),
            "ромашка": ("Ромашка", 'ООО "Ромашка"', "РОМАШКА ООО"),
        }
        for key, names in spellings.items():
            for name in names:
                with self.subTest(name=name):
                    self.assertEqual(name_key(name), key)

    def test_different_names_stay_different(self):
        """P12: what tells two customers apart is kept."""
        names = [
            "Nordlicht",
            "Südlicht",
            "Nordlicht Asia",
            "宁波海风服饰（中国）有限公司",
            "宁波海风服饰有限公司",
            "Warsaw Zoo",
            "Warsaw",
            "Smith and Sons",
            "Smith",
            "हिन्दी",
            "हिन्दु",
        ]
        keys = [name_key(name) for name in names]
        self.assertEqual(len(set(keys)), len(names), keys)

    def test_never_empty(self):
        """P12: a name that shows something has a key, whatever it consists of."""
        for name in ("Ltd.", "公司", "***", "GmbH & Co. KG", "&", "😀", "S.A.", "-"):
            with self.subTest(name=name):
                self.assertTrue(name_key(name))
        for name in ("", False, None, "  \t"):
            self.assertEqual(name_key(name), "")

    def test_key_fits_into_an_index(self):
        """18: a name of a megabyte does no harm."""
        self.assertEqual(len(name_key("x" * 1_000_000)), MAX_KEY_LENGTH)

    def test_key_is_stable(self):
        """P12: the key of a key is the key itself."""
        for name in ("Nordlicht GmbH", "宁波海风服饰有限公司", "Rossi S.p.A.", "***"):
            self.assertEqual(name_key(name_key(name)), name_key(name))

    def test_registration_key(self):
        """P12: numbers are compared without what people put between the digits."""
        self.assertEqual(registration_key("de 123.456-789"), "DE123456789")
        self.assertEqual(registration_key("ＤＥ１２３"), "DE123")
        self.assertEqual(registration_key("/"), "")
        self.assertEqual(registration_key(False), "")
