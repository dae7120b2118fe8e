"""Real mails as they should be, and malformed ones from a seeded fuzzer."""

import base64
import random
from dataclasses import dataclass

SEED = 20260302
BOUNDARY = "=_part_7f3a"


@dataclass
class Malformed:
    """A mail that breaks a rule, and which one."""

    kind: str
    raw: bytes


def plain_mail(to="complaints@aster.example", sender="buyer@brook.example", **headers):
    """A correct mail of plain text; ``headers`` replace or (None) remove the usual."""
    text = headers.pop("text", "The colour of 40 shirts is off.\r\nPlease call me.\r\n")
    given = {
        "From": f"Brook Buyer <{sender}>",
        "To": to,
        "Subject": "Colour is off",
        "Date": "Mon, 02 Mar 2026 10:00:00 +0100",
        "Message-Id": "<mail-1@brook.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}\r\n" for name, value in given.items() if value]
    return ("".join(lines) + "\r\n" + text).encode()


def picture_mail(**headers):
    """A correct mail with text, HTML and a picture."""
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(range(200))).decode()
    text = (
        f"--{BOUNDARY}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "Sizes do not match, see picture.\r\n"
        f"--{BOUNDARY}\r\nContent-Type: image/png; name=size.png\r\n"
        "Content-Disposition: attachment; filename=size.png\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{picture}\r\n--{BOUNDARY}--\r\n"
    )
    kind = f'multipart/mixed; boundary="{BOUNDARY}"'
    return plain_mail(Content_Type=kind, text=text, **headers)


class MailFuzzer:
    """Makes malformed mails; the same seed makes the same ones."""

    def __init__(self, to, seed=SEED):
        self.to = to
        self.random = random.Random(seed)
        self.count = 0

    def corpus(self):
        """Every way to break a mail, and as many random damages of correct ones."""
        found = []
        for kind, headers in (*HEADERS, *IDENTITIES):
            found.append(Malformed(kind, self._mail(**headers)))
        for kind, content_type, text in BODIES:
            mail = self._mail(Content_Type=content_type, text="@@")
            text = text if isinstance(text, bytes) else text.encode()
            found.append(Malformed(kind, mail.replace(b"@@", text)))
        for kind, old, new in SURGERY:
            found.append(Malformed(kind, self._mail().replace(old, new, 1)))
        for damage in (
            self._cut,
            self._flip,
            self._drop_line,
            self._swap,
            self._insert,
        ):
            for number in range(26):
                mail = self._mail() if number % 2 else self._picture()
                name = f"{damage.__name__.strip('_')} {number}"
                found.append(Malformed(name, damage(mail)))
        return found

    def _headers(self, headers):
        self.count += 1
        given = {
            "to": self.to,
            "Message_Id": f"<fuzz-{self.count}@brook.example>",
            "Subject": f"Complaint {self.count}",
        }
        return given | headers

    def _mail(self, **headers):
        headers = self._headers(headers)
        headers.setdefault("text", f"Text of mail {self.count}.\r\n")
        return plain_mail(**headers)

    def _picture(self):
        return picture_mail(**self._headers({}))

    # === RANDOM DAMAGE === #

    def _cut(self, mail):
        """The connection broke; what was sent before arrived."""
        return mail[: self.random.randrange(60, len(mail))]

    def _flip(self, mail):
        damaged = bytearray(mail)
        for _number in range(self.random.randrange(1, 30)):
            damaged[self.random.randrange(len(damaged))] = self.random.randrange(256)
        return bytes(damaged)

    def _drop_line(self, mail):
        lines = mail.split(b"\r\n")
        for _number in range(self.random.randrange(1, 4)):
            del lines[self.random.randrange(len(lines))]
        return b"\r\n".join(lines)

    def _swap(self, mail):
        lines = mail.split(b"\r\n")
        self.random.shuffle(lines)
        return b"\r\n".join(lines)

    def _insert(self, mail):
        junk = self.random.choice(JUNK)
        place = self.random.randrange(len(mail))
        return mail[:place] + junk + mail[place:]


