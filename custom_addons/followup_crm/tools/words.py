"""Words of a text for searching, in any language and any database locale.

Western words are cut to their stem's length; Chinese, Japanese and Korean text, which
has no blanks, becomes pairs of characters. All are written in plain ASCII, so that
PostgreSQL's "simple" configuration splits them alike in every locale.
"""

import re
import unicodedata

# Words that say nothing about a problem.
STOP_WORDS = frozenset(
    """a an and are as at be been but by for from had has have he her his if in into is
    it its not of on or our she so than that the their them there they this to was we
    were which will with you your""".split()
)
# Longer words are cut: "colours", "coloured" and "colouring" share a beginning.
STEM = 5
# A text has at most so many words in the index.
MAX_WORDS = 2000
WORD = re.compile(r"[^\W_]+")
EAST_ASIAN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)


def search_words(*texts):
    """The words of some texts, each once, in the order in which they come.

    :return: list of ASCII tokens
    """
    found = {}
    for text in texts:
        text = unicodedata.normalize("NFKC", text or "").casefold()
        for run in EAST_ASIAN.findall(text):
            for pair in pairs(run):
                found[encode(pair)] = True
        for word in WORD.findall(EAST_ASIAN.sub(" ", text)):
            if len(word) > 1 and word not in STOP_WORDS:
                found[encode(word[:STEM])] = True
    return list(found)[:MAX_WORDS]


def pairs(run):
    """Overlapping pairs of characters; a single one stays alone."""
    if len(run) == 1:
        return [run]
    return [run[place : place + 2] for place in range(len(run) - 1)]


def encode(word):
    """A word in letters and digits of ASCII only, never mistaken for another."""
    if word.isascii():
        return f"w{word}"
    return "u" + "".join(f"{ord(character):x}" for character in word)
