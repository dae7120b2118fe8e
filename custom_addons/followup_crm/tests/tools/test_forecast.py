from odoo.tests import BaseCase, tagged

from ...tools.forecast import change_percent, forecast, spread


@tagged("post_install", "-at_install", "followup_crm", "tools")
class TestForecast(BaseCase):
    """A year's forecast and the spreading of a target, reckoned by hand (A5)."""

    def test_like_last_years_seasons(self):
        """A5: 300 in two months; last year 200 of 1000 by then: 300 × 1000 ÷ 200."""
        last = [50, 150] + [80] * 10
        found = forecast([100, 200, 999] + [0] * 9, last, 2)
        self.assertEqual((found.value, found.basis), (1500, "season"))
        self.assertEqual((found.so_far, found.last_so_far), (300, 200))
        self.assertEqual(found.last_year, 1000)

    def test_nothing_last_year(self):
        """A5: 90 in three months and nothing to go by: 90 × 12 ÷ 3."""
        found = forecast([30] * 3 + [0] * 9, [0] * 12, 3)
        self.assertEqual((found.value, found.basis), (360, "even"))
        # Last year began in summer only: its spring says nothing.
        late = forecast([30] * 3 + [0] * 9, [0] * 6 + [10] * 6, 3)
        self.assertEqual((late.value, late.basis), (360, "even"))

    def test_begin_and_end_of_the_year(self):
        """A5: no forecast in January; in the end the year itself."""
        self.assertEqual(forecast([5] * 12, [1] * 12, 0).basis, "none")
        found = forecast([5] * 12, [1] * 12, 12)
        self.assertEqual((found.value, found.basis), (60, "final"))

    def test_spread(self):
        """A5: 1200 like last year's 1 : 3, the rest to the last month."""
        months = spread(1200, [10, 30] + [0] * 10)
        self.assertEqual(months, [300, 900] + [0] * 10)
        self.assertEqual(spread(120, [0] * 12), [10] * 12)
        thirds = spread(100, [1, 1, 1] + [0] * 9)
        self.assertEqual(thirds[:3], [33.33, 33.33, 33.33])
        self.assertAlmostEqual(sum(thirds), 100)
        self.assertEqual(spread(0, [1] * 12), [0] * 12)

    def test_credit_notes_do_not_turn_the_sign(self):
        """A5: a month of credit notes last year gets no negative target."""
        months = spread(100, [-50, 50, 50] + [0] * 9)
        self.assertEqual(months[:3], [0, 50, 50])

    def test_change(self):
        """A4: in percent of what was; nothing to compare with gives none."""
        self.assertEqual(change_percent(80, 100), -20)
        self.assertEqual(change_percent(0, 100), -100)
        self.assertIsNone(change_percent(50, 0))
        self.assertIsNone(change_percent(50, -10))
