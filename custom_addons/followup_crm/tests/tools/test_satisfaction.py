import math
from random import Random

from odoo.tests import BaseCase, tagged

from ...tools.satisfaction import (
    draw_sample,
    recommendation,
    recommendation_group,
    to_score,
    weighted_index,
)


@tagged("post_install", "-at_install", "tools", "satisfaction")
class TestSatisfactionTools(BaseCase):
    """G1, G3: The figures, against values worked out by hand."""

    def test_score(self):
        """G1: A mark becomes 0 to 100, whatever the scale."""
        self.assertEqual(to_score(0, 0, 10), 0)
        self.assertEqual(to_score(10, 0, 10), 100)
        self.assertEqual(to_score(4, 1, 5), 75)
        for value, lowest, highest in ((11, 0, 10), (-1, 0, 10), (3, 3, 3)):
            with self.assertRaises(ValueError):
                to_score(value, lowest, highest)

    def test_groups(self):
        """G3: 0–6 detractor, 7–8 passive, 9–10 promoter."""
        found = [recommendation_group(value) for value in range(11)]
        expected = ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2
        self.assertEqual(found, expected)
        with self.assertRaises(ValueError):
            recommendation_group(11)

    def test_recommendation(self):
        """G3: 60 promoters, 25 passives, 15 detractors: 45, from 30.5 to 59.5.

        By hand: p = 0.6, d = 0.15, variance (0.75 - 0.2025) / 100 = 0.005475,
        root 0.07399, times 1.96 = 0.14503.
        """
        found = recommendation(60, 25, 15)
        self.assertAlmostEqual(found.score, 45)
        self.assertAlmostEqual(found.low, 30.497, places=2)
        self.assertAlmostEqual(found.high, 59.503, places=2)
        self.assertIsNone(recommendation(0, 0, 0))
        # All alike: no spread. One of each: it cannot pass the ends of the scale.
        self.assertEqual(recommendation(5, 0, 0).low, 100)
        self.assertEqual(recommendation(1, 0, 1).low, -100)

    def test_recommendation_against_single_values(self):
        """G3: The same as mean and deviation of 100, 0 and -100, one by one."""
        rng = Random(7)
        for _turn in range(50):
            groups = [rng.randint(1, 40) for _group in range(3)]
            values = [100] * groups[0] + [0] * groups[1] + [-100] * groups[2]
            mean = sum(values) / len(values)
            spread = sum((value - mean) ** 2 for value in values) / len(values)
            margin = 1.96 * math.sqrt(spread / len(values))
            found = recommendation(*groups)
            self.assertAlmostEqual(found.score, mean)
            self.assertAlmostEqual(found.low, max(mean - margin, -100))
            self.assertAlmostEqual(found.high, min(mean + margin, 100))

    def test_index(self):
        """G3: 90 of weight 100 and 50 of weight 60: (9000 + 3000) / 160 = 75."""
        scores = {"quality": 90.0, "price": 50.0}
        self.assertEqual(weighted_index(scores, {"quality": 100, "price": 60}), 75)
        # Not told: as important as the others on average; nothing told: all alike.
        self.assertEqual(weighted_index(scores, {"quality": 80}), 70)
        self.assertEqual(weighted_index(scores, {}), 70)
        self.assertEqual(weighted_index(scores, {"quality": 0, "price": 0}), 70)
        self.assertIsNone(weighted_index({}, {"quality": 100}))

    def test_sample(self):
        """G2: The same seed draws the same, in any order; one more displaces one."""
        keys = list(range(200))
        drawn = draw_sample(keys, 30, 1)
        self.assertEqual(len(drawn), 30)
        self.assertEqual(draw_sample(reversed(keys), 30, 1), drawn)
        self.assertNotEqual(draw_sample(keys, 30, 2), drawn)
        self.assertLessEqual(len(drawn - draw_sample([*keys, 200], 30, 1)), 1)
        self.assertEqual(draw_sample([1, 2], 5, 1), {1, 2})