JUNK = (
    b"\0",
    b"\0" * 500,
    b"\xff\xfe\xfd",
    b"\r\n\r\n",
    b"\r",
    b"\n",
    b"=?utf-8?b?!!!?=",
    b"=?x-none?q?a?=",
    "\N{PILE OF POO}\N{COMBINING ACUTE ACCENT}".encode() * 20,
    b"--=_part_7f3a\r\n",
    b"A" * 5000,
    "投诉".encode("gb18030"),
)

# What is wrong, and the headers that make it so (None: the header is missing).
HEADERS = [
    ("no subject", {"Subject": None}),
    ("no sender", {"From": None}),
    ("no subject and no sender", {"Subject": None, "From": None}),
    ("no date", {"Date": None}),
    ("no MIME version", {"MIME_Version": None}),
    ("no content type", {"Content_Type": None}),
    ("no encoding", {"Content_Transfer_Encoding": None}),
    ("empty text", {"text": ""}),
    ("blank text", {"text": " \r\n\t\r\n"}),
    ("subject of unknown charset", {"Subject": "=?x-klingon?q?K=E4se?="}),
    ("subject of broken base64", {"Subject": "=?utf-8?b?4pyT4p?="}),
    ("subject of broken quoting", {"Subject": "=?utf-8?q?=ZZ=C3?="}),
    ("subject never ends", {"Subject": "=?utf-8?q?abc"}),
    ("subject with NUL", {"Subject": "Off\0colour"}),
    ("encoded NUL in subject", {"Subject": "=?utf-8?q?Off=00colour?="}),
    ("half characters in subject", {"Subject": "=?utf-8?b?7aC9?= off"}),
    ("subject of bare carriage returns", {"Subject": "one\rtwo\rthree"}),
    ("subject of 100,000 characters", {"Subject": "long " * 20_000}),
    ("subject of 1 MB", {"Subject": "x" * 1_000_000}),
    ("subject of signs", {"Subject": "{{7*7}} ${7*7} <script>alert(1)</script>"}),
    ("subject of emoji", {"Subject": "👕👕👕 broken 💔"}),
    ("encoded in pieces", {"Subject": "=?utf-8?b?5oqV?==?utf-8?b?6K+J?="}),
    ("sender without address", {"From": "Brook Buyer"}),
    ("sender empty", {"From": "<>"}),
    ("sender of two", {"From": "a@brook.example, b@brook.example"}),
    ("sender a group", {"From": "Buyers: a@brook.example, b@brook.example;"}),
    ("sender with open quote", {"From": '"Brook Buyer <buyer@brook.example>'}),
    ("sender with open bracket", {"From": "Brook <buyer@brook.example"}),
    ("sender of two signs", {"From": "Brook <buyer@@brook.example>"}),
    ("sender without domain", {"From": "Brook <buyer@>"}),
    ("sender not ASCII", {"From": "Bäcker <bäcker@brook.example>"}),
    ("sender encoded wrongly", {"From": "=?utf-9?q?B?= <buyer@brook.example>"}),
    ("sender with NUL", {"From": "Brook\0 <buyer\0@brook.example>"}),
    ("sender of 10,000 characters", {"From": "B" * 10_000 + " <b@brook.example>"}),
    ("sender a list", {"From": ", ".join(f"b{n}@x.example" for n in range(500))}),
    ("sender only a comment", {"From": "(nobody)"}),
    ("carbon copy of nonsense", {"Cc": ">>>,,,;;:@@<<<"}),
    (
        "carbon copy to a thousand",
        {"Cc": ", ".join(f"c{n}@x.example" for n in range(999))},
    ),
    ("date of nonsense", {"Date": "yesterday-ish"}),
    ("date of the year 99999", {"Date": "Mon, 02 Mar 99999 10:00:00 +0000"}),
    ("date of the year 1", {"Date": "Mon, 01 Jan 0001 00:00:00 +1400"}),
    ("date of a wrong zone", {"Date": "Mon, 02 Mar 2026 10:00:00 +9999"}),
    ("date of 31 February", {"Date": "Tue, 31 Feb 2026 25:61:61 +0100"}),
    ("date of NUL", {"Date": "\0"}),
    ("answers nonsense", {"In_Reply_To": "<<<>>>", "References": "<a <b> c> \0"}),
    ("answers a thousand", {"References": " ".join(f"<r{n}@x>" for n in range(999))}),
    ("answers 100,000 signs", {"References": "<" + "r" * 100_000 + "@x>"}),
    ("header of a megabyte", {"X_Spam": "s" * 1_000_000}),
    ("a thousand headers", {f"X_H{n}": "x" for n in range(1000)}),
    ("content type empty", {"Content_Type": ";"}),
    ("content type a word", {"Content_Type": "text"}),
    ("content type a slash", {"Content_Type": "/"}),
    ("content type half", {"Content_Type": "text/"}),
    ("content type anything", {"Content_Type": "*/*"}),
    ("content type binary", {"Content_Type": "binary/octet-stream"}),
    ("content type pdf", {"Content_Type": "pdf; name=a.pdf"}),
    ("content type twice", {"Content_Type": "text/plain; charset=utf-8; charset=x"}),
    ("charset unknown", {"Content_Type": "text/plain; charset=x-unknown-7"}),
    ("charset empty", {"Content_Type": 'text/plain; charset=""'}),
    ("charset of NUL", {"Content_Type": "text/plain; charset=utf\0-8"}),
    ("charset not ASCII", {"Content_Type": "text/plain; charset=ütf-8"}),
    ("charset a codec that is none", {"Content_Type": "text/plain; charset=base64"}),
    ("charset rot13", {"Content_Type": "text/plain; charset=rot13"}),
    ("charset undefined", {"Content_Type": "text/plain; charset=undefined"}),
    ("encoding unknown", {"Content_Transfer_Encoding": "x-rot-26"}),
    ("encoding base64 of text", {"Content_Transfer_Encoding": "base64"}),
    ("encoding uuencode", {"Content_Transfer_Encoding": "x-uuencode"}),
    (
        "encoding quoted",
        {"Content_Transfer_Encoding": "quoted-printable", "text": "=ZZ="},
    ),
    ("version nonsense", {"MIME_Version": "one"}),
    ("disposition nonsense", {"Content_Disposition": 'attachment; filename="'}),
    (
        "file name encoded wrongly",
        {"Content_Disposition": "attachment; filename*=x'y'%ZZ"},
    ),
    (
        "file name a path",
        {"Content_Disposition": "attachment; filename=../../etc/passwd"},
    ),
]

