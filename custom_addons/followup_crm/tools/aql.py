"""Acceptance sampling by attributes: ISO 2859-1, single sampling, normal inspection.

Table 1 gives a code letter for a lot size and an inspection level, table 2-A a sample
size, acceptance and rejection number for a code letter and an AQL.
"""

from bisect import bisect_left
from dataclasses import dataclass

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
# The largest lot of each row of table 1; the last row has no end.
LARGEST_LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10_000, 35_000)
LARGEST_LOTS += (150_000, 500_000)
# Code letters by row of table 1, in the order of LEVELS.
CODE_LETTERS = (
    "AAAAAAB",
    "AAAAABC",
    "AABBBCD",
    "ABBCCDE",
    "BBCCCEF",
    "BBCDDFG",
    "BCDEEGH",
    "BCDEFHJ",
    "CCEFGJK",
    "CDEGHKL",
    "CDFGJLM",
    "CDFHKMN",
    "DEGJLNP",
    "DEGJMPQ",
    "DEHKNQR",
)
SAMPLE_SIZES = {
    "A": 2,
    "B": 3,
    "C": 5,
    "D": 8,
    "E": 13,
    "F": 20,
    "G": 32,
    "H": 50,
    "J": 80,
    "K": 125,
    "L": 200,
    "M": 315,
    "N": 500,
    "P": 800,
    "Q": 1250,
    "R": 2000,
}
LETTERS = "".join(SAMPLE_SIZES)
# Per cent nonconforming. Each step of the series moves table 2-A up by one row.
AQLS = ("0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40")
AQLS += ("0.65", "1.0", "1.5", "2.5", "4.0", "6.5", "10")
# Down a column of table 2-A: first 0, then an arrow up and one down, then these.
ACCEPTANCE = (1, 2, 3, 5, 7, 10, 14, 21)
# "None allowed" is no AQL of the standard: any such defect rejects the lot.
NONE_ALLOWED = "0"


@dataclass(frozen=True)
class Plan:
    """A sampling plan: take ``size`` pieces; up to ``accept`` defective ones pass."""

    letter: str
    size: int
    accept: int

    @property
    def reject(self):
        """So many defective pieces reject the lot."""
        return self.accept + 1


def code_letter(lot_size, level="II"):
    """Code letter of table 1.

    :param lot_size: pieces in the lot, at least 2
    :param level: one of ``LEVELS``
    :raise ValueError: where the table has no such row or column
    """
    if lot_size < 2:
        raise ValueError("lot")
    if level not in LEVELS:
        raise ValueError("level")
    row = CODE_LETTERS[bisect_left(LARGEST_LOTS, lot_size)]
    return row[LEVELS.index(level)]


def plan_of(letter, aql):
    """Row of table 2-A, arrows followed: the plan of another letter, maybe.

    :param letter: code letter
    :param aql: one of ``AQLS``, or ``NONE_ALLOWED``
    :raise ValueError: where the table has no such row or column
    """
    if letter not in SAMPLE_SIZES:
        raise ValueError("letter")
    if aql == NONE_ALLOWED:
        return Plan(letter, SAMPLE_SIZES[letter], 0)
    if aql not in AQLS:
        raise ValueError("aql")
    row = LETTERS.index(letter)
    # The row of the column's 0; one above the table for the last AQL.
    zero = LETTERS.index("Q") - AQLS.index(aql)
    if row <= zero:
        row = zero
    elif row == zero + 1 and zero >= 0:
        row = zero
    elif row <= zero + 2:
        row = zero + 3
    row = min(row, zero + 2 + len(ACCEPTANCE))
    if row >= len(LETTERS):
        # Below the last row nothing follows: the plan above the arrow.
        row = zero
    accept = ACCEPTANCE[row - zero - 3] if row > zero else 0
    return Plan(LETTERS[row], SAMPLE_SIZES[LETTERS[row]], accept)


def plan_for(lot_size, level, aql):
    """The plan for a lot; a sample as large as the lot means that all is inspected.

    :return: ``Plan`` whose size is the lot's at most
    :raise ValueError: see ``code_letter`` and ``plan_of``
    """
    plan = plan_of(code_letter(lot_size, level), aql)
    return Plan(plan.letter, min(plan.size, lot_size), plan.accept)
