from odoo.tests import BaseCase, tagged

from ...tools import transport


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestTransport(BaseCase):
    def test_containers(self):
        """K2: published container numbers are right, others are not (ISO 6346)."""
        # The standard's own example, one of a carrier, and one that ends in 0.
        for number in ("CSQU3054383", "CBHU3202732", "ABCU1234560"):
            self.assertIsNone(transport.check_container(number), number)
        for number, expected in (("CSQU3054384", "3"), ("CQSU3054383", None)):
            fault = transport.check_container(number)
            self.assertEqual(fault.kind, "digit", number)
            if expected:
                self.assertEqual(fault.expected, expected)
        for number in ("CSQA3054383", "CSQU305438", "CSQU30543831", "1SQU3054383", ""):
            self.assertEqual(transport.check_container(number).kind, "form", number)

    def test_remainder_of_ten_is_zero(self):
        """K2: ISO 6346: a remainder of 10 is written as 0."""
        values = [13, 30, 28, 32, 1, 0, 0, 0, 0, 8]
        remainder = sum(v * 2**place for place, v in enumerate(values)) % 11
        self.assertEqual(remainder, 10)
        self.assertEqual(transport.container_digit("CSQU100008"), "0")

    def test_container_texts(self):
        """K2: numbers as people write them are found in a text."""
        text = "csqu 305438-3, CBHU3202732\nABCU 123456 0"
        self.assertEqual(
            transport.split_containers(text),
            ["CSQU3054383", "CBHU3202732", "ABCU1234560"],
        )
        self.assertEqual(transport.split_containers(False), [])

    def test_waybills(self):
        """K2: IATA's check digit is the remainder by seven."""
        for number in ("02012345675", "12312345675"):
            self.assertIsNone(transport.check_waybill(number), number)
        fault = transport.check_waybill("02012345674")
        self.assertEqual((fault.kind, fault.expected), ("digit", "5"))
        for number in ("2012345675", "020123456750", "LH012345675"):
            self.assertEqual(transport.check_waybill(number).kind, "form", number)
        self.assertEqual(transport.format_waybill("02012345675"), "020-12345675")

    def test_ships(self):
        """K2: the published example of an IMO number, with and without its prefix."""
        for number in ("9074729", "IMO9074729"):
            self.assertIsNone(transport.check_imo(number), number)
        self.assertEqual(transport.check_imo("9074728").expected, "9")
        self.assertEqual(transport.check_imo("907472").kind, "form")

    def test_locodes(self):
        """K2: two letters and three signs, digits 2 to 9 only."""
        for code in ("CNNGB", "DEHAM", "US2CH"):
            self.assertIsNone(transport.check_locode(code), code)
        for code in ("CNNG", "CN0GB", "C1NGB", "cnngb", "CNNGBX"):
            self.assertEqual(transport.check_locode(code).kind, "form", code)
        for code in transport.PLACES:
            self.assertIsNone(transport.check_locode(code), code)

    def test_normalize(self):
        """K2: blanks, dashes and small letters do not count."""
        self.assertEqual(transport.normalize(" 020-1234 5675 "), "02012345675")
        self.assertEqual(transport.normalize("cn ngb"), "CNNGB")
        self.assertEqual(transport.normalize(False), "")
