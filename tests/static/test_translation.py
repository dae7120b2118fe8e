"""The Chinese translation: nothing empty, nothing unsure, nothing mistranslated.

Whether it is complete is checked against Odoo's own export, in an installed
database: tests/install/test_translation_complete.py.
"""

import re

import polib
import pytest

from tests.support import source

PO = source.MODULE / "i18n" / "zh_CN.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf]|\{\{.*?\}\}|\$\{\w+\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# Attributes whose text a user reads: it is translated, too.
READ = re.compile(r' (title|alt|placeholder|aria-label)="[^"]*"')


@pytest.fixture(scope="module")
def entries():
    assert PO.exists(), "there is no zh_CN translation"
    return [entry for entry in polib.pofile(str(PO)) if not entry.obsolete]


def test_nothing_is_empty_or_unsure(entries):
    """Every term has a translation, and none is marked fuzzy."""
    found = [one.msgid for one in entries if not one.msgstr.strip() or one.fuzzy]
    assert found == []


def markup(text: str) -> list[str]:
    """Return the tags of a term, without the texts in them that a user reads."""
    return sorted(READ.sub(r' \1=""', tag) for tag in TAG.findall(text))


def test_placeholders_are_kept(entries):
    """A translation has the same placeholders as its term."""
    found = [
        one.msgid
        for one in entries
        if sorted(PLACEHOLDER.findall(one.msgid))
        != sorted(PLACEHOLDER.findall(one.msgstr))
    ]
    assert found == []


def test_markup_is_kept(entries):
    """A translation has the same markup as its term."""
    found = [one.msgid for one in entries if markup(one.msgid) != markup(one.msgstr)]
    assert found == []


def test_edges_are_kept(entries):
    """Blanks and line ends around a term are kept."""
    found = [
        one.msgid
        for one in entries
        if (one.msgid[:1].isspace(), one.msgid[-1:].isspace())
        != (one.msgstr[:1].isspace(), one.msgstr[-1:].isspace())
    ]
    assert found == []


def test_no_term_twice(entries):
    """A term is there once."""
    ids = [(one.msgctxt, one.msgid) for one in entries]
    assert sorted({str(one) for one in ids if ids.count(one) > 1}) == []
