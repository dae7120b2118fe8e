from datetime import date

from odoo.tests import tagged

from .tier_common import TODAY, TierCase


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestSchemeAttribute(TierCase):
    """Schemes that look at the customer and at what is open (T7–T10, T12–T16, T19)."""

    def test_region(self):
        """T7: five regions, unknown, and a country with a tenth of the customers."""
        scheme = self._scheme("region")
        countries = ["us", "jp", "au", "za", None, "fr", "it", "es"]
        for code in countries:
            country = code and self.env.ref(f"base.{code}").id
            self._create_customer(str(code), country_id=country)
        for number in range(2):
            self._create_customer(f"de{number}", country_id=self.germany.id)
        for number in range(10):
            self._create_customer(f"pl{number}", country_id=self.env.ref("base.pl").id)
        self._compute(scheme)
        found = self._classes(scheme)
        expected = {"us": "AM", "jp": "AS", "au": "AU", "za": "AF", "None": "XX"}
        expected |= dict.fromkeys(("fr", "it", "es"), "EU")
        expected |= dict.fromkeys(("de0", "de1"), "DE")
        expected |= {f"pl{number}": "PL" for number in range(10)}
        self.assertEqual(found, expected)
        germany = self._tier(scheme, "DE")
        self.assertEqual(germany.name, "Germany")
        for number in range(10):
            self._create_customer(f"more{number}")
        self._compute(scheme)
        self.assertEqual(self._classes(scheme)["de0"], "EU")
        self.assertEqual(
            self._log(scheme, self._find("de0")),
            [(None, "DE", "first"), ("DE", "EU", "moved")],
        )

    def _find(self, name):
        return (
            self.env["followup.customer"]
            .sudo()
            .search([("name", "=", name), ("company_id", "=", self.company_a.id)])
        )

    def test_region_of_a_country_named_like_a_region(self):
        """T7: Australia with many customers is not taken for Oceania."""
        scheme = self._scheme("region")
        for number in range(9):
            self._create_customer(f"au{number}", country_id=self.env.ref("base.au").id)
        self._create_customer("nz", country_id=self.env.ref("base.nz").id)
        self._create_customer("fj", country_id=self.env.ref("base.fj").id)
        self._compute(scheme)
        tiers = {tier.code: tier.name for tier in scheme.tier_ids}
        self.assertEqual(self._classes(scheme)["au0"], "C-AU")
        self.assertEqual(tiers["C-AU"], "Australia")
        self.assertEqual(tiers["AU"], "Oceania")

    def test_industry(self):
        """T8: each industry that has a customer is a class."""
        scheme = self._scheme("industry")
        trade = self.env["res.partner.industry"].create({"name": "Retail of coats"})
        self._create_customer("Known", industry_id=trade.id)
        self._create_customer("Unknown")
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme), {"Known": str(trade.id), "Unknown": "none"}
        )
        row = self._assignment(self._find("Known"), scheme)
        self.assertEqual(row.tier_id.name, "Retail of coats")
        self.assertIn("Retail of coats", row.explanation)

    def _trouble(self, files):
        """A late order, one delivered late, and a critical complaint."""
        for name, status in (("Late", "pending"), ("Delivered", "full")):
            self.env.cr.execute(
                "UPDATE sale_order SET commitment_date = '2026-06-30',"
                " delivery_status = %s WHERE partner_id = %s",
                [status, files[name].sudo().partner_id.id],
            )
        complaints = self.env["followup.complaint"].with_company(self.company_a)
        complaints.create(
            {
                "customer_id": files["Angry"].id,
                "subject": "Mould",
                "severity": "critical",
            }
        )

    def test_urgency(self):
        """T9: complaint, late order, quotation, overdue contact, lowest, the rest."""
        scheme = self._scheme("urgency")
        amount = self._scheme("amount")
        names = ("Late", "Quoted", "Overdue", "Kept", "Lowest", "Delivered", "Angry")
        files = {name: self._create_customer(name) for name in names}
        self._orders(
            *((files[n], 10, "2026-06-01") for n in names if n != "Lowest"),
            (files["Lowest"], 0, "2026-06-01"),
            (files["Quoted"], 1, TODAY),
        )
        self.env.cr.execute(
            "UPDATE sale_order SET state = 'draft' WHERE amount_untaxed = 1"
        )
        self._trouble(files)
        files["Overdue"].sudo().last_contact_date = date(2026, 6, 23)
        files["Kept"].sudo().last_contact_date = date(2026, 6, 24)
        self._compute(amount, scheme)
        self.assertEqual(
            self._classes(scheme),
            {
                **{
                    "Angry": "urgent",
                    "Late": "urgent",
                    "Quoted": "soon",
                    "Overdue": "soon",
                },
                **{"Kept": "not_urgent", "Lowest": "may_wait"},
                "Delivered": "not_urgent",
            },
        )
        row = self._assignment(files["Overdue"], scheme)
        self.assertEqual(row.explanation, "The next contact is overdue.")

    def test_relation(self):
        """T12: proposals; what is set by hand holds."""
        scheme = self._scheme("relation")
        scheme.active = True
        company = self._create_customer("Company", company_type="company")
        self._create_customer("Person", company_type="person")
        self.env["followup.customer"].sudo().create(
            {
                "partner_id": self.company_b.partner_id.id,
                "company_id": self.company_a.id,
            }
        )
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme),
            {"Company": "business", "Person": "consumer", "Birch Garments": "internal"},
        )
        self._as(self.env["followup.tier.override"], self.user_own).create(
            {
                "customer_id": company.id,
                "scheme_id": scheme.id,
                "tier_id": self._tier(scheme, "dealer").id,
                "reason": "Sells on",
                "date_from": TODAY,
            }
        )
        self.assertEqual(self._classes(scheme)["Company"], "dealer")
        self._compute(scheme)
        self.assertEqual(self._classes(scheme)["Company"], "dealer")

    def _order_lines(self, customer, lines):
        """A confirmed order of lines (quantity, price, discount in percent)."""
        product = self.env["product.product"].create(
            {"name": "Coat", "type": "service"}
        )
        names = ("product_uom_qty", "price_unit", "discount")
        orders = self.env["sale.order"].sudo().with_company(self.company_a)
        order = orders.create(
            {
                "partner_id": customer.sudo().partner_id.id,
                "company_id": self.company_a.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            **dict(zip(names, line, strict=True)),
                        },
                    )
                    for line in lines
                ],
            }
        )
        order.write({"state": "sale", "date_order": "2026-05-05 12:00:00"})

    def test_value(self):
        """T14: price-driven from an average discount of 10 %, weighted by price."""
        scheme = self._scheme("value")
        lines = {
            "Just": [(90, 100, 10), (10, 100, 10)],
            "Below": [(100, 100, 9), (1, 100, 50)],
            "Full": [(10, 10, 0)],
        }
        for name, rows in lines.items():
            self._order_lines(self._create_customer(name), rows)
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme), {"Just": "price_driven", "Below": None, "Full": None}
        )
        below = self._assignment(self._find("Below"), scheme)
        self.assertAlmostEqual(below.measure, (900 + 50) / 101, 2)
        self.assertIn("Nobody has set a class yet", below.explanation)

    def test_cooperation(self):
        """T16: preferred after two years with 30 % of the wallet."""
        scheme = self._scheme("cooperation")
        table = {
            "Preferred": ("2024-07-01", 30, "preferred"),
            "Young": ("2024-07-02", 80, "trading"),
            "Small share": ("2020-01-01", 29, "trading"),
            "Unknown": ("2020-01-01", None, "trading"),
        }
        for name, (first, share, _expected) in table.items():
            customer = self._create_customer(name)
            self._orders((customer, 10, first))
            if share:
                self.env["followup.purchase.plan"].sudo().create(
                    {
                        "customer_id": customer.id,
                        "name": "Year",
                        "date_from": "2026-01-01",
                        "our_share": share,
                    }
                )
        self._compute(scheme)
        self.assertEqual(
            self._classes(scheme), {name: row[2] for name, row in table.items()}
        )

    def test_behaviour(self):
        """T19: only what is set by hand."""
        scheme = self._scheme("behaviour")
        self._create_customer("Someone")
        self._compute(scheme)
        self.assertEqual(self._classes(scheme), {"Someone": None})
        self.assertFalse(self._log(scheme))
        row = self._assignment(self._find("Someone"), scheme)
        self.assertEqual(row.explanation, "Nobody has set a class yet.")
        self.assertTrue(all(tier.playbook for tier in scheme.tier_ids))


