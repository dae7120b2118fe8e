import base64
import pathlib

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_path

from .facts_common import FactsCase


@tagged("post_install", "-at_install", "followup_crm", "facts")
class TestSalesHistory(FactsCase):
    """The years before Odoo (P4): apart, never twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("Nordlicht Mode GmbH")
        cls.partner = cls.customer.sudo().partner_id

    def _history(self, year, month=False, amount=1000, user=None, customer=None):
        rows = self._as(self.env["followup.sales.history"], user or self.user_own)
        customer = customer or self.customer
        return rows.create(
            {
                "customer_id": customer.id,
                "year": year,
                "month": month,
                "amount": amount,
            }
        )

    def test_counts_in_turnover_and_is_told_apart(self):
        """P4: in the months with its part named, not among the deals; gone with it."""
        row = self._history(2019, amount=1200)
        self._history(2020, "2", amount=300)
        self._order(self.partner, 50, day="2020-03-05")
        self.env["followup.sales.month"].sudo()._refresh()
        months = self.env["followup.sales.month"].sudo()
        found = {
            str(month.month): (month.amount, month.history_amount, month.document_count)
            for month in months.search([("customer_id", "=", self.customer.id)])
        }
        expected = {
            "2019-12-01": (1200, 1200, 0),
            "2020-02-01": (300, 300, 0),
            "2020-03-01": (50, 0, 1),
        }
        self.assertEqual(found, expected)
        row.unlink()
        self.assertFalse(months.search([("month", "=", "2019-12-01")]))

    def test_overlap_with_another_row(self):
        """P4: a year and a month of it, or the same twice, are refused with both."""
        self._history(2019)
        self._history(2020, "2")
        self._history(2020, "3")
        for year, month, other in ((2019, "5", "2019"), (2020, False, "2020-02")):
            with (
                self.assertRaisesRegex(ValidationError, f"overlaps with {other}"),
                self.cr.savepoint(),
            ):
                self._history(year, month)
        with (
            self.assertRaisesRegex(ValidationError, "2020-02 overlaps with 2020-02"),
            self.cr.savepoint(),
        ):
            self._history(2020, "2")
        other = self._create_customer("Südwind")
        self.assertTrue(self._history(2019, customer=other))

    def test_overlap_with_documents(self):
        """P4: a period with a sale in Odoo is refused, its months before are not."""
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": self.partner.id}
        )
        self._order(contact, 10, day="2021-05-31")
        for year, month in ((2021, False), (2021, "5")):
            with (
                self.assertRaisesRegex(ValidationError, "sale of 2021-05-31"),
                self.cr.savepoint(),
            ):
                self._history(year, month)
        self.assertTrue(self._history(2021, "4"))
        row = self._history(2021, "6")
        with self.assertRaises(ValidationError):
            row.month = "5"

    def test_cancelled_orders_do_not_stand_in_the_way(self):
        """P4: only what counts as a sale."""
        self._order(self.partner, 10, day="2021-05-31", state="cancel")
        self._order(self.partner, 10, day="2021-05-31", company=self.company_b)
        self.assertTrue(self._history(2021))

    def test_queries_do_not_grow(self):
        """P12: 3 or 30 rows are checked by the same queries."""
        counts = []
        rows = self.env["followup.sales.history"].sudo()
        for size in (3, 30):
            vals = [
                {
                    "customer_id": self._create_customer(f"Bulk {size} {n}").id,
                    "year": 2019,
                    "amount": n,
                }
                for n in range(size)
            ]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            rows.create(vals)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_template_imports(self):
        """P12: the template that is offered can be imported as it is."""
        offered = self.env["followup.sales.history"].get_import_templates()
        path = file_path(offered[0]["template"].lstrip("/"))
        wizard = (
            self.env["base_import.import"]
            .with_user(self.user_own)
            .create(
                {
                    "res_model": "followup.sales.history",
                    "file": base64.b64encode(pathlib.Path(path).read_bytes()),
                    "file_name": "template.csv",
                    "file_type": "text/csv",
                }
            )
        )
        wizard.file = pathlib.Path(path).read_bytes()
        names = pathlib.Path(path).read_text().splitlines()[0].split(",")
        options = {
            "has_headers": True,
            "quoting": '"',
            "separator": ",",
            "encoding": "utf-8",
            "float_thousand_separator": "",
            "float_decimal_separator": ".",
            "date_format": "",
            "datetime_format": "",
        }
        result = wizard.execute_import(names, names, options)
        self.assertFalse(result["messages"])
        rows = self.env["followup.sales.history"].sudo()
        rows = rows.search([("customer_id", "=", self.customer.id)])
        self.assertEqual(
            {(row.year, row.month): row.amount for row in rows},
            {(2021, False): 125000, (2022, "1"): 9800},
        )

    def test_access(self):
        """R1: owners keep the years of own customers only; officers read."""
        row = self._history(2019)
        self.assertTrue(self._history(2018, user=self.user_all))
        self.assertTrue(self._history(2017, user=self.manager))
        with self.assertRaises(AccessError):
            self._history(2016, user=self.officer)
        for user in (self.user_own_2, self.user_b, self.portal_user):
            with self.assertRaises(AccessError):
                self._history(2016, user=user)
            with self.assertRaises(AccessError):
                self._as(row, user).read(["amount"])
        self.assertEqual(self._as(row, self.officer).amount, 1000)
