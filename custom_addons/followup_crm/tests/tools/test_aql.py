from odoo.tests import BaseCase, tagged

from ...tools import aql

# ISO 2859-1 table 1: lot sizes, then S-1 S-2 S-3 S-4 I II III.
TABLE_1 = """
2-8 A A A A A A B
9-15 A A A A A B C
16-25 A A B B B C D
26-50 A B B C C D E
51-90 B B C C C E F
91-150 B B C D D F G
151-280 B C D E E G H
281-500 B C D E F H J
501-1200 C C E F G J K
1201-3200 C D E G H K L
3201-10000 C D F G J L M
10001-35000 C D F H K M N
35001-150000 D E G J L N P
150001-500000 D E G J M P Q
500001-9000000 D E H K N Q R
"""
# ISO 2859-1 table 2-A as printed: letter, sample size, then the acceptance number by
# AQL from 0.010 to 10; v: use the plan below, ^: use the plan above.
TABLE_2A = """
A 2    v v v v v v v v v v v v v v 0 v
B 3    v v v v v v v v v v v v v 0 ^ v
C 5    v v v v v v v v v v v v 0 ^ v 1
D 8    v v v v v v v v v v v 0 ^ v 1 2
E 13   v v v v v v v v v v 0 ^ v 1 2 3
F 20   v v v v v v v v v 0 ^ v 1 2 3 5
G 32   v v v v v v v v 0 ^ v 1 2 3 5 7
H 50   v v v v v v v 0 ^ v 1 2 3 5 7 10
J 80   v v v v v v 0 ^ v 1 2 3 5 7 10 14
K 125  v v v v v 0 ^ v 1 2 3 5 7 10 14 21
L 200  v v v v 0 ^ v 1 2 3 5 7 10 14 21 ^
M 315  v v v 0 ^ v 1 2 3 5 7 10 14 21 ^ ^
N 500  v v 0 ^ v 1 2 3 5 7 10 14 21 ^ ^ ^
P 800  v 0 ^ v 1 2 3 5 7 10 14 21 ^ ^ ^ ^
Q 1250 0 ^ v 1 2 3 5 7 10 14 21 ^ ^ ^ ^ ^
R 2000 ^ ^ 1 2 3 5 7 10 14 21 ^ ^ ^ ^ ^ ^
"""


def printed_plan(rows, row, column):
    """The plan that a reader finds by following the arrows."""
    letter, size, *cells = rows[row]
    while cells[column] in "v^":
        row += 1 if cells[column] == "v" else -1
        letter, size, *cells = rows[row]
    return letter, int(size), int(cells[column])


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestAql(BaseCase):
    def test_table_1(self):
        """K3: every cell of the table of code letters, at both ends of its lots."""
        for row in TABLE_1.strip().splitlines():
            lots, *letters = row.split()
            for lot in map(int, lots.split("-")):
                for level, letter in zip(aql.LEVELS, letters, strict=True):
                    with self.subTest(lot=lot, level=level):
                        self.assertEqual(aql.code_letter(lot, level), letter)

    def test_table_2a(self):
        """K3: every cell of the table of single sampling plans, arrows followed."""
        rows = [line.split() for line in TABLE_2A.strip().splitlines()]
        for row, (letter, _size, *_cells) in enumerate(rows):
            for column, limit in enumerate(aql.AQLS):
                with self.subTest(letter=letter, aql=limit):
                    plan = aql.plan_of(letter, limit)
                    found = (plan.letter, plan.size, plan.accept)
                    self.assertEqual(found, printed_plan(rows, row, column))
                    self.assertEqual(plan.reject, plan.accept + 1)

    def test_published_examples(self):
        """K3: plans as inspection agencies and papers publish them."""
        examples = [
            # lot, level, AQL, size, accept
            (1200, "II", "2.5", 80, 5),
            (1200, "II", "4.0", 80, 7),
            (3000, "II", "2.5", 125, 7),
            (3000, "II", "4.0", 125, 10),
            (10_000, "II", "2.5", 200, 10),
            (35_000, "II", "2.5", 315, 14),
            (40_000, "II", "4.0", 315, 21),
            (100_000, "S-4", "0.65", 80, 1),
            (100_000, "S-3", "0.65", 20, 0),
            (100_000, "S-4", "0.40", 125, 1),
            (100_000, "S-3", "0.40", 32, 0),
            (100_000, "S-4", "0.25", 50, 0),
            (100_000, "S-4", "0.15", 80, 0),
        ]
        for lot, level, limit, size, accept in examples:
            with self.subTest(lot=lot, level=level, aql=limit):
                plan = aql.plan_for(lot, level, limit)
                self.assertEqual((plan.size, plan.accept), (size, accept))

    def test_all_of_a_small_lot(self):
        """K3: a sample as large as the lot means that all is inspected."""
        plan = aql.plan_for(30, "II", "0.65")
        self.assertEqual((plan.size, plan.accept), (20, 0))
        plan = aql.plan_for(10, "II", "0.65")
        self.assertEqual((plan.size, plan.accept), (10, 0))

    def test_none_allowed(self):
        """K3: a single critical defect rejects, on the sample of the code letter."""
        plan = aql.plan_for(3000, "II", aql.NONE_ALLOWED)
        self.assertEqual((plan.size, plan.accept, plan.reject), (125, 0, 1))

    def test_what_the_tables_do_not_have(self):
        """K3: no lot of one piece, no level and no AQL between the printed ones."""
        for arguments in ((1, "II", "2.5"), (100, "IV", "2.5"), (100, "II", "3.0")):
            with self.assertRaises(ValueError):
                aql.plan_for(*arguments)