@tagged("post_install", "-at_install", "followup_crm", "tier")
class TestSchemeCredit(TierCase):
    """Credit from invoices and payments (T10)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls._scheme("credit")
        accounts = cls.env["account.account"].with_company(cls.company_a).sudo()
        company = {"company_ids": [(6, 0, cls.company_a.ids)]}
        cls.receivable = accounts.create(
            {
                "name": "Receivable",
                "code": "120001",
                "account_type": "asset_receivable",
                "reconcile": True,
                **company,
            }
        )
        cls.income = accounts.create(
            {"name": "Income", "code": "400001", "account_type": "income", **company}
        )
        cls.bank = accounts.create(
            {"name": "Bank", "code": "100001", "account_type": "asset_cash", **company}
        )
        journals = cls.env["account.journal"].with_company(cls.company_a).sudo()
        cls.sales = journals.create(
            {
                "name": "Sales",
                "code": "XSAL",
                "type": "sale",
                "company_id": cls.company_a.id,
                "default_account_id": cls.income.id,
            }
        )
        cls.misc = journals.create(
            {
                "name": "Misc",
                "code": "XMSC",
                "type": "general",
                "company_id": cls.company_a.id,
            }
        )

    def _invoice(self, customer, amount, day, due, paid_on=None):
        partner = customer.sudo().partner_id.with_company(self.company_a)
        partner.property_account_receivable_id = self.receivable
        moves = self.env["account.move"].sudo().with_company(self.company_a)
        invoice = moves.create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "journal_id": self.sales.id,
                "invoice_date": day,
                "invoice_date_due": due,
                "invoice_line_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Coats",
                            "price_unit": amount,
                            "account_id": self.income.id,
                            "tax_ids": [],
                        },
                    )
                ],
            }
        )
        invoice.action_post()
        if paid_on:
            self._pay(moves, invoice, partner, amount, paid_on)
        return invoice

    def _pay(self, moves, invoice, partner, amount, day):
        common = {"partner_id": partner.id, "name": "Payment"}
        payment = moves.create(
            {
                "move_type": "entry",
                "journal_id": self.misc.id,
                "date": day,
                "line_ids": [
                    (0, 0, {**common, "account_id": self.bank.id, "debit": amount}),
                    (
                        0,
                        0,
                        {**common, "account_id": self.receivable.id, "credit": amount},
                    ),
                ],
            }
        )
        payment.action_post()
        lines = (invoice | payment).line_ids
        lines.filtered(lambda line: line.account_id == self.receivable).reconcile()

    def test_credit_table(self):
        """T10: score by hand from weights 35, 25, 10, 10, 5 (no limit: 85 in all)."""
        files = {
            name: self._create_customer(name)
            for name in ("Prompt", "Late", "Never", "Bad", "Nothing", "Young")
        }
        for name in ("Prompt", "Late", "Never"):
            self._orders((files[name], 1, "2020-01-01"))
        self._invoice(files["Prompt"], 100, "2026-01-01", "2026-01-31", "2026-01-31")
        self._invoice(files["Late"], 300, "2026-01-01", "2026-01-31", "2026-03-12")
        self._invoice(files["Late"], 100, "2026-01-01", "2026-01-31", "2026-01-20")
        self._invoice(files["Never"], 100, "2026-01-01", "2026-01-31")
        self._invoice(files["Bad"], 100, "2026-01-01", "2026-01-31", "2026-01-31")
        self._invoice(files["Young"], 100, "2026-06-20", "2026-07-20")
        bad = files["Bad"].sudo().partner_id.with_company(self.company_a)
        bad.trust = "bad"
        self._compute(self.scheme)
        self.assertEqual(
            self._classes(self.scheme),
            {
                **{"Prompt": "trustworthy", "Late": "trustworthy"},
                **{"Never": "untrustworthy", "Bad": "untrustworthy"},
                **{"Nothing": "unrated", "Young": "unrated"},
            },
        )
        scores = {
            name: self._assignment(files[name], self.scheme).measure for name in files
        }
        # Late: 300 × 40 days + 100 × 0 = 30 days on average: 80 % of 35; the rest full.
        self.assertEqual(scores["Prompt"], 100)
        self.assertEqual(scores["Late"], round(100 * (35 * 0.8 + 25 + 20 + 5) / 85))
        # Never: 151 days late 0, all overdue 0, DSO 365 days against 30 0, age 10 and
        # no disputes 5 of 85.
        self.assertEqual(scores["Never"], round(100 * 15 / 85))
        text = self._assignment(files["Late"], self.scheme).explanation
        self.assertIn("on average 30 days late", text)
        self.assertNotIn("complaints", text)
        young = self._assignment(files["Young"], self.scheme).explanation
        self.assertIn("unrated", young)

    def test_credit_limit(self):
        """T10: above the limit costs its weight of 15."""
        self.company_a.sudo().account_use_credit_limit = True
        customer = self._create_customer("Over")
        self._orders((customer, 1, "2020-01-01"))
        self._invoice(customer, 100, "2026-01-01", "2026-01-31", "2026-01-31")
        self._invoice(customer, 50, "2026-06-20", "2026-07-20")
        partner = customer.sudo().partner_id.with_company(self.company_a)
        partner.credit_limit = 49
        self._compute(self.scheme)
        # DSO 50 ÷ 150 × 365 = 122 days against 30: 0 of 10.
        self.assertEqual(
            self._assignment(customer, self.scheme).measure,
            round(100 * (35 + 25 + 0 + 0 + 10 + 5) / 100),
        )
        partner.credit_limit = 50
        self._compute(self.scheme)
        self.assertEqual(
            self._assignment(customer, self.scheme).measure,
            round(100 * (35 + 25 + 15 + 0 + 10 + 5) / 100),
        )
