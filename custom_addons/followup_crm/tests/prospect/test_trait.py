from collections import Counter
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .prospect_common import ProspectCase

TODAY = date(2026, 7, 1)


@tagged("post_install", "-at_install", "followup_crm", "prospect")
class TestTrait(ProspectCase):
    """What the best have in common (N4), against plain Python."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.traits = cls.env["followup.trait"].sudo()
        cls.norway, cls.spain = cls.env.ref("base.no"), cls.env.ref("base.es")
        # Name: turnover, country, size, channel. The first two make 70 % and are best.
        cls.rows = {
            "Best 1": (500, cls.norway, "large", cls.fair),
            "Best 2": (400, cls.norway, False, cls.fair),
            "Other 1": (60, cls.norway, "small", cls.guide),
            "Other 2": (50, cls.spain, "small", cls.fair),
            "Other 3": (40, cls.spain, "large", cls.guide),
            "Other 4": (30, cls.spain, "small", False),
        }
        cls.customers = {}
        for name, (amount, country, size, channel) in cls.rows.items():
            cls.customers[name] = customer = cls._create_customer(
                name,
                cls.seller,
                country_id=country.id,
                size_category=size,
                source_channel_id=channel and channel.id,
            )
            cls._orders((customer, amount, "2026-03-01"))
        cls._create_customer("Never bought", country_id=cls.norway.id)
        cls.env["followup.sales.month"].sudo()._refresh()
        policy = cls._scheme("amount")
        cls.engine._compute_schemes(policy, today=TODAY, notify=False)

    def _expected(self):
        """(kind, value) → (best, all, shares, lift) as one would count by hand."""
        result = {}
        for kind, place in (("country", 1), ("size", 2), ("channel", 3)):
            known = [
                (name, row[place] if kind == "size" else str(row[place].id))
                for name, row in self.rows.items()
                if row[place]
            ]
            best = Counter(v for name, v in known if name.startswith("Best"))
            everybody = Counter(value for _name, value in known)
            for value, number in best.items():
                mine = number / sum(best.values())
                theirs = everybody[value] / len(known)
                result[kind, value] = (
                    number,
                    everybody[value],
                    round(mine, 4),
                    round(theirs, 4),
                    round(mine / theirs, 2),
                )
        return result

    def _stored(self):
        return {
            (one.kind, one.value): (
                one.best_count,
                one.all_count,
                one.best_share,
                one.all_share,
                one.lift,
            )
            for one in self.traits.search([("company_id", "=", self.company_a.id)])
            if one.kind != "category"
        }

    def test_against_python(self):
        """N4: shares among the best and among all, and the lift."""
        self.traits._refresh(self.company_a, TODAY)
        self.assertEqual(self._stored(), self._expected())
        norway = self.traits.search(
            [("kind", "=", "country"), ("company_id", "=", self.company_a.id)]
        )
        self.assertEqual(norway.value_name, "Norway")
        # 100 % of the best, 50 % of all; one large customer is no pattern.
        self.assertEqual((norway.lift, norway.is_common), (2, True))
        common = self.traits.search(
            [("company_id", "=", self.company_a.id), ("is_common", "=", True)]
        )
        self.assertEqual(set(common.mapped("kind")), {"country", "channel"})

    def test_first_category(self):
        """N4: the category of the largest line of the first order."""
        categories = self.env["product.category"].sudo()
        coats, hats = categories.create([{"name": "Coats"}, {"name": "Hats"}])
        products = self.env["product.product"].sudo()
        coat, hat = products.create(
            [
                {"name": "Coat", "categ_id": coats.id},
                {"name": "Hat", "categ_id": hats.id},
            ]
        )
        for name in ("Best 1", "Best 2"):
            partner = self.customers[name].sudo().partner_id
            for day, lines in (
                ("2025-08-01", ((coat, 90), (hat, 10))),
                ("2026-04-01", ((hat, 500),)),
            ):
                order = (
                    self.env["sale.order"]
                    .sudo()
                    .with_company(self.company_a)
                    .create(
                        {
                            "partner_id": partner.id,
                            "company_id": self.company_a.id,
                            "order_line": [
                                (0, 0, {"product_id": one.id, "price_unit": price})
                                for one, price in lines
                            ],
                        }
                    )
                )
                order.write({"state": "sale", "date_order": f"{day} 10:00:00"})
        self.traits._refresh(self.company_a, TODAY)
        found = self.traits.search([("kind", "=", "category")])
        self.assertEqual(found.mapped("value_name"), ["Coats"])
        self.assertEqual(found.best_count, 2)

    def test_only_what_changed_is_written(self):
        """N4: a second run writes nothing; what is gone goes."""
        self.traits._refresh(self.company_a, TODAY)
        query = SQL("""SELECT id, xmin::text FROM followup_trait ORDER BY id""")
        before = self.env.execute_query(query)
        self.assertEqual(self.traits._refresh(self.company_a, TODAY), 0)
        self.assertEqual(self.env.execute_query(query), before)
        self.customers["Best 2"].sudo().country_id = self.spain
        self.assertEqual(self.traits._refresh(self.company_a, TODAY), 2)
        self.rows["Best 2"] = (400, self.spain, False, self.fair)
        self.assertEqual(self._stored(), self._expected())

    def test_likeness(self):
        """N4: a prospect from Norway, met at a fair, shares two traits of five."""
        like = self._lead(
            "Like", country_id=self.norway.id, fcrm_channel_id=self.fair.id
        )
        unlike = self._lead("Unlike", country_id=self.spain.id)
        won = self._lead("Won", country_id=self.norway.id)
        won.action_set_won()
        foreign = self._lead(
            "B", company=self.company_b, user=self.user_b, country_id=self.norway.id
        )
        self.assertEqual(like.fcrm_likeness, 0)
        self.traits._refresh(self.company_a, TODAY)
        self.assertEqual(like.fcrm_likeness, 2)
        self.assertEqual(like.fcrm_likeness_kinds, "channel,country")
        others = (unlike, won, foreign)
        self.assertEqual([one.fcrm_likeness for one in others], [0, 0, 0])
        text = like.fcrm_likeness_text
        self.assertIn("2 of 5 traits: Country Norway (2.0 times", text)
        self.assertIn("Not known: Industry, Size, First product category", text)
        self.assertIn("Different: Country", unlike.fcrm_likeness_text)
        self.assertFalse(foreign.fcrm_likeness_text)
        # A change counts at once, without the night.
        unlike.country_id = self.norway
        self.assertEqual(unlike.fcrm_likeness, 1)
        made = self._lead("New", fcrm_channel_id=self.fair.id)
        self.assertEqual(made.fcrm_likeness, 1)

    def test_likeness_by_the_contact(self):
        """N4: country and industry of the contact serve where the lead has none."""
        self.traits._refresh(self.company_a, TODAY)
        lead = self._lead("Fair")
        lead.partner_id = self._partner("Oslo AS", country_id=self.norway.id)
        self.assertEqual(lead.fcrm_likeness_kinds, "country")

    def test_limits(self):
        """N4: what is typical follows the company's settings."""
        self.company_a.fcrm_likeness_lift = 2.5
        self.traits._refresh(self.company_a, TODAY)
        domain = [("is_common", "=", True), ("company_id", "=", self.company_a.id)]
        self.assertFalse(self.traits.search(domain))

    def test_night_and_button(self):
        """N4: the nightly job and the button do the same; strangers do neither."""
        self._run_cron("followup_crm.trait_cron_refresh")
        self.assertTrue(self._stored())
        self.traits.search([]).unlink()
        self._as(self.env["followup.trait"], self.user_own).action_refresh()
        self.assertTrue(self._stored())
        self.assertFalse(self.traits.search([("company_id", "=", self.company_b.id)]))
        for user in (self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(self.env["followup.trait"], user).action_refresh()

    def test_access(self):
        """N4: read by followers of customers, of their company; written by nobody."""
        self.traits._refresh(self.company_a, TODAY)
        one = self.traits.search([("company_id", "=", self.company_a.id)], limit=1)
        for user in (self.user_own, self.user_all, self.manager):
            mine = self._as(one.sudo(False), user)
            self.assertTrue(mine.value_name)
            with self.assertRaises(AccessError):
                mine.lift = 9
            with self.assertRaises(AccessError):
                mine.unlink()
        for user in (self.user_b, self.internal_user, self.portal_user):
            with self.assertRaises(AccessError):
                self._as(one.sudo(False), user).read(["lift"])

    def test_queries(self):
        """N4: the refresh takes as many queries for many customers and leads."""
        counts = []
        for number in (2, 20):
            for index in range(number):
                self._lead(f"Lead {index}", country_id=self.norway.id)
                customer = self._create_customer("C", country_id=self.norway.id)
                self._orders((customer, 10, "2026-05-01"))
            self.env["followup.sales.month"].sudo()._refresh()
            self.env.flush_all()
            start = self.env.cr.sql_log_count
            self.traits._refresh(self.company_a, TODAY)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[0], counts[1])