# Message-Ids of every bad kind; each of these mails is still one mail.
IDENTITIES = [
    ("no Message-Id", {"Message_Id": None}),
    ("empty Message-Id", {"Message_Id": "<>", "Subject": "Empty id"}),
    ("Message-Id without brackets", {"Message_Id": "naked-id@brook.example"}),
    ("Message-Id of one bracket", {"Message_Id": "<open-id@brook.example"}),
    ("Message-Id of spaces", {"Message_Id": "<a b c @ d>"}),
    ("Message-Id of brackets", {"Message_Id": "<[[[@]]]>"}),
    ("Message-Id of NUL", {"Message_Id": "<nul\0id@brook.example>"}),
    ("Message-Id of Chinese", {"Message_Id": "<投诉@brook.example>"}),
    ("Message-Id of 5,000 signs", {"Message_Id": "<" + "i" * 5000 + "@x>"}),
    ("Message-Id of quotes", {"Message_Id": "<'; DROP TABLE mail_message; --@x>"}),
]

DEEP = "".join(
    f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n'
    for n in range(60)
)
MIXED = f'multipart/mixed; boundary="{BOUNDARY}"'
PART = f"--{BOUNDARY}\r\n"
END = f"\r\n--{BOUNDARY}--\r\n"

BODIES = [
    ("parts without a boundary", "multipart/mixed", "no parts here"),
    ("parts of another boundary", 'multipart/mixed; boundary="x"', PART + "text" + END),
    ("empty boundary", 'multipart/mixed; boundary=""', PART + "text" + END),
    ("parts that never end", MIXED, PART + "Content-Type: text/plain\r\n\r\nopen"),
    ("no part at all", MIXED, END),
    ("parts sixty deep", 'multipart/mixed; boundary="b0"', DEEP),
    ("part without headers", MIXED, PART + "\r\nbare" + END),
    ("part of nonsense", MIXED, PART + "nonsense without colon\r\ntext" + END),
    ("part of no type", MIXED, PART + "Content-Type: \r\n\r\ntext" + END),
    ("part of unknown type", MIXED, PART + "Content-Type: */*\r\n\r\ntext" + END),
    (
        "part of a message",
        MIXED,
        PART + "Content-Type: message/rfc822\r\n\r\nnot a message" + END,
    ),
    ("a message that is none", "message/rfc822", "\0\0\0"),
    ("a message in a part", "message/partial", "half"),
    (
        "attachment of broken base64",
        MIXED,
        PART
        + "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64"
        + "\r\n\r\n%%%=A"
        + END,
    ),
    (
        "attachment with NUL in its name",
        MIXED,
        PART + 'Content-Disposition: attachment; filename="a\0b.txt"\r\n\r\nx' + END,
    ),
    (
        "attachment of a Chinese name in bare bytes",
        MIXED,
        f'{PART}Content-Disposition: attachment; filename="'.encode()
        + "投诉.txt".encode("gb18030")
        + f'"\r\n\r\nx{END}'.encode(),
    ),
    (
        "attachment of a long name",
        MIXED,
        PART + f"Content-Disposition: attachment; filename={'n' * 3000}\r\n\r\nx" + END,
    ),
    (
        "attachment of an empty name",
        MIXED,
        PART + 'Content-Type: a/b; name=""\r\n\r\n' + END,
    ),
    ("drawing with a script", "image/svg+xml", "<svg onload='alert(1)'/>"),
    ("text that is not UTF-8", "text/plain; charset=utf-8", b"K\xe4se \xff\xfe"),
    ("text of GBK called ASCII", "text/plain; charset=us-ascii", "投诉".encode("gbk")),
    ("text of UTF-16", "text/plain; charset=utf-16", "Off".encode("utf-16")),
    ("text of half UTF-16", "text/plain; charset=utf-16", b"\xff\xfeO"),
    ("text with NUL", "text/plain; charset=utf-8", "Off\0colour\0"),
    ("text of 2 MB", "text/plain; charset=utf-8", "line of text\r\n" * 150_000),
    ("HTML with NUL", "text/html; charset=utf-8", "<p>Off\0colour</p>"),
    ("HTML that is empty", "text/html; charset=utf-8", "<html></html>"),
    ("HTML of a comment", "text/html; charset=utf-8", "<!-- nothing -->"),
    ("HTML of an instruction", "text/html; charset=utf-8", "<?php echo 1 ?>"),
    ("HTML never closed", "text/html; charset=utf-8", "<div><b><table><tr><td>off"),
    ("HTML of a thousand levels", "text/html; charset=utf-8", "<div>" * 3000 + "x"),
    (
        "HTML that says XML",
        "text/html; charset=utf-8",
        '<?xml version="1.0" encoding="utf-16"?><html><body>off</body></html>',
    ),
    (
        "HTML with entities",
        "text/html; charset=utf-8",
        '<!DOCTYPE a [<!ENTITY b "b"><!ENTITY c "&b;&b;">]><p>&c;&#0;&#xD800;</p>',
    ),
    ("HTML of a script", "text/html; charset=utf-8", "<script>alert(1)</script>"),
    ("HTML our own notice", "text/html", '<div class="o_mail_notification">x</div>'),
]

# What is cut out of a correct mail, and what is put in its place.
SURGERY = [
    ("a blank line in front", b"From:", b"\r\n\r\nFrom:"),
    ("a mailbox line in front", b"From:", b"From nobody Mon Mar  2\r\nFrom:"),
    ("a line without colon", b"From:", b"This is no header\r\nFrom:"),
    ("a line that continues nothing", b"From:", b"  folded\r\nFrom:"),
    ("a header without a name", b"From:", b": nameless\r\nFrom:"),
    ("a header of Chinese", b"From:", "投诉: x\r\nFrom:".encode()),
    ("space before the colon", b"From:", b"From :"),
    ("two senders", b"From:", b"From: other@brook.example\r\nFrom:"),
    ("two subjects", b"Subject:", b"Subject: first\r\nSubject:"),
    ("no end of the headers", b"\r\n\r\n", b"\r\n"),
    ("lone line feeds", b"\r\n\r\n", b"\n\n"),
    ("NUL in front", b"From:", b"\0\0From:"),
    ("NUL in a name", b"Date:", b"Da\0te:"),
    ("a byte order mark", b"From:", b"\xef\xbb\xbfFrom:"),
]
