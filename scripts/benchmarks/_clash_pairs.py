"""Made names of companies: spellings of the same company, and others that look alike.

Each line of the files is a name and the names to compare it with. None is meant.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def pairs(kind: str) -> list[tuple[str, str]]:
    """Return the pairs of a file: each line's first name with each of the others."""
    found = []
    for line in (FOLDER / f"clash_{kind}.txt").read_text().splitlines():
        first, *others = (name.strip() for name in line.split("|"))
        found += [(first, other) for other in others]
    return found
