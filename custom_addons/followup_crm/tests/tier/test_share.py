import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from odoo.tests import tagged

from .rules_common import rank_class, share_class
from .tier_common import TierCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestShare(TierCase):
    """Cumulative share and place: hand-made tables and plain Python (T1, T2, T3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amount = cls._scheme("amount")
        cls.rank = cls._scheme("rank")
        cls.abc = cls._scheme("abc")

    def _with_turnover(self, amounts, day="2026-05-05"):
        """One customer for each amount (None: no order at all)."""
        customers = []
        for number, amount in enumerate(amounts):
            customer = self._create_customer(f"C{number:02d}")
            customers.append(customer)
            if amount is not None:
                self._orders((customer, amount, day))
        return customers

    def _in_order(self, scheme):
        return [code for _name, code in sorted(self._classes(scheme).items())]

    def test_hand_made_table(self):
        """T1: 50, 20, 20, 6, 4 of 100: shares above 0, 50, 50, 90, 96."""
        self._with_turnover([50, 20, 20, 6, 4])
        self._compute(self.amount, self.abc)
        self.assertEqual(self._in_order(self.amount), ["I", "I", "I", "III", "III"])
        self.assertEqual(self._in_order(self.abc), ["A", "A", "A", "C", "C"])

    def test_limit_reached_exactly(self):
        """T1: whoever finds 70 % above is not in tier I any more."""
        self._with_turnover([70, 20, 10])
        self._compute(self.amount)
        self.assertEqual(self._in_order(self.amount), ["I", "II", "III"])

    def test_a_hair_below_the_limit(self):
        """T1: 69.99999 % above is below 70 %, however it is shown."""
        self._with_turnover([6999999.99, 3000000, 0.01])
        self._compute(self.amount)
        self.assertEqual(self._in_order(self.amount), ["I", "I", "III"])

    def test_all_equal(self):
        """T1, T2: equal turnover, equal class: nobody is better."""
        self._with_turnover([100] * 7)
        self._compute(self.amount, self.rank)
        self.assertEqual(set(self._in_order(self.amount)), {"I"})
        self.assertEqual(set(self._in_order(self.rank)), {"A"})

    def test_one_customer(self):
        """T1, T2: the only one is the first one."""
        self._with_turnover([0.01])
        self._compute(self.amount, self.rank)
        self.assertEqual(self._in_order(self.amount), ["I"])
        self.assertEqual(self._in_order(self.rank), ["A"])

    def test_without_turnover(self):
        """T1: zero, negative and no orders: lowest class, no place, said so."""
        zero, minus, none = self._with_turnover([0, -50, None])
        run = self._compute(self.amount)
        self.assertEqual(self._in_order(self.amount), ["III"] * 3)
        self.assertEqual((run.customer_count, run.ranked_count), (3, 0))
        for customer in (zero, minus, none):
            row = self._assignment(customer, self.amount)
            self.assertFalse(row.rank)
            self.assertIn("lowest class", row.explanation)
        self.assertEqual(self._assignment(minus, self.amount).measure, -50)

    def test_negative_turnover_takes_no_share(self):
        """T1: refunds above sales do not shrink what the others share."""
        self._with_turnover([70, 30, -60])
        self._compute(self.amount)
        self.assertEqual(self._in_order(self.amount), ["I", "II", "III"])

    def test_no_customer_at_all(self):
        """T20: an empty company is computed, too."""
        run = self._compute(self.amount)
        self.assertEqual((run.customer_count, run.moved_count), (0, 0))

    def test_rank_table(self):
        """T2: of 60 customers one is VIP, three are within 5 %, twelve within 20 %."""
        self._with_turnover([1000 - n for n in range(60)])
        self._compute(self.rank)
        found = self._in_order(self.rank)
        self.assertEqual(found, ["A"] + ["B"] * 2 + ["C"] * 9 + ["D"] * 48)

    def test_rank_cap_and_ties(self):
        """T2: a cap by number; ties share the better place."""
        self._with_turnover([9, 8, 8, 7, 1, 1, 1, 1, 1, 1])
        first, second, third, _last = self.rank.tier_ids
        self.rank.write(
            {
                "tier_ids": [
                    (1, first.id, {"limit": 40, "cap": 1}),
                    (1, second.id, {"limit": 45, "cap": 2}),
                    (1, third.id, {"limit": 50}),
                ]
            }
        )
        self._compute(self.rank)
        found = self._in_order(self.rank)
        self.assertEqual(found, ["A", "B", "B", "C"] + ["C"] * 6)

    def test_window_and_leap_day(self):
        """T1: a window of 12 months before 29 February begins on the 28th."""
        inside, before, today = self._with_turnover([None] * 3)
        self._orders(
            (inside, 10, "2027-02-28"),
            (before, 10, "2027-02-27"),
            (today, 10, "2028-02-29"),
        )
        self._compute(self.amount, today=date(2028, 2, 29))
        self.assertEqual(self._assignment(inside, self.amount).measure, 10)
        self.assertEqual(self._assignment(before, self.amount).measure, 0)
        self.assertEqual(self._assignment(today, self.amount).measure, 0)

    def test_time_zone(self):
        """T1: days end where the company is, not in Greenwich."""
        self.company_a.partner_id.tz = "Asia/Shanghai"
        late, early = self._with_turnover([None] * 2)
        self._orders(
            (late, 10, "2026-06-30 15:59:59"), (early, 10, "2026-06-30 16:00:00")
        )
        self._compute(self.amount)
        self.assertEqual(self._assignment(late, self.amount).measure, 10)
        self.assertEqual(self._assignment(early, self.amount).measure, 0)

    def test_child_contacts_and_companies(self):
        """T20: contacts count for their customer, other companies do not count."""
        (customer,) = self._with_turnover([10])
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": customer.sudo().partner_id.id}
        )
        self._orders((contact, 5, "2026-06-01"))
        self._orders((customer, 1000, "2026-06-01"), company=self.company_b)
        self._compute(self.amount)
        self.assertEqual(self._assignment(customer, self.amount).measure, 15)

    def test_currencies(self):
        """T20: company currency at the document's own rate; unknown rates hold."""
        euro = self.env.ref("base.EUR")
        yuan = self.env.ref("base.CNY")
        if self.company_a.currency_id == euro:
            euro = self.env.ref("base.USD")
        (euro | yuan).active = True
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "in", (euro | yuan).ids)]).unlink()
        rates.create({"currency_id": euro.id, "name": "2020-01-01", "rate": 0.5})
        rates.create({"currency_id": yuan.id, "name": "2026-06-20", "rate": 7})
        known, unknown = self._with_turnover([None, 1])
        self._orders((known, 100, "2026-06-01", euro, 0.8))
        self._orders((unknown, 7000, "2026-06-01", yuan, 1.0))
        self._compute(self.amount)
        self.assertEqual(self._assignment(known, self.amount).measure, 125)
        held = self._assignment(unknown, self.amount)
        self.assertEqual((held.measure, held.on_hold), (1, True))
        self.assertIn("exchange rate", held.explanation)

    def test_missing_rate_keeps_the_class(self):
        """T20: a document without rate keeps the former class until it has one."""
        yuan = self.env.ref("base.CNY")
        yuan.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", yuan.id)]).unlink()
        first, second = self._with_turnover([80, 20], day="2025-08-01")
        self._compute(self.amount)
        self.assertEqual(self._in_order(self.amount), ["I", "II"])
        self.amount.hysteresis_periods = 0
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": first.sudo().partner_id.id}
        )
        self._orders((contact, 1, "2026-08-01", yuan, 1), (second, 2, "2026-08-01"))
        self._compute(self.amount, today=date(2026, 8, 2))
        self.assertEqual(self._in_order(self.amount), ["I", "I"])
        row = self._assignment(first, self.amount)
        self.assertEqual(row.computed_tier_id.code, "III")
        self.env["res.currency.rate"].create(
            {"currency_id": yuan.id, "name": "2026-01-01", "rate": 2}
        )
        self.env.cr.execute(
            "UPDATE sale_order SET currency_rate = 2 WHERE currency_id = %s", [yuan.id]
        )
        self._compute(self.amount, today=date(2026, 8, 2))
        row = self._assignment(first, self.amount)
        self.assertEqual(
            (row.measure, row.on_hold, row.tier_id.code), (0.5, False, "II")
        )

    def _random_orders(self, chance, customers):
        """Orders over sixteen months, in two currencies, some negative."""
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2019-01-01", "rate": 0.9}
        )
        own = self.company_a.currency_id
        rows = []
        for customer in customers:
            for _order in range(chance.randint(0, 6)):
                amount = chance.choice([100, 250, -40, round(chance.random() * 900, 2)])
                day = date(2025, 5, 1) + timedelta(days=chance.randint(0, 480))
                money = chance.choice([(own, 1.0), (euro, 0.8), (euro, 1.25)])
                rows.append((customer, amount, day, *money))
        return rows

    def test_random_data_against_plain_python(self):
        """T1, T2, T3: to the cent and class for class, whatever the order of rows."""
        chance = random.Random(20260701)
        customers = [self._create_customer(f"C{n:02d}") for n in range(40)]
        rows = self._random_orders(chance, customers[:36])
        expected = {customer.name: Decimal(0) for customer in customers}
        for customer, amount, day, _currency, rate in rows:
            if date(2025, 7, 1) <= day < date(2026, 7, 1):
                expected[customer.name] += Decimal(str(amount)) / Decimal(str(rate))
        measures = [
            value.quantize(Decimal("0.01"), ROUND_HALF_UP)
            for _name, value in sorted(expected.items())
        ]
        chance.shuffle(rows)
        self._orders(*rows)
        self._compute(self.amount, self.rank, self.abc)
        found = self.assignments.search([("scheme_id", "=", self.amount.id)])
        stored = {row.customer_id.name: round(row.measure, 2) for row in found}
        self.assertEqual(
            [stored[n] for n in sorted(stored)], list(map(float, measures))
        )
        for scheme, expect in (
            (self.amount, share_class(measures, [70, 90, 100])),
            (self.abc, share_class(measures, [55, 85, 100])),
            (self.rank, rank_class(measures, [1, 5, 20, 100])),
        ):
            codes = scheme.tier_ids.mapped("code")
            self.assertEqual(self._in_order(scheme), [codes[n] for n in expect])
            self.assertGreater(len(set(expect)), 2, "the table shows nothing")

    def test_order_of_rows_does_not_matter(self):
        """T1: the same orders entered the other way round give the same classes."""
        chance = random.Random(7)
        customers = [self._create_customer(f"C{n:02d}") for n in range(20)]
        rows = self._random_orders(chance, customers)
        self._orders(*rows)
        self._compute(self.amount, self.rank)
        first = self._classes(self.amount), self._classes(self.rank)
        self.env.cr.execute(
            "DELETE FROM sale_order WHERE company_id = %s", [self.company_a.id]
        )
        self._orders(*reversed(rows))
        before = self._versions()
        self._compute(self.amount, self.rank)
        self.assertEqual((self._classes(self.amount), self._classes(self.rank)), first)
        self.assertEqual(self._versions(), before)

    def test_figures_and_sentence(self):
        """T21: place, share and the limit met, as data and as a sentence."""
        first, second, _third = self._with_turnover([60, 30, 10])
        self._compute(self.amount)
        row = self._assignment(second, self.amount)
        self.assertEqual((row.rank, row.share, row.cumulative_share), (2, 0.3, 0.6))
        currency = self.company_a.currency_id.name
        self.assertEqual(
            row.explanation,
            f"Turnover of the last 12 months 30.00 {currency}, place 2 of 3, cumulative"
            " share before it 60.0 % (limit of I: 70 %).",
        )
        action = row.with_user(self.user_own).action_open_facts()
        self.assertIn(("date", ">=", date(2025, 7, 1)), action["domain"])
        self.assertEqual(self._assignment(first, self.amount).rank, 1)

    def test_margin_and_volume(self):
        """T1: the measure can be chosen; what is not recorded counts as none."""
        self._with_turnover([60, 30])
        self.amount.measure = "quantity"
        run = self._compute(self.amount)
        self.assertEqual(run.ranked_count, 0)
        if "margin" not in self.env["sale.order"]._fields:
            self.amount.measure = "margin"
            self.assertEqual(self._compute(self.amount).ranked_count, 0)
