"""Merge a fresh template of terms into the kept one and into a translation.

Called with the fresh template, the kept template and the translation; needs polib.
"""

import sys
from pathlib import Path

import polib

DATES = ("POT-Creation-Date", "PO-Revision-Date")


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def terms(file: polib.POFile) -> list:
    """Return all that a file says but for its dates."""
    return [
        (entry.msgid, entry.msgstr, entry.comment, entry.occurrences, entry.flags)
        for entry in file
    ]


def save(file: polib.POFile, path: Path) -> None:
    """Write a file, unless only its dates would change."""
    if not path.exists() or terms(read(path)) != terms(file):
        path.parent.mkdir(exist_ok=True)
        file.save(str(path))


def translate(template: polib.POFile, old: polib.POFile, language: str):
    """Return the template's terms with the translations that are there already.

    Terms that are gone are dropped, and nothing is guessed: a term that differs by a
    comma is a new one.
    """
    known = {entry.msgid: entry.msgstr for entry in old if not entry.obsolete}
    result = polib.POFile()
    result.header = template.header
    result.metadata = template.metadata | {
        "Language": language,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for entry in template:
        result.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=known.get(entry.msgid, ""),
                comment=entry.comment,
                occurrences=entry.occurrences,
            )
        )
    return result


def main(fresh: Path, kept: Path, translation: Path) -> int:
    template = read(fresh)
    save(template, kept)
    old = read(translation)
    new = translate(template, old, translation.stem)
    save(new, translation)
    missing = [entry.msgid for entry in new if not entry.msgstr]
    gone = {entry.msgid for entry in old} - {entry.msgid for entry in new}
    for msgid in missing:
        print(f"missing: {msgid!r}")
    print(
        f"{translation.name}: {len(new)} terms, {len(missing)} without translation, "
        f"{len(gone)} dropped."
    )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
