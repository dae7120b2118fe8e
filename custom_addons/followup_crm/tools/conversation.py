"""Reads what people paste or forward: mails, WhatsApp and WeChat conversations."""

import re
from dataclasses import dataclass, field
from datetime import datetime

MAIL, MESSAGE = "email", "message"
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# The head of a mail in the languages of the mail programs that customers use.
HEADS = {
    "from": "from|von|de|da|发件人|寄件者|寄件人|差出人",
    "to": "to|an|à|a|para|收件人|宛先",
    "cc": "cc|kopie|copie|抄送|副本",
    "date": "date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato"
    "|日期|发送时间|时间",
    "subject": "subject|betreff|objet|asunto|oggetto|assunto|主题|主旨|件名",
}
HEAD = re.compile(
    r"^[>\s*]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in HEADS.items())
    + r")\**\s*[:：]\**\s*(?P<value>.+)$",
    re.IGNORECASE,
)
# [10.06.26, 14:05:11] Anna: text   or   6/10/26, 2:05 PM - Anna: text
WHATSAPP = re.compile(
    r"^\u200e?\[?(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?\s+"
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s?(?P<half>[AaPp]\.?[Mm]\.?)?\]?"
    r"\s*(?:-\s)?(?P<name>[^:：]{1,60})[:：]\s?(?P<text>.*)$"
)
# Anna 2026-06-10 14:05   or   Anna 14:05, the text on the lines below
WECHAT = re.compile(
    r"^(?P<name>\S.{0,40}?)[\s:：]+"
    r"(?:(?P<day>\d{4}[./年-]\d{1,2}[./月-]\d{1,2}日?)\s+)?"
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\s*$"
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass
class Conversation:
    """What was read: how, when, with whom, the subject and the text."""

    method: str | None = None
    subject: str = ""
    moment: datetime | None = None
    people: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    text: str = ""


def parse(text):
    """Read a pasted text; what is not understood stays text.

    :return: ``Conversation``; ``addresses`` are lower case, without doubles, those of
        heads of mails only where there are any, in the order of their appearance
    """
    text = clean(text)
    lines = text.splitlines()
    for read in (_read_whatsapp, _read_mail, _read_wechat):
        found = read(lines)
        if found:
            found.text = found.text or text
            return found
    return Conversation(text=text, addresses=addresses_of(text))


def clean(text):
    """The text without what no database takes: NUL and other control characters."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text).strip()


def addresses_of(text):
    """All e-mail addresses in a text, lower case, each once."""
    return list(dict.fromkeys(one.lower() for one in ADDRESS.findall(text or "")))


def _read_whatsapp(lines):
    matches = [match for match in map(WHATSAPP.match, lines) if match]
    if not matches:
        return None
    people = dict.fromkeys(match["name"].strip(" ~\u200e") for match in matches)
    last = matches[-1]
    return Conversation(
        method=MESSAGE,
        moment=_moment(last["day"], last["time"], last["half"]),
        people=list(people),
        addresses=addresses_of("\n".join(lines)),
    )


def _read_wechat(lines):
    matches = [match for match in map(WECHAT.match, lines) if match]
    # One such line may be anything: "Delivery 14:05". A talk has text below the heads.
    if not matches or len(matches) == len([line for line in lines if line.strip()]):
        return None
    dated = [match for match in matches if match["day"]]
    if len(matches) < 2 and not dated:
        return None
    moment = _moment(dated[-1]["day"], dated[-1]["time"]) if dated else None
    return Conversation(
        method=MESSAGE,
        moment=moment,
        people=list(dict.fromkeys(match["name"].strip() for match in matches)),
        addresses=addresses_of("\n".join(lines)),
    )


def _read_mail(lines):
    """The newest mail of a forwarded thread: its head is the first one."""
    heads, order = {}, []
    for line in lines:
        match = HEAD.match(line)
        if not match:
            continue
        name = match.lastgroup if match.lastgroup != "value" else None
        name = next((key for key in HEADS if match[key]), name)
        if name in heads:
            if "from" in heads and "subject" in heads:
                break
            continue
        heads[name] = match["value"].strip()
        order.append(name)
    if "from" not in heads or not ({"to", "subject", "date"} & set(heads)):
        return None
    people = [_name_of(heads["from"])]
    joined = " ".join(heads.get(name, "") for name in ("from", "to", "cc"))
    return Conversation(
        method=MAIL,
        subject=heads.get("subject", ""),
        moment=_mail_moment(heads.get("date", "")),
        people=[name for name in people if name],
        addresses=addresses_of(joined),
    )


def _name_of(value):
    return ADDRESS.sub("", value).strip(" <>\"'[]()").removeprefix("mailto:").strip()


def _moment(day, time, half=None):
    """A moment of day and time as they are written; None where they are none."""
    numbers = [int(number) for number in re.findall(r"\d+", day)]
    hours = [int(number) for number in time.split(":")]
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        year, month, date = numbers
    else:
        date, month, year = numbers
        # Americans put the month first, and write am and pm.
        if month > 12 or (half and date <= 12):
            date, month = month, date
    year += 2000 if year < 100 else 0
    hour = hours[0]
    if half:
        hour = hour % 12 + (12 if half[0].lower() == "p" else 0)
    try:
        return datetime(year, month, date, hour, *hours[1:])
    except ValueError:
        return None


def _mail_moment(text):
    """The day in the head of a mail: ISO, Chinese, or with the month's name."""
    time = re.search(r"\d{1,2}:\d{2}", text)
    hour = time[0] if time else "00:00"
    plain = re.search(
        r"\d{4}[./年-]\d{1,2}[./月-]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}", text
    )
    if plain:
        return _moment(plain[0], hour)
    worded = re.search(r"(\d{1,2})\.?\s+([A-Za-zäé]{3})[a-zäé]*\.?,?\s+(\d{4})", text)
    if not worded:
        american = re.search(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})", text)
        if not american:
            return None
        name, day, year = american.groups()
    else:
        day, name, year = worded.groups()
    name = name.lower().replace("ä", "a")
    name = {"mai": "may", "okt": "oct", "dez": "dec"}.get(name, name)
    if name not in MONTHS:
        return None
    return _moment(f"{year}-{MONTHS.index(name) + 1}-{day}", hour)
