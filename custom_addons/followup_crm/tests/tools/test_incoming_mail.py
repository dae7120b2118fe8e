from odoo.tests import BaseCase, tagged

from ...tools.incoming_mail import IncomingMail, clean
from ..channel.mail_fuzzer_common import MailFuzzer, plain_mail

SERVER = "mx.aster.example"


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestIncomingMail(BaseCase):
    def _mail(self, **headers):
        return IncomingMail(plain_mail(**headers))

    def _verified(self, results, **headers):
        mail = self._mail(Authentication_Results=results, **headers)
        return mail.is_sender_verified(SERVER)

    def test_never_raises(self):
        """C10: Every question about every malformed mail has an answer."""
        for one in MailFuzzer("complaints@aster.example").corpus():
            mail = IncomingMail(one.raw)
            answers = (
                mail.subject + mail.message_id + mail.key + "".join(mail.texts()),
                *(name + address for name, address in [mail.sender, *mail.senders]),
                *mail.recipients,
                *mail.references,
            )
            for text in answers:
                self.assertNotIn("\0", text, one.kind)
                text.encode()
            self.assertFalse(mail.is_automatic(), one.kind)
            mail.is_bulk()
            mail.deliverable()

    def test_key(self):
        """C10: Two deliveries share a key, two mails do not."""
        first = plain_mail(Message_Id=None)
        traced = b"Received: from a\r\nDelivered-To: b\r\n" + first
        self.assertEqual(IncomingMail(first).key, IncomingMail(traced).key)
        other = plain_mail(Message_Id=None, text="Another text")
        self.assertNotEqual(IncomingMail(first).key, IncomingMail(other).key)
        for odd in ("<>", "<a b>", "x" * 5000, "naked@x"):
            mail = self._mail(Message_Id=odd)
            again = IncomingMail(mail.deliverable())
            self.assertEqual(mail.message_id, again.message_id)
            self.assertLess(len(mail.message_id), 260)
        self.assertNotEqual(
            self._mail(Message_Id="<a@x>").key, self._mail(Message_Id="<b@x>").key
        )

    def test_charsets(self):
        """C10, R4: Chinese arrives in whatever way it was written."""
        words = {
            "=?utf-8?b?5oqV6K+J?=": "投诉",
            "=?gb2312?b?zbbL3w==?=": "投诉",
            "投诉": "投诉",
            "=?x-none?q?plain?=": "plain",
        }
        for written, meant in words.items():
            self.assertEqual(self._mail(Subject=written).subject, meant)
        bare = plain_mail(Subject="@@").replace(b"@@", "投诉".encode("gb18030"))
        self.assertEqual(IncomingMail(bare).subject, "投诉")
        self.assertEqual(clean("a\0b\ud800"), "ab?")

    def test_automatic(self):
        """24, C10: Automatic replies are told from complaints that machines send."""
        automatic = (
            {"Auto_Submitted": "auto-replied"},
            {"Auto_Submitted": "auto-replied (vacation)"},
            {"Auto_Submitted": "auto-generated", "In_Reply_To": "<a@x>"},
            {"Auto_Submitted": "auto-generated", "X_Auto_Response_Suppress": "All"},
            {"X_Autoreply": "yes"},
            {"X_Autorespond": "vacation"},
            {"Precedence": "auto_reply"},
            {"Precedence": "bulk", "References": "<a@x>"},
            {"Precedence": "junk", "Subject": "Out of Office: back on Monday"},
            {"In_Reply_To": "<a@x>", "Subject": "Automatische Antwort: Farbe"},
            {"In_Reply_To": "<a@x>", "Subject": "自动回复：收到"},
        )
        for headers in automatic:
            self.assertTrue(self._mail(**headers).is_automatic(), headers)
        people = (
            {},
            {"Auto_Submitted": "no"},
            {"Auto_Submitted": "auto-generated"},
            {"Precedence": "list", "List_Id": "<quality.brook.example>"},
            {"In_Reply_To": "<a@x>"},
            {"Subject": "Automatic reply missing from your system"},
            {"X_Autoreply": "no"},
        )
        for headers in people:
            self.assertFalse(self._mail(**headers).is_automatic(), headers)

    def test_bulk(self):
        """24: No receipt goes to machines and lists."""
        for headers in (
            {"Auto_Submitted": "auto-generated"},
            {"List_Id": "<a.b>"},
            {"Precedence": "bulk"},
            {"Return_Path": "<>"},
            {"sender": "no-reply@brook.example"},
        ):
            self.assertTrue(self._mail(**headers).is_bulk(), headers)
        self.assertFalse(self._mail().is_bulk())

    def test_verified(self):
        """22: A sender is verified only by our own server, for its own domain."""
        good = (
            f"{SERVER}; dmarc=pass header.from=brook.example",
            f"{SERVER}; spf=fail smtp.mailfrom=x; dkim=pass header.d=brook.example",
            f"{SERVER} 1; spf=pass (ok) smtp.mailfrom=buyer@brook.example",
        )
        for results in good:
            self.assertTrue(self._verified(results), results)
        bad = (
            None,
            f"{SERVER}; dmarc=fail header.from=brook.example",
            f"{SERVER}; dmarc=pass header.from=evil.example",
            f"{SERVER}; dkim=pass header.d=evil.example",
            f"{SERVER}; spf=pass smtp.mailfrom=buyer@evil.example",
            f"{SERVER}; none",
            f"{SERVER}; (dmarc=pass header.from=brook.example)",
            "mx.evil.example; dmarc=pass header.from=brook.example",
        )
        for results in bad:
            self.assertFalse(self._verified(results), results)
        self.assertFalse(
            self._mail(Authentication_Results=good[0]).is_sender_verified("")
        )

    def test_verified_is_the_topmost(self):
        """22: What a forger writes into the mail stands below what our server says."""
        forged = f"{SERVER}; dmarc=pass header.from=brook.example"
        real = f"Authentication-Results: {SERVER}; dmarc=fail\r\n".encode()
        mail = IncomingMail(real + plain_mail(Authentication_Results=forged))
        self.assertFalse(mail.is_sender_verified(SERVER))
        two = self._mail(
            Authentication_Results=forged,
            From="a@evil.example, Brook <buyer@brook.example>",
        )
        self.assertFalse(two.is_sender_verified(SERVER))
