"""Every capability that is claimed as done is named by a test."""

import csv
import re

from tests.support import source

CATALOGUE = source.ROOT / "docs" / "catalogue.csv"
STATUSES = {"done", "part", "open"}
ID = re.compile(r"\b[A-Z]\d{1,3}\b")


def rows() -> list[dict]:
    """Return the rows of docs/catalogue.csv: id, status, note."""
    with CATALOGUE.open(newline="") as stream:
        return list(csv.DictReader(stream))


def named_in_tests() -> set[str]:
    """Return the ids that tests name, in docstrings or comments."""
    folders = (source.TESTS, source.ROOT / "tests")
    texts = [
        path.read_text()
        for folder in folders
        for path in source.python_files(folder)
        if path.name.startswith("test_") and path.name != "test_catalogue.py"
    ]
    return {found for text in texts for found in ID.findall(text)}


def test_rows_are_well_formed():
    """Each id is there once, with a status that is known."""
    ids = [row["id"] for row in rows()]
    assert len(ids) == len(set(ids))
    assert {row["status"] for row in rows()} <= STATUSES
    assert all(ID.fullmatch(one) for one in ids)


def test_what_is_done_is_tested():
    """A capability that is claimed as done is named by at least one test."""
    done = {row["id"] for row in rows() if row["status"] == "done"}
    assert done, "docs/catalogue.csv claims nothing"
    assert sorted(done - named_in_tests()) == []
