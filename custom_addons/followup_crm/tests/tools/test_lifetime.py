import csv
from importlib.util import find_spec
from pathlib import Path
from unittest import skipUnless

from odoo.tests import BaseCase, tagged

from ...tools import lifetime


def published(name):
    """Rows of a data set that the package lifetimes ships; it is not imported."""
    folder = Path(find_spec("lifetimes").origin).parent / "datasets"
    with (folder / name).open(newline="") as stream:
        return list(csv.DictReader(stream))


@tagged("post_install", "-at_install", "followup_crm", "tools")
@skipUnless(lifetime.is_available() and find_spec("lifetimes"), "without scipy")
class TestLifetime(BaseCase):
    """The models against the figures that their authors published (V4)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = published("cdnow_customers_summary.csv")
        cls.x, cls.t, cls.total = (
            [float(row[name]) for row in rows] for name in ("frequency", "recency", "T")
        )
        cls.buying = lifetime.fit_buying(cls.x, cls.t, cls.total)

    def test_buying(self):
        """V4: BG/NBD on CDNOW, Fader, Hardie and Lee 2005: within 1 %."""
        self.assertEqual(len(self.x), 2357)
        wanted = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
        for name, figure in wanted.items():
            found = getattr(self.buying, name)
            self.assertAlmostEqual(found, figure, delta=figure / 100, msg=name)

    def test_expected_orders(self):
        """V4: customer 1 (x 2, t 30.43, T 38.86): 1.226 orders in 39 weeks."""
        orders = lifetime.expected_orders(self.buying, [2], [30.43], [38.86], 39)
        self.assertAlmostEqual(float(orders[0]), 1.226, places=2)

    def test_alive(self):
        """V4: certain without a repeat order; by the formula for one with two."""
        chances = lifetime.alive(self.buying, [0, 2], [0, 30.43], [38.86, 38.86])
        r, alpha, a, b = self.buying
        odds = a / (b + 1) * ((alpha + 38.86) / (alpha + 30.43)) ** (r + 2)
        self.assertEqual(float(chances[0]), 1)
        self.assertAlmostEqual(float(chances[1]), 1 / (1 + odds))

    def test_spending(self):
        """V4: Gamma-Gamma on CDNOW, Fader and Hardie 2013: p 6.25, q 3.74, v 15.44."""
        rows = published("cdnow_customers_summary_with_transactions.csv")
        rows = [(float(r["x"]), float(r["zbar"])) for r in rows if float(r["x"]) > 0]
        self.assertEqual(len(rows), 946)
        found = lifetime.fit_spending(*zip(*rows, strict=True))
        for name, figure in (("p", 6.25), ("q", 3.74), ("v", 15.44)):
            value = getattr(found, name)
            self.assertAlmostEqual(value, figure, delta=figure / 100, msg=name)
        # Between the mean of all, 35.1, and the customer's own mean.
        mean = lifetime.expected_value(found, [2], [100])
        self.assertTrue(35 < float(mean[0]) < 100)

    def test_no_pattern_no_model(self):
        """V4: data that no finite parameters explain yield none."""
        self.assertIsNone(lifetime.fit_spending([1] * 5, [7.0] * 5))
