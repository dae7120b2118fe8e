from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.movement import matrix
from .screen_common import ClassificationCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestMovement(ClassificationCase):
    """Classes of 1 July by the orders until then, of 15 November by all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme.hysteresis_periods = 0
        cls._compute(today=date(2026, 7, 1))
        # Elm overtakes all: of 6000, those above hold 0, 83.3, 91.7, 95, 97.5 %.
        cls._sell(cls.customers["Elm"], 4950, "2026-08-01")
        cls._compute()

    def _move(self, user, **values):
        movements = self._as(self.env["followup.tier.movement"], user)
        return movements.create(
            {
                "scheme_id": self.scheme.id,
                "date_from": "2026-07-01",
                "date_to": "2026-11-15",
                **values,
            }
        )

    def test_matrix(self):
        """T22: from × to, customers and turnover of the window up to the second day."""
        moves = self._move(self.manager).matrix
        self.assertEqual(
            self._cells(moves),
            {
                ("III", "I"): 1,
                ("I", "II"): 1,
                ("I", "III"): 1,
                ("II", "III"): 2,
                ("III", "III"): 1,
            },
        )
        self.assertEqual(moves["moved"], 5)
        self.assertEqual(moves["customers"], 6)
        self.assertAlmostEqual(moves["measure"], 5950)
        columns = {column["name"]: column for column in moves["columns"]}
        self.assertAlmostEqual(columns["I"]["measure"], 5000)
        self.assertAlmostEqual(columns["II"]["measure"], 500)
        self.assertAlmostEqual(columns["III"]["measure"], 450)

    def test_same_day(self):
        """T22: between a day and itself nobody moves."""
        moves = self._move(self.manager, date_from="2026-11-15").matrix
        self.assertEqual(moves["moved"], 0)

    def test_before_the_first_class(self):
        """T22: before the first computation all come from no class."""
        moves = self._move(self.manager, date_from="2026-01-01").matrix
        self.assertEqual(
            self._cells(moves),
            {("No class", "I"): 1, ("No class", "II"): 1, ("No class", "III"): 4},
        )

    def test_drill_down(self):
        """T22: a figure opens its customers."""
        movement = self._move(self.manager)
        action = movement.action_open_cell(self.tiers["II"].id, self.tiers["III"].id)
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(set(found.mapped("name")), {"Cedar", "Dogwood"})

    def test_days_in_the_wrong_order(self):
        """T22: the error says what to do."""
        with self.assertRaises(UserError):
            self._move(self.manager, date_from="2026-12-01").matrix  # noqa: B018

    def test_own_customers_only(self):
        """T22: a user counts only the customers that he or she may see."""
        self.customers["Elm"].sudo().user_id = self.user_own_2
        mine = self._move(self.user_own)
        self.assertEqual(
            self._cells(mine.matrix),
            {("I", "II"): 1, ("I", "III"): 1, ("II", "III"): 2, ("III", "III"): 1},
        )
        action = mine.action_open_cell(self.tiers["III"].id, self.tiers["I"].id)
        self.assertEqual(action["domain"], [("id", "in", [])])
        theirs = self._move(self.user_own_2)
        self.assertEqual(self._cells(theirs.matrix), {("III", "I"): 1})

    def test_foreign_matrix(self):
        """T22: nobody opens another's matrix or another company's scheme (attack 5)."""
        movement = self._move(self.manager)
        tier = self.tiers["I"].id
        for user in (self.user_own, self.user_all, self.officer):
            with self.assertRaises(AccessError):
                self._as(movement, user).action_open_cell(tier, tier)
        for user in (self.internal_user, self.user_b):
            with self.assertRaises(AccessError):
                self._move(user).matrix  # noqa: B018
        with self.assertRaises(AccessError):
            self._as(self.scheme.sudo(False), self.user_b).action_open_movement()

    def test_arrangement(self):
        """T22: directions by the order of the classes; none without order."""
        tiers = [
            {"id": 1, "name": "I", "color": 0},
            {"id": 2, "name": "II", "color": 0},
        ]
        cells = [(1, 2, 3, 30.0), (2, 1, 1, 5.0), (None, 1, 2, None), (2, 2, 4, 8.0)]
        made = matrix(tiers, cells, "none")
        directions = {
            (cell["from"], cell["to"]): cell["direction"]
            for row in made["rows"]
            for cell in row["cells"]
        }
        self.assertEqual(
            directions,
            {
                (1, 1): "same",
                (1, 2): "down",
                (2, 1): "up",
                (2, 2): "same",
                (0, 1): "other",
                (0, 2): "other",
            },
        )
        self.assertEqual([row["customers"] for row in made["rows"]], [3, 5, 2])
        self.assertEqual([c["measure"] for c in made["columns"]], [5.0, 38.0])
        self.assertEqual(made["moved"], 6)
        loose = matrix(tiers, cells, "none", ordered=False)
        self.assertEqual(loose["rows"][0]["cells"][1]["direction"], "other")
        archived = [*tiers, {"id": 3, "name": "old", "color": 0, "archived": True}]
        self.assertEqual(len(matrix(archived, cells, "none")["rows"]), 3)
        with_old = matrix(archived, [*cells, (3, 1, 1, 1.0)], "none")
        self.assertEqual(len(with_old["rows"]), 4)
        self.assertEqual(len(with_old["columns"]), 2)
