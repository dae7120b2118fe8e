"""What can be told of an incoming mail, however broken it is: nothing here raises.

Odoo's own parser is strict where the standards are: a wrong charset or header makes it
give up. This reader is for the question whose mail it is and what to do with it, and
for the mails at which the strict one fails.
"""

import email.parser
import hashlib
import re
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses

RECIPIENT_HEADERS = (
    "To",
    "Cc",
    "Delivered-To",
    "X-Original-To",
    "Envelope-To",
    "Resent-To",
    "Resent-Cc",
)
# What stays the same however often and by whatever way a mail is delivered.
LASTING_HEADERS = ("From", "Date", "Subject", "To", "Cc", "Content-Type")
# Tried in turn where a text does not say how it is written, or says it wrongly.
CHARSETS = ("utf-8", "gb18030", "latin-1")
MAX_HEADER = 2000
ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]\\]+@[^\s<>\"',;:()\[\]\\]+")
USABLE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,240}>")
MESSAGE_ID = re.compile(r"<[^<>\s]+>")
AUTOMATIC_SUBJECT = re.compile(
    r"\s*(automatic reply|auto[- ]?reply|autoreply|out of (the )?office|auto:"
    r"|automatische antwort|abwesenheitsnotiz|réponse automatique|absence du bureau"
    r"|respuesta automática|risposta automatica|resposta automática"
    r"|自动回复|自動回覆|自動返信|автоответ)",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return a text that a database takes: without NUL and without half characters."""
    text = text.replace("\0", "")
    return text.encode("utf-8", "replace").decode("utf-8")


def decode_bytes(content: bytes, charset: str = "") -> str:
    """Decode by the charset that is named if it fits, else by what does."""
    for name in (charset, *CHARSETS):
        try:
            if name:
                return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("utf-8", "replace")


def decode_text(value: str) -> str:
    """Decode a header: encoded words of any charset, and bare bytes."""
    value = str(value)[: MAX_HEADER * 10]
    if not value.isascii():
        value = decode_bytes(value.encode("utf-8", "surrogateescape"))
    try:
        chunks = decode_header(value.replace("\r", "").replace("\n", ""))
    except Exception:  # noqa: BLE001 the standard library raises several here
        return clean(value)
    return clean(
        "".join(
            decode_bytes(chunk, charset) if isinstance(chunk, bytes) else chunk
            for chunk, charset in chunks
        )
    )


class IncomingMail:
    """One mail as it came over the wire."""

    def __init__(self, raw: bytes):
        self.raw = raw
        # A blank line in front would make all headers part of the text.
        self.letter = raw.lstrip(b"\r\n\t ")
        self.message = self._parse(email.parser.BytesHeaderParser)

    def _parse(self, parser) -> Message:
        try:
            return parser(policy=compat32).parsebytes(self.letter)
        except Exception:  # noqa: BLE001 for example thousands of nested parts
            return Message()

    # === HEADERS === #

    def headers(self, name: str) -> list[str]:
        wanted = name.lower()
        return [
            decode_text(value)
            for key, value in self.message.raw_items()
            if key.lower() == wanted
        ]

    def header(self, name: str) -> str:
        """The first header of that name, decoded; empty where there is none."""
        return next(iter(self.headers(name)), "").strip()

    @property
    def subject(self) -> str:
        return " ".join(self.header("Subject").split())

    @property
    def sender(self) -> tuple[str, str]:
        """Name and address of who says to have written it."""
        found = self.senders
        return found[0] if found else ("", "")

    @property
    def senders(self) -> list[tuple[str, str]]:
        try:
            pairs = getaddresses(self.headers("From"))
        except Exception:  # noqa: BLE001
            pairs = []
        named = [(" ".join(name.split()), one) for name, one in pairs if "@" in one]
        return named or [("", one) for one in self.addresses("From")]

    def addresses(self, *names: str) -> list[str]:
        """All that looks like an address in these headers, in lower case."""
        text = " ".join(value for name in names for value in self.headers(name))
        return [found.lower() for found in ADDRESS.findall(text)]

    @property
    def recipients(self) -> set[str]:
        """Whom it is for; where the headers are lost, whoever is named at the top."""
        found = self.addresses(*RECIPIENT_HEADERS)
        if not found and not self.header("From"):
            top = clean(decode_bytes(self.letter[:MAX_HEADER], "ascii"))
            found = [one.lower() for one in ADDRESS.findall(top)]
        return set(found)

    @property
    def references(self) -> list[str]:
        """The Message-Ids that this mail answers, the newest 32."""
        text = " ".join(self.headers("References") + self.headers("In-Reply-To"))
        return list(dict.fromkeys(MESSAGE_ID.findall(text)))[-32:]

    # === WHICH MAIL === #

    @property
    def message_id(self) -> str:
        """The mail's own Message-Id, or one made from what it says.

        Without an id of its own, two deliveries of one mail would be two mails.
        """
        given = "".join(self.header("Message-Id").split())
        if USABLE_ID.fullmatch(given):
            return given
        return f"<{self.key[:40]}@followup-crm.invalid>"

    @property
    def key(self) -> str:
        """A digest that two deliveries of the same mail share, and no two mails."""
        given = "".join(self.header("Message-Id").split()).strip("<>")
        if given:
            return hashlib.sha256(b"id:" + given.encode()).hexdigest()
        digest = hashlib.sha256(b"content:")
        for name in LASTING_HEADERS:
            digest.update("\0".join([name, *self.headers(name)]).encode())
        digest.update(self._body())
        return digest.hexdigest()

    def _body(self) -> bytes:
        parts = re.split(rb"\r?\n\r?\n|\r\r", self.letter, maxsplit=1)
        content = parts[1] if len(parts) > 1 else parts[0]
        return content.replace(b"\r\n", b"\n").strip()

    def deliverable(self) -> bytes:
        """The mail with a Message-Id in front that stays the same, and no NUL there."""
        head = f"Message-Id: {self.message_id}\r\n".encode()
        match = re.search(rb"\r?\n\r?\n", self.letter)
        end = match.start() if match else len(self.letter)
        return head + self.letter[:end].replace(b"\0", b"") + self.letter[end:]

    # === WHAT KIND === #

    def is_automatic(self) -> bool:
        """Whether a machine answers: nobody complains, and it must not be answered."""
        submitted = self.header("Auto-Submitted").lower()
        if submitted.startswith(("auto-replied", "auto-notified")):
            return True
        if self.header("Precedence").lower() == "auto_reply":
            return True
        marks = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply")
        if any(self.header(name).lower() not in ("", "no") for name in marks):
            return True
        answers = bool(self.references) or bool(self.header("X-Auto-Response-Suppress"))
        generated = submitted.startswith("auto-generated")
        titled = bool(AUTOMATIC_SUBJECT.match(self.subject))
        bulk = self.header("Precedence").lower() in ("bulk", "junk")
        return (answers or titled) and (generated or bulk) or answers and titled

    def is_bulk(self) -> bool:
        """Whether an answer would reach a machine or a list instead of a person."""
        submitted = self.header("Auto-Submitted").lower()
        precedence = self.header("Precedence").lower()
        local = self.sender[1].partition("@")[0].lower()
        return (
            submitted not in ("", "no")
            or precedence in ("bulk", "junk", "list", "auto_reply")
            or bool(self.header("List-Id"))
            or self.header("Return-Path") == "<>"
            or local.replace("-", "").replace("_", "")
            in ("noreply", "donotreply", "mailerdaemon", "postmaster")
        )

    def is_sender_verified(self, server: str) -> bool:
        """Whether our own mail server says that the sender's address is no forgery.

        :param server: the name under which it writes ``Authentication-Results``; only
            the topmost one counts, since a forger can add others below
        """
        results = self.headers("Authentication-Results")[:1]
        if not server or not results or len(self.senders) != 1:
            return False
        if len(self.headers("From")) != 1:
            return False
        text = re.sub(r"\([^()]*\)", " ", results[0].lower())
        name, _semicolon, verdicts = text.partition(";")
        if (name.split() or [""])[0] != server.strip().lower():
            return False
        domain = self.sender[1].rpartition("@")[2].lower()
        return any(self._vouches(part, domain) for part in verdicts.split(";"))

    @staticmethod
    def _vouches(verdict: str, domain: str) -> bool:
        """Whether one verdict passes, and for the domain that the sender names."""
        words = dict(
            word.partition("=")[::2] for word in verdict.split() if "=" in word
        )
        proven = {
            "dmarc": words.get("header.from", domain),
            "dkim": words.get("header.d", words.get("header.i", "")),
            "spf": words.get("smtp.mailfrom", ""),
        }
        return any(
            words.get(method) == "pass" and value.rpartition("@")[2] == domain
            for method, value in proven.items()
        )

    # === TEXT === #

    def texts(self) -> tuple[str, str]:
        """The plain text and the HTML of a mail, as far as they can be read."""
        plain, html = [], []
        for part in self._parts():
            kind = self._kind_of(part)
            if kind == "text/html":
                html.append(self._text_of(part))
            elif kind.startswith("text/"):
                plain.append(self._text_of(part))
        return "\n".join(plain).strip(), "\n".join(html).strip()

    @staticmethod
    def _kind_of(part: Message) -> str:
        """The content type of what is to be read, empty for files and containers."""
        try:
            if part.is_multipart() or part.get_filename(""):
                return ""
            return part.get_content_type()
        except Exception:  # noqa: BLE001
            return "text/plain"

    def _parts(self) -> list[Message]:
        try:
            return list(self._parse(email.parser.BytesParser).walk())
        except Exception:  # noqa: BLE001
            return [self.message]

    @staticmethod
    def _text_of(part: Message) -> str:
        try:
            content = part.get_payload(decode=True) or b""
            charset = str(part.get_content_charset("") or "")
        except Exception:  # noqa: BLE001
            content, charset = str(part.get_payload()).encode("utf-8", "replace"), ""
        return clean(decode_bytes(content, charset))
