"""Comparing the names of companies: the key under which two spellings are one name."""

import re
import unicodedata
from functools import lru_cache

# A PostgreSQL index takes values of up to 2,700 bytes.
MAX_KEY_LENGTH = 200

# Words that state the legal form; they end a name (or, in Russia and Indonesia,
# begin it) and are often left out or spelt differently.
LEGAL_FORMS = frozenset(
    """
    ab ag aps as asa bhd bv bvba co coltd company corp corporation cv doo dooel eg eirl
    eood eurl ev gmbh gbr gie inc incorporated jsc kft kg kgaa kk lc limited limitada
    llc llp lp ltd ltda mbh na nv nyrt ohg ood ooo oao oy oyj pao pjsc pk plc pllc pte
    pt pty pvt private public rt sa saa sab sac sae sal sapi sarl sas sasu sca scs sdn
    se sia sicav sl slu snc sp spa spj spk spzoo sro srl srls sti tas tbk tic uab ug
    vof zao zrt ао зао оао ооо пао ип тов
    """.split()
)
# The one common form of several words that single words do not tell.
POLISH_LIMITED = re.compile(r"\bsp\.?\s*z\s*o\.?\s?o\b\.?")
# Signs that part no words, and (among ASCII) those that do.
NO_SPACE = re.compile(r"[.'’]")
ASCII_GAP = re.compile(r"[^a-z0-9]+")
# Words that join two legal forms (GmbH & Co. KG is written in both ways).
JOINING_WORDS = frozenset({"and", "und", "et", "y", "e", "i"})
LEADING_FORMS = frozenset(
    "pt cv ooo oao zao pao ао зао оао ооо пао ип тов ud fa".split()
)

# Written without spaces at the end, the longest first, or (Japan, Korea) in front.
CJK_FORMS = tuple(
    sorted(
        (
            "股份有限责任公司",
            "集团股份有限公司",
            "集团有限责任公司",
            "集团有限公司",
            "有限责任公司",
            "股份有限公司",
            "有限公司",
            "责任公司",
            "集團股份有限公司",
            "集團有限公司",
            "有限責任公司",
            "股份公司",
            "总公司",
            "公司",
            "株式会社",
            "有限会社",
            "合同会社",
            "(株)",
            "(有)",
            "주식회사",
            "유한회사",
            "(주)",
        ),
        key=len,
        reverse=True,
    )
)


def name_key(name):
    """The key of a company's name: equal for spellings that mean the same company.

    Width, case, punctuation, spaces and legal forms do not count:
    ``Nordlicht GmbH & Co. KG`` and ``NORDLICHT`` are one name, and so are
    ``宁波海风服饰有限公司`` and ``宁波海风服饰``. Never empty for a name that shows
    something; empty for an empty one.

    :param str name: a company's name, or False
    :return: at most ``MAX_KEY_LENGTH`` characters
    """
    text = name or ""
    if text.isascii():  # nothing to normalise; most names, in a third of the time
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKC", text).casefold()
        text = _without_cjk_forms(unicodedata.normalize("NFKC", text))
    words = _without_legal_forms(_split(text))
    key = "".join(words) or "".join(_split(text)) or "".join(text.split())
    return key[:MAX_KEY_LENGTH]


def name_words(name):
    """The words of a company's name without its legal form, in small letters.

    :param str name: a company's name, or False
    :return: list of words; all words where nothing else is left
    """
    text = unicodedata.normalize("NFKC", name or "").casefold()
    text = unicodedata.normalize("NFKC", text)
    words = _without_legal_forms(_split(_without_cjk_forms(text)))
    return words or _split(text) or text.split()


def registration_key(number):
    """The key of a tax or registration number: its Latin letters and digits only."""
    text = unicodedata.normalize("NFKC", number or "").upper()
    return re.sub(r"[^A-Z0-9]", "", text)


def _split(text):
    """The words of a text; ``S. p. A.`` and ``S.p.A.`` are one word."""
    text = NO_SPACE.sub("", POLISH_LIMITED.sub(" spzoo ", text))
    if text.isascii():
        words = ASCII_GAP.sub(" ", text).split()
    else:
        words = "".join(c if _belongs_to_word(c) else " " for c in text).split()
    joined = []
    for word in words:
        single = len(word) == 1 and word.isascii() and word.isalpha()
        if single and joined and joined[-1][1]:
            joined[-1] = (joined[-1][0] + word, True)
        else:
            joined.append((word, single))
    return [word for word, _single in joined]


@lru_cache(maxsize=4096)
def _belongs_to_word(char):
    """Letters, digits and the marks that belong to them; ``_`` and ``&`` do not."""
    return unicodedata.category(char)[0] in "LNM"


def _without_legal_forms(words):
    """Drop the legal forms at both ends, as long as a word remains."""
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words = words[:-1]
        while len(words) > 1 and words[-1] in JOINING_WORDS:
            words = words[:-1]
    while len(words) > 1 and words[0] in LEADING_FORMS:
        words = words[1:]
    return words


def _without_cjk_forms(text):
    """Drop a Chinese, Japanese or Korean legal form, as long as something remains."""
    bare = text.strip(" .,;-")
    for form in CJK_FORMS:
        if bare.endswith(form) and len(bare) > len(form):
            return bare[: -len(form)]
        if bare.startswith(form) and len(bare) > len(form):
            return bare[len(form) :]
    return bare
