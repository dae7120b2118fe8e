"""The guide is whole: both languages, links that lead somewhere, what the code says."""

import re

import polib
import pytest

from tests.support import guide_examples, source

DOCS = source.ROOT / "docs"
LANGUAGES = ("en", "zh_CN")
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
PREFIX = "Follow-up CRM: "


def pages(language: str) -> dict:
    return {path.name: path for path in sorted((DOCS / language).glob("*.md"))}


def anchors(path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = HEADING.findall(
        re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.M | re.S)
    )
    plain = (re.sub(r"[^\w\- ]", "", one.lower()) for one in headings)
    return {one.replace(" ", "-") for one in plain}


def test_both_languages_have_the_same_pages():
    """R4: Each page is there in English and in Chinese."""
    assert list(pages("en")) == list(pages("zh_CN"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_somewhere(language):
    """Pages, pictures and headings that a page names are there."""
    found = []
    files = [*pages(language).values(), source.ROOT / "README.md"]
    for path in files:
        for target, anchor in LINK.findall(path.read_text()):
            if "://" in target:
                continue
            other = (path.parent / target).resolve()
            if not other.exists():
                found.append(f"{source.relative(path)}: {target}")
            elif anchor and other.suffix == ".md" and anchor[1:] not in anchors(other):
                found.append(f"{source.relative(path)}: {target}{anchor}")
    source.check(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_index_lists_every_page(language):
    """The index leads to every page."""
    index = (DOCS / language / "index.md").read_text()
    linked = {target for target, _anchor in LINK.findall(index)}
    assert sorted(set(pages(language)) - linked - {"index.md"}) == []


def test_examples_are_the_same_in_both_languages():
    """R6: What a program sends and gets does not depend on the guide's language."""
    both = [
        [(kind, text) for _line, kind, text in guide_examples.fences(path)]
        for path in (DOCS / language / "api.md" for language in LANGUAGES)
    ]
    assert both[0] == both[1]


def told_actions(language: str) -> list[str]:
    """Return the first column of the table below the heading of scheduled actions."""
    page = (DOCS / language / "administration.md").read_text()
    heading = {"en": "## Scheduled actions", "zh_CN": "## 计划任务"}[language]
    section = page.partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| ")]
    return [row.split("|")[1].strip() for row in rows[2:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scheduled_action_is_explained(language):
    """R2: The table of scheduled actions names all of them, and no other."""
    made = [source.value_of(one, "name") for _path, one in source.records("ir.cron")]
    assert made
    assert all(name.startswith(PREFIX) for name in made)
    if language != "en":
        entries = polib.pofile(str(source.MODULE / "i18n" / f"{language}.po"))
        words = {entry.msgid: entry.msgstr for entry in entries}
        made = [words[name] for name in made]
    names = [re.split(": |：", name, maxsplit=1)[1] for name in made]
    assert sorted(told_actions(language)) == sorted(names)


def test_shop_page_shows_what_is_there():
    """The app's page in Odoo shows pictures of the module's own."""
    folder = source.MODULE / "static" / "description"
    named = re.findall(r'src="([^"]+)"', (folder / "index.html").read_text())
    assert named
    assert [name for name in named if not (folder / name).exists()] == []
