from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .key_account_common import KeyAccountCase


@tagged("post_install", "-at_install", "followup_crm", "key_account")
class TestAccountReview(KeyAccountCase):
    """Monthly and quarterly analyses, frozen when they are closed (A5)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        frozen = freeze_time("2026-07-02 10:00:00")
        frozen.start()
        cls.addClassCleanup(frozen.stop)
        cls.customer = cls._create_customer("Key")
        cls.account = cls._account(cls.customer)
        cls._months(
            cls.customer,
            {"2026-01": 1000, "2026-04": 100, "2026-05": 200, "2026-06": 300}
            | {"2025-02": 70, "2025-04": 400, "2025-06": 240, "2025-07": 9},
            margin=0.5,
        )

    def _make(self):
        """June and the second quarter, as the manager sees them."""
        made = self.env["followup.account.review"]._make_for(self.account)
        made = self._as(made.sudo(False), self.user_own)
        return made.sorted("kind")

    def test_made_when_the_period_is_over(self):
        """A5: in July, June and the second quarter; once."""
        month, quarter = self._make()
        self.assertEqual(str(month.date_from), "2026-06-01")
        self.assertEqual(str(month.date_to), "2026-06-30")
        self.assertEqual(str(quarter.date_from), "2026-04-01")
        self.assertEqual(str(quarter.date_to), "2026-06-30")
        self.assertFalse(self._make())

    def test_figures_by_hand(self):
        """A5: turnover, last year, year to date, margin, visits, complaints, target."""
        self._visit(self.customer, "2026-06-30")
        self._visit(self.customer, "2026-05-02", method="phone")
        self._visit(self.customer, "2026-07-01")
        self.env["followup.complaint"].sudo().create(
            {
                "customer_id": self.customer.id,
                "company_id": self.company_a.id,
                "subject": "Seams",
                "received_date": "2026-06-30 23:00:00",
            }
        )
        plans = self._as(self.env["followup.account.plan"], self.user_own)
        plan = plans.create({"account_id": self.account.id, "year": 2026})
        for line in plan.line_ids:
            line.write({"turnover": 250, "visits": 1})
        plan.action_agree()
        month, quarter = self._make()
        self.assertEqual((month.turnover, month.turnover_before), (300, 240))
        self.assertEqual((month.change, month.margin), (25, 150))
        self.assertEqual((month.visit_count, month.contact_count), (1, 1))
        self.assertEqual((month.target_turnover, month.achievement), (250, 120))
        self.assertEqual((quarter.turnover, quarter.turnover_before), (600, 640))
        self.assertEqual((quarter.visit_count, quarter.contact_count), (1, 2))
        self.assertEqual(quarter.target_visits, 3)
        self.assertEqual(quarter.complaint_count, 1)
        years = (quarter.turnover_year, quarter.turnover_year_before)
        self.assertEqual(years, (1600, 710))
        self.assertEqual((quarter.deal_count, quarter.margin_rate), (3, 50))

    def test_frozen_when_closed(self):
        """A5: drafts follow the facts; a closed one keeps its figures."""
        month, quarter = self._make()
        with self.assertRaisesRegex(UserError, "Say what the figures mean"):
            month.action_close()
        month.comment = "Better than June last year."
        month.action_close()
        self._months(self.customer, {"2025-05": 1})
        self.env.cr.execute(
            "UPDATE followup_sales_month SET amount = amount * 10"
            " WHERE customer_id = %s",
            [self.customer.id],
        )
        self.env.invalidate_all()
        self._make()
        self.assertEqual((month.turnover, month.state), (300, "closed"))
        self.assertEqual(quarter.turnover, 6000)
        with self.assertRaisesRegex(UserError, "frozen"):
            month.comment = "Something else"
        with self.assertRaises(AccessError):
            month.action_reopen()
        self._as(month, self.manager).action_reopen()
        self.assertEqual((month.turnover, month.state), (3000, "draft"))

    def test_margin_that_is_not_recorded(self):
        """A5: an unknown margin is said to be unknown, not 0."""
        other = self._create_customer("Plain")
        account = self._account(other)
        self._months(other, {"2026-06": 40})
        made = self.env["followup.account.review"]._make_for(account)
        self.assertEqual(set(made.mapped("margin_known")), {False})

    def test_figures_are_not_written(self):
        """Attack 6: figures and state by methods only; closed ones are kept."""
        month, _quarter = self._make()
        for vals in ({"turnover": 5}, {"state": "closed"}, {"overdue": 1}):
            for user in (self.user_own, self.manager):
                with self.assertRaises(AccessError, msg=str(vals)):
                    self._as(month, user).write(vals)
        month.comment = "Said"
        month.action_close()
        with self.assertRaises(UserError):
            self._as(month, self.manager).unlink()

    def test_query_count(self):
        """A5: figures of 12 accounts cost as many statements as of 2."""
        counts = []
        reviews = self.env["followup.account.review"].sudo()
        for number in (2, 12):
            accounts = self.accounts.browse()
            for index in range(number):
                file = self._create_customer(f"{number} {index}")
                accounts |= self._account(file).sudo()
            made = reviews._make_for(accounts)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            made._refresh()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
