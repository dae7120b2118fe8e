import random
from datetime import date, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from . import rules_common
from .tier_common import TODAY, YEAR_AGO, TierCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestSchemeTrade(TierCase):
    """Schemes that look at the course of trade, by hand-made tables (T4–T18, V3)."""

    def _table(self, code, table):
        """Compute a scheme and compare.

        :param table: name → (expected code, [(amount, day), …])
        """
        scheme = self._scheme(code)
        for name, (_expected, orders) in table.items():
            customer = self._create_customer(name)
            self._orders(*((customer, amount, day) for amount, day in orders))
        self._compute(scheme)
        expected = {name: row[0] for name, row in table.items()}
        self.assertEqual(self._classes(scheme), expected)
        return scheme

    def _margins(self, margins):
        """Lend the sales a margin, as sale_margin records it: share of the amount."""
        facts = self.env["followup.sales.fact"]
        original = type(facts)._document_select
        rates = SQL(""" """).join(
            SQL("""WHEN %s THEN %s""", customer.sudo().partner_id.id, rate)
            for customer, rate in margins.items()
        )

        def with_margin(records, *args, **kwargs):
            return SQL(
                """SELECT m.id, m.source, m.partner_id, m.company_id, m.date, m.amount,
                          m.quantity, m.rate_missing,
                          m.amount * CASE m.partner_id %s END AS margin FROM (%s) m""",
                rates,
                original(records, *args, **kwargs),
            )

        self.patch(type(facts), "_document_select", with_margin)

    def test_lifecycle(self):
        """T5: the last 12 months against the 12 before; each limit."""
        scheme = self._table(
            "lifecycle",
            {
                "Never": ("prospect", []),
                "New": ("introduction", [(5, YEAR_AGO)]),
                "Grows": ("growth", [(100, "2025-06-30"), (120, "2026-01-01")]),
                "Nearly": ("maturity", [(100, "2025-06-30"), (119.99, "2026-01-01")]),
                "Holds": ("maturity", [(100, "2025-01-01"), (80.01, "2026-01-01")]),
                "Falls": ("decline", [(100, "2025-01-01"), (80, "2026-01-01")]),
                "Back": ("growth", [(100, "2020-01-01"), (1, "2026-01-01")]),
                "Sleeps": ("dormant", [(100, "2025-06-30")]),
                "Nearly lost": ("dormant", [(100, "2024-07-01")]),
                "Lost": ("lost", [(100, "2024-06-30")]),
                "Samples": ("maturity", [(0, "2024-01-01"), (0, "2026-01-01")]),
                "Refunded": (
                    "decline",
                    [(50, "2025-01-01"), (10, "2026-01-01"), (-90, "2026-02-01")],
                ),
            },
        )
        fallen = self.assignments.search(
            [("scheme_id", "=", scheme.id), ("customer_id.name", "=", "Falls")]
        )
        self.assertIn("-20 %", fallen.explanation)

    def test_lifecycle_is_not_moved_by_refunds(self):
        """T5: a credit note is no order: who only got one does not come back."""
        self._table(
            "lifecycle",
            {"Sleeps": ("dormant", [(100, "2025-06-01"), (-10, "2026-06-01")])},
        )

    def test_relationship(self):
        """T6: the conditions are tested in their order."""
        regular = [(10, TODAY - timedelta(days=30 * n)) for n in range(1, 25)]
        late = [(10, day - timedelta(days=20)) for _amount, day in regular]
        self._table(
            "relationship",
            {
                "Never": ("exploration", []),
                "Two": ("exploration", [(1, "2026-01-01"), (1, "2026-06-01")]),
                "Regular": ("stability", regular),
                "Late": ("deterioration", late),
                "Young": ("formation", regular[:12]),
                "Irregular": (
                    "formation",
                    [(10, "2024-01-01"), (10, "2025-08-01")]
                    + [
                        (10, date(2026, 6, day)) for day in (24, 25, 26, 27, 28, 29, 30)
                    ],
                ),
                "Declines": (
                    "deterioration",
                    [(100, "2025-01-01"), (10, "2025-12-01"), (10, "2026-06-01")],
                ),
                "Gone": ("deterioration", [(1, "2025-06-30")]),
            },
        )

    def test_loyalty(self):
        """T13: a year, four orders, not at risk."""
        regular = [(10, TODAY - timedelta(days=60 * n)) for n in range(1, 8)]
        scheme = self._table(
            "loyalty",
            {
                "Loyal": ("loyal", regular),
                "At risk": (
                    "established",
                    [(1, day - timedelta(days=31)) for _amount, day in regular],
                ),
                "Rare": ("established", [(1, "2025-07-01"), (1, "2026-06-01")]),
                "New": ("new", [(1, "2025-07-02"), (1, "2026-06-01")]),
                "Never": ("potential", []),
            },
        )
        loyal = self.assignments.search(
            [("scheme_id", "=", scheme.id), ("tier_id.code", "=", "loyal")]
        )
        self.assertIn("an order every 60 days", loyal.explanation)
        self.assertIn("Never asked how satisfied", loyal.explanation)

    def test_loyalty_and_satisfaction(self):
        """T13: satisfaction 80 is loyal, 79 is not; it is told."""
        customer = self._create_customer("Asked")
        self._orders(
            *((customer, 10, TODAY - timedelta(days=60 * n)) for n in range(1, 8))
        )
        scheme = self._scheme("loyalty")
        files = self.registry["followup.customer"]
        for score, expected in ((80, "loyal"), (79, "established")):
            asked = SQL(
                """SELECT %s::integer AS customer_id, %s::float8 AS score,
                          %s::date AS date""",
                customer.id,
                score,
                TODAY,
            )
            with patch.object(files, "_satisfaction_select", lambda *_args, a=asked: a):
                self._compute(scheme)
            row = self._assignment(customer, scheme)
            self.assertEqual(row.tier_id.code, expected)
            self.assertIn(f"Satisfaction {score} of 100", row.explanation)

    def test_abcp(self):
        """T18: upper/middle/lower crossed with the trend."""
        before = "2025-03-01"
        now = "2026-03-01"
        self._table(
            "abcp",
            {
                "A": ("upper_growing", [(100, before), (550, now)]),
                "B": ("middle_stable", [(300, before), (300, now)]),
                "C": ("lower_falling", [(200, before), (150, now)]),
                "D": ("lower_stable", []),
                "E": ("lower_falling", [(200, before)]),
            },
        )

    def test_rfm_table(self):
        """V3: quintiles of five customers; equal values share the better score."""
        days = {"1": 10, "2": 20, "3": 30, "4": 40, "5": 50}
        scheme = self._scheme("rfm")
        for name, ago in days.items():
            customer = self._create_customer(name)
            self._orders(
                *(
                    (customer, 100, TODAY - timedelta(days=ago + number))
                    for number in range(2 if name in "12" else 1)
                )
            )
        old = self._create_customer("Old")
        self._orders((old, 100, "2024-06-30"))
        run = self._compute(scheme)
        found = self.assignments.search([("scheme_id", "=", scheme.id)])
        scores = {row.customer_id.name: row.measure for row in found}
        self.assertEqual(
            scores, {"1": 555, "2": 455, "3": 333, "4": 233, "5": 133, "Old": 0}
        )
        self.assertEqual(
            self._classes(scheme),
            {
                **{"1": "best", "2": "best", "3": "middle", "4": "middle"},
                **{"5": "middle", "Old": "none"},
            },
        )
        limits = run.bucket_limits
        self.assertEqual(limits["recency"]["5"], str(TODAY - timedelta(days=10)))
        self.assertEqual(limits["frequency"], {"3": "1", "5": "2"})
        self.assertEqual(float(limits["money"]["3"]), 100)

    def _business_files(self):
        """Five customers with turnover, three with a known share of wallet."""
        names = ("Premier", "Grown", "Share", "Known", "Regular", "None")
        files = {name: self._create_customer(name) for name in names}
        self._orders(
            (files["Premier"], 1000, "2026-01-01"),
            (files["Grown"], 50, "2025-01-01"),
            (files["Grown"], 60, "2026-01-01"),
            *((files[n], 50, "2026-01-01") for n in ("Share", "Known", "Regular")),
        )
        for name, share in (("Share", 40), ("Known", 60), ("Regular", 40)):
            self.env["followup.purchase.plan"].sudo().create(
                {
                    "customer_id": files[name].id,
                    "name": "Season",
                    "date_from": "2026-01-01",
                    "our_share": share,
                }
            )
        return files

    def test_business_without_margin(self):
        """T4: nobody is premier where no margin is recorded, and it says so."""
        scheme = self._scheme("business")
        files = self._business_files()
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme),
            {**dict.fromkeys(files, "regular"), "Grown": "potential"},
        )
        row = self._assignment(files["Premier"], scheme)
        self.assertIn("No margin is recorded", row.explanation)

    def test_business(self):
        """T4: premier by margin, potential by growth or by margin rate and wallet."""
        scheme = self._scheme("business")
        files = self._business_files()
        high, low = ("Premier", "Share", "Known"), ("Grown", "Regular")
        self._margins({files[n]: 0.3 for n in high} | {files[n]: 0.1 for n in low})
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme),
            {
                **{"Premier": "premier", "Grown": "potential", "Share": "potential"},
                **{"Known": "regular", "Regular": "regular", "None": "regular"},
            },
        )
        row = self._assignment(files["Share"], scheme)
        self.assertIn("Margin 15.00", row.explanation)
        self.assertIn("Share of wallet 40 %", row.explanation)

    def test_orientation(self):
        """T17: relational with three orders in two quarters; then in order."""
        scheme = self._scheme("orientation")
        amount = self._scheme("amount")
        two_quarters = ["2026-01-10", "2026-03-31", "2026-04-01"]
        one_quarter = ["2026-01-10", "2026-02-01", "2026-03-31"]
        names = ("Value", "Potential", "Fading", "Steady", "One quarter", "Two orders")
        files = {name: self._create_customer(name) for name in names}
        per_order = {"Value": 10000, "Potential": 8, "Fading": 6, "Steady": 6}
        for name, each in per_order.items():
            self._orders(*((files[name], each, day) for day in two_quarters))
        self._orders(*((files["One quarter"], 6, day) for day in one_quarter))
        self._orders(*((files["Two orders"], 6, day) for day in two_quarters[1:]))
        self._orders(
            *((files[name], 20, "2025-01-01") for name in per_order),
            (files["Fading"], 10, "2025-01-01"),
        )
        rates = {"Value": 0.2, "Potential": 0.2, "Fading": 0.2, "Steady": 0.2}
        self._margins({files[name]: rate for name, rate in rates.items()})
        amount.hysteresis_periods = 0
        self._compute(scheme, amount)
        self.assertEqual(
            self._classes(scheme),
            {
                **{"Value": "value", "Potential": "potential", "Fading": "fading"},
                **{"Steady": "steady", "One quarter": "transactional"},
                "Two orders": "transactional",
            },
        )

    def test_level(self):
        """T15: many × low/medium/high, few × high; no margin, no level."""
        scheme = self._scheme("level")
        amount = self._scheme("amount")
        few = self._create_customer("Few")
        self._orders((few, 100000, "2026-01-01"))
        rates = {few: 0.9}
        for number in range(1, 9):
            customer = self._create_customer(f"Many {number}")
            self._orders((customer, 10, "2026-01-01"))
            rates[customer] = number / 10
        self._create_customer("None")
        self._margins(rates)
        self._compute(scheme, amount)
        found = self._classes(scheme)
        expected = {"Few": "partnership", "None": None}
        expected |= {f"Many {n}": "basic" for n in (1, 2, 3)}
        expected |= {f"Many {n}": "reactive" for n in (4, 5, 6)}
        expected |= {f"Many {n}": "accountable" for n in (7, 8)}
        self.assertEqual(found, expected)
        row = self._assignment(few, scheme)
        self.assertIn("margin rate 90.0 %", row.explanation)

    def test_deal(self):
        """T11: traded, open quotation, open opportunity, nothing."""
        scheme = self._scheme("deal")
        names = ("Traded", "Quoted", "Lead", "Lost", "Nothing")
        files = {name: self._create_customer(name) for name in names}
        self._orders((files["Traded"], 1, "2019-01-01"), (files["Quoted"], 1, TODAY))
        self.env.cr.execute(
            "UPDATE sale_order SET state = 'sent' WHERE partner_id = %s",
            [files["Quoted"].sudo().partner_id.id],
        )
        leads = self.env["crm.lead"].sudo()
        for name in ("Lead", "Lost"):
            lead = leads.create(
                {
                    "name": name,
                    "type": "opportunity",
                    "partner_id": files[name].sudo().partner_id.id,
                    "company_id": self.company_a.id,
                }
            )
            if name == "Lost":
                lead.action_set_lost()
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme),
            {
                **{"Traded": "traded", "Quoted": "likely", "Lead": "likely"},
                **{"Lost": "potential", "Nothing": "potential"},
            },
        )

    def _random_orders(self, chance, customers):
        """Orders per customer as plain data, and in the database, shuffled."""
        by_customer = {}
        rows = []
        for customer in customers:
            number = chance.choice([0, 1, 2, 3, 5, 9])
            step = chance.randint(10, 160)
            days = [
                TODAY - timedelta(days=1 + step * n + chance.randint(0, step))
                for n in range(number)
            ]
            # Some order twice on a day: no gap, but two orders.
            days += chance.sample(days, chance.randint(0, min(2, number)))
            orders = [(chance.randint(1, 500), day) for day in days]
            by_customer[customer.name] = orders
            rows += [(customer, amount, day) for amount, day in orders]
        chance.shuffle(rows)
        self._orders(*rows)
        return by_customer

    def test_random_data_against_plain_python(self):
        """T5, T6, T13, V3: class for class."""
        chance = random.Random(5)
        customers = [self._create_customer(f"C{n:02d}") for n in range(50)]
        data = self._random_orders(chance, customers)
        schemes = [
            self._scheme(code)
            for code in ("lifecycle", "relationship", "loyalty", "rfm")
        ]
        self._compute(*schemes)
        for scheme, rule in zip(
            schemes,
            (
                rules_common.lifecycle,
                rules_common.relationship,
                rules_common.loyalty,
                lambda orders: rules_common.rfm(orders, data),
            ),
            strict=True,
        ):
            expected = {name: rule(orders) for name, orders in data.items()}
            self.assertEqual(self._classes(scheme), expected, scheme.code)
            self.assertGreater(len(set(expected.values())), 2, scheme.code)
