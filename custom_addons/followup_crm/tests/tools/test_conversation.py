from datetime import datetime

from odoo.tests import BaseCase, tagged

from ...tools.conversation import clean, parse

WHATSAPP = """[10.06.26, 14:05:11] Anna Linde: Hello, where are the samples?
[10.06.26, 14:07:02] Lena: They left on Monday,
with DHL 4711
[11.06.26, 09:00:00] Anna Linde: Thank you: perfect"""
WECHAT = """张伟 2026-06-10 14:05
样品收到了吗？

Lena 2026-06-10 14:07
收到了，谢谢"""
OUTLOOK = """Please see below.

From: Anna Linde <anna@linden.test>
Sent: Wednesday, June 10, 2026 2:05 PM
To: Lena Vogt <lena@meridian.test>; office@linden.test
Subject: Samples

Where are the samples? Ask ceo@elsewhere.test

From: Lena Vogt <lena@meridian.test>
Sent: Tuesday, June 9, 2026 2:05 PM
To: somebody@else.test
Subject: Old"""
GERMAN = """Von: Anna Linde <Anna@Linden.test>
Datum: 10. Juni 2026 um 14:05
An: lena@meridian.test
Betreff: Muster

Wo bleiben die Muster?"""
CHINESE = """发件人：张伟 <wei@linden.test>
发送时间：2026年6月10日 14:05
收件人：lena@meridian.test
主题：样品"""


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestConversation(BaseCase):
    """Pasted mails and chats are read as people paste them (F14)."""

    def test_whatsapp(self):
        """F14: people, the day of the last message, the text as it is."""
        read = parse(WHATSAPP)
        self.assertEqual(read.method, "message")
        self.assertEqual(read.people, ["Anna Linde", "Lena"])
        self.assertEqual(read.moment, datetime(2026, 6, 11, 9))
        self.assertEqual(read.text, WHATSAPP)

    def test_whatsapp_of_americans(self):
        """F14: month first where the clock has two halves."""
        read = parse("6/10/26, 2:05 PM - Anna: Hello")
        self.assertEqual(read.moment, datetime(2026, 6, 10, 14, 5))
        self.assertEqual(
            parse("13/06/2026, 12:05 - Anna: Hi").moment, datetime(2026, 6, 13, 12, 5)
        )

    def test_wechat(self):
        """F14: names and times on lines of their own."""
        read = parse(WECHAT)
        self.assertEqual(read.method, "message")
        self.assertEqual(read.people, ["张伟", "Lena"])
        self.assertEqual(read.moment, datetime(2026, 6, 10, 14, 7))

    def test_mails(self):
        """F14: the first head counts; addresses in the text do not."""
        read = parse(OUTLOOK)
        self.assertEqual(read.method, "email")
        self.assertEqual(read.subject, "Samples")
        self.assertEqual(read.people, ["Anna Linde"])
        self.assertEqual(
            read.addresses,
            ["anna@linden.test", "lena@meridian.test", "office@linden.test"],
        )
        self.assertEqual(read.moment.date(), datetime(2026, 6, 10).date())
        for text, subject in ((GERMAN, "Muster"), (CHINESE, "样品")):
            read = parse(text)
            self.assertEqual(read.subject, subject)
            self.assertEqual(read.moment, datetime(2026, 6, 10, 14, 5))
            self.assertIn("lena@meridian.test", read.addresses)

    def test_plain_text(self):
        """F14: what is no mail and no chat stays text."""
        read = parse("Delivery at 14:05\nwrite to anna@linden.test")
        self.assertIsNone(read.method)
        self.assertEqual(read.addresses, ["anna@linden.test"])
        self.assertEqual(parse("").text, "")
        self.assertEqual(parse(None).addresses, [])

    def test_odd_input(self):
        """Attack 18: NUL is removed, impossible dates are none."""
        self.assertEqual(clean("a\x00b\r\nc"), "ab\nc")
        self.assertIsNone(parse("[99.99.26, 14:05] Anna: x").moment)
