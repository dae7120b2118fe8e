from random import Random

from odoo.tests import tagged

from .satisfaction_common import SatisfactionCase


@tagged("post_install", "-at_install", "satisfaction")
class TestSatisfactionStatistic(SatisfactionCase):
    """G3: Figures by class, against a count in plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.france = cls.env.ref("base.fr")
        cls.customers = cls.customer
        cls.customer.sudo().country_id = cls.germany
        for place in range(23):
            country = cls.france if place % 4 else cls.germany
            user = cls.user_own if place % 3 else cls.user_own_2
            cls.customers |= cls._create_asked(
                f"Shop {place}", user=user, country_id=country.id
            )

    def _answer_some(self, one, seed=5):
        """About two thirds answer.

        :return: customer → (overall mark, recommendation)
        """
        rng, told = Random(seed), {}
        for customer in self.customers:
            if rng.random() < 0.66:
                marks = (rng.randint(0, 10), rng.randint(0, 10))
                told[customer] = marks
                self._answer(
                    self._invitation(customer, one),
                    {"score_overall": marks[0], "nps": marks[1]},
                )
        return told

    def _rows(self, one, by):
        return self.env["followup.satisfaction.statistic"].search(
            [("round_id", "=", one.id), ("by", "=", by)]
        )

    def _check(self, row, told, customers):
        own = [told[customer] for customer in customers if customer in told]
        self.assertEqual(row.sent, len(customers))
        self.assertEqual(row.answered, len(own))
        self.assertAlmostEqual(row.response_rate, 100 * len(own) / len(customers))
        if own:
            self.assertAlmostEqual(
                row.index, 10 * sum(mark for mark, _nps in own) / len(own), places=4
            )
        self.assertEqual(row.promoters, sum(nps >= 9 for _mark, nps in own))
        self.assertEqual(row.detractors, sum(nps <= 6 for _mark, nps in own))
        self.assertEqual(row.is_reliable, len(own) >= 10)

    def test_classes(self):
        """G3: By country and owner, and as a whole."""
        one = self._send()
        told = self._answer_some(one)
        whole = self._rows(one, "all")
        self._check(whole, told, self.customers)
        countries = self._rows(one, "country")
        self.assertEqual(len(countries), 2)
        for row in countries:
            own = self.customers.filtered(lambda c, r=row: c.country_id == r.country_id)
            self._check(row, told, own)
        for row in self._rows(one, "user"):
            own = self.customers.filtered(lambda c, r=row: c.user_id == r.user_id)
            self._check(row, told, own)

    def test_small_numbers(self):
        """G3: Below the limit there is no recommendation; with it, its interval."""
        one = self._send()
        self._answer_some(one)
        row = self._rows(one, "all")
        self.assertRegex(row.nps_text, r"^[+-]\d+ \([+-]\d+ to [+-]\d+\)$")
        self.assertTrue(one.is_reliable)
        self.company_a.fcrm_survey_least = row.answered + 1
        self.env.invalidate_all()
        self.assertEqual(row.nps_text, "–")
        self.assertFalse(row.is_reliable or one.is_reliable or one.nps)
        self.assertIn(str(row.answered), one.result_text)

    def test_trend(self):
        """G3: Compared with the same class of the round before."""
        first = self._send(name="First")
        self._answer_some(first)
        first.sudo().invitation_ids.sent_date = "2020-01-01"
        first.sudo().started_on = "2020-01-01"
        second = self._send(name="Second")
        self._answer_some(second, seed=6)
        before = {row.label: row for row in self._rows(first, "country")}
        for row in self._rows(second, "country"):
            change = row.index - before[row.label].index
            self.assertAlmostEqual(row.change, change, delta=0.051)
        self.assertFalse(any(row.change for row in before.values()))

    def test_analysis(self):
        """G3: Rate and recommendation of any group come from its sums."""
        one = self._send()
        told = self._answer_some(one)
        report = self.env["followup.satisfaction.report"]
        ((sent, rate, index, nps),) = report._read_group(
            [("round_id", "=", one.id)],
            [],
            ["sent:sum", "response_rate:avg", "index:avg", "nps:avg"],
        )
        self.assertEqual(sent, 24)
        self.assertAlmostEqual(rate, 100 * len(told) / 24)
        marks = [mark for mark, _nps in told.values()]
        self.assertAlmostEqual(index, 10 * sum(marks) / len(marks), places=4)
        values = [nps for _mark, nps in told.values()]
        expected = sum(v >= 9 for v in values) - sum(v <= 6 for v in values)
        self.assertAlmostEqual(nps, 100 * expected / len(values))
        self.company_a.fcrm_survey_least = len(values) + 1
        ((hidden,),) = report._read_group([("round_id", "=", one.id)], [], ["nps:avg"])
        self.assertFalse(hidden)

    def test_dimensions(self):
        """G1, G3: Expectation and gap are means of those who told them."""
        one = self._send()
        both = ((9, 10), (5, None))
        for customer, (mark, expected) in zip(self.customers[:2], both, strict=True):
            marks = {"score_price": mark}
            if expected is not None:
                marks["expectation_price"] = expected
            self._answer(self._invitation(customer, one), marks)
        means = self.env["followup.satisfaction.dimension.report"]._get_means(
            one, "round_id"
        )
        score, importance, expectation, count = means[one.id, "price"]
        found = (score, importance, expectation, count)
        self.assertEqual(found, (70, None, 100, 2))
