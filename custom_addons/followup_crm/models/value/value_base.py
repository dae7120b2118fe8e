"""Relations that the value of a company's customers is computed from."""

from collections import namedtuple

from odoo.tools import SQL

from ..tier.credit_score import CreditScore
from ..tier.fact_base import FactBase
from . import rules

# Days between orders of all customers of a company: how many, and their quantiles.
Rhythm = namedtuple("Rhythm", "gaps median at_risk churned")


class ValueBase(FactBase):
    """The facts of a company and day, each as a temporary table made once.

    Every relation has at most one row a customer file, ``customer_id`` first.
    """

    def __init__(self, company, today=None):
        super().__init__(company, today, shared=True)
        self._company_rhythm = None

    @property
    def start(self):
        """The first day of the last 12 months."""
        return self.day(12)

    # === ORDERS (V4, V7) === #

    def days(self):
        """Days with an order: customer_id, date, amount, gap (days since the last)."""
        return self.relation("value_days", self._days_select)

    def _days_select(self):
        return SQL(
            """
            SELECT d.customer_id, d.date, d.amount,
                   d.date - LAG(d.date) OVER (
                       PARTITION BY d.customer_id ORDER BY d.date) AS gap
              FROM (SELECT f.id AS customer_id, d.date, SUM(d.amount) AS amount
                      FROM (%s) d
                      JOIN res_partner p ON p.id = d.partner_id
                      JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                           AND f.company_id = %s AND f.active
                     WHERE d.source <> 'history' AND COALESCE(d.amount, 0) >= 0
                     GROUP BY f.id, d.date) d
            """,
            self.env["followup.sales.fact"]._document_select(
                self.company, None, self.today
            ),
            self.company.id,
        )

    def company_rhythm(self):
        """``Rhythm`` of all customers; quantiles are None where gaps are too few."""
        if not self._company_rhythm:
            found = self.env.execute_query(
                SQL(
                    """
                    SELECT COUNT(gap),
                           percentile_cont(%s) WITHIN GROUP (ORDER BY gap)
                      FROM %s d
                    """,
                    list(rules.GAP_QUANTILES),
                    self.days(),
                )
            )[0]
            enough = found[0] >= rules.FEWEST_GAPS
            self._company_rhythm = Rhythm(
                found[0], *(found[1] if enough else (None, None, None))
            )
        return self._company_rhythm

    def churn(self):
        """When a customer counts as at risk, and as churned (V7).

        Columns: customer_id, order_days, recent_days (of 24 months), first_day,
        last_day, median_days, own_rhythm, risk_date, churn_date, return_date. With
        four order days or more by its own median gap (more than 1.5 × and 3 ×), with
        fewer by the gaps of all customers (P80 and P95); without enough of these the
        dates are empty. ``return_date`` is the last order after a gap of a year.
        """
        return self.relation("value_churn", self._churn_select)

    def _churn_select(self):
        company = self.company_rhythm()
        return SQL(
            """
            SELECT d.customer_id, d.order_days, d.first_day, d.last_day, d.median_days,
                   d.own_rhythm, d.return_date, d.recent_days,
                   d.last_day + 1 + FLOOR(CASE WHEN d.own_rhythm
                        THEN %(risk)s * d.median_days ELSE %(p80)s::float8 END)::integer
                       AS risk_date,
                   d.last_day + 1 + FLOOR(CASE WHEN d.own_rhythm
                        THEN %(lost)s * d.median_days ELSE %(p95)s::float8 END)::integer
                       AS churn_date
              FROM (SELECT customer_id, COUNT(*)::integer AS order_days,
                           MIN(date) AS first_day, MAX(date) AS last_day,
                           percentile_cont(0.5) WITHIN GROUP (ORDER BY gap)
                               AS median_days,
                           COUNT(*) >= %(fewest)s AS own_rhythm,
                           (COUNT(*) FILTER (WHERE date >= %(recent)s))::integer
                               AS recent_days,
                           MAX(date) FILTER (WHERE gap >= %(year)s) AS return_date
                      FROM %(days)s d
                     GROUP BY customer_id) d
            """,
            risk=rules.RISK_FACTOR,
            lost=rules.CHURN_FACTOR,
            p80=company.at_risk,
            p95=company.churned,
            fewest=rules.OWN_RHYTHM_ORDERS,
            recent=self.day(24),
            year=rules.RETURN_GAP,
            days=self.days(),
        )

    def retention(self):
        """Share of those who bought in the year before who bought again, or None.

        None where fewer than ten bought in the year before.
        """
        before, again = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*), COUNT(*) FILTER (WHERE deals > 0)
                  FROM %s f WHERE prev_deals > 0
                """,
                self.figures(12),
            )
        )[0]
        return again / before if before >= rules.FEWEST_RETAINED else None

    def losses(self):
        """Losses on record that no later order has undone: customer_id, loss_date."""
        return SQL(
            """(SELECT customer_id, MAX(date) AS loss_date
                  FROM followup_loss
                 WHERE company_id = %s AND state = 'lost' AND date < %s
                 GROUP BY customer_id)""",
            self.company.id,
            self.today,
        )

    def referrals(self):
        """Customers that one brought us, and what they bought: referred, amount (P15).

        By 'referred by' of their files; the amount is that of the last 12 months.
        """
        return self.relation("value_referrals", self._referrals_select)

    def _referrals_select(self):
        return SQL(
            """
            SELECT f.id AS customer_id, COUNT(*)::integer AS referred,
                   SUM(n.amount) AS amount
              FROM followup_customer r
              JOIN res_partner p ON p.id = r.referred_by_id
              JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                   AND f.company_id = r.company_id AND f.id <> r.id
              JOIN %s n ON n.customer_id = r.id
             WHERE r.company_id = %s AND r.active
             GROUP BY f.id
            """,
            self.figures(12),
            self.company.id,
        )

    # === MONEY (V6, V9) === #

    def credit(self):
        """Credit score and what is behind it: see ``CreditScore`` (V6)."""
        return self.relation("value_credit", CreditScore(self, 12).select)

    def balances(self):
        """What is owed, and what was invoiced and collected in 12 months (V9).

        Columns: partner_id (commercial), balance, overdue, oldest_due, invoiced,
        collected; company currency, taxes included. ``balance`` is what is open on
        receivable accounts, credit notes and advance payments deducted; ``collected``
        what came in through bank and cash journals.
        """
        return self.relation("value_balances", self._balances_select)

    def _balances_select(self):
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id, SUM(s.balance) AS balance,
                   COALESCE(SUM(s.overdue), 0) AS overdue, MIN(s.oldest) AS oldest_due,
                   COALESCE(SUM(s.invoiced), 0) AS invoiced,
                   COALESCE(SUM(s.collected), 0) AS collected
              FROM (SELECT l.partner_id, SUM(l.amount_residual) AS balance,
                           SUM(l.amount_residual) FILTER (WHERE %(late)s) AS overdue,
                           MIN(l.date_maturity) FILTER (WHERE %(late)s) AS oldest,
                           SUM(l.balance) FILTER (
                               WHERE l.date >= %(start)s AND m.move_type IN (
                                   'out_invoice', 'out_refund', 'out_receipt'))
                               AS invoiced,
                           -SUM(l.balance) FILTER (
                               WHERE l.date >= %(start)s AND m.move_type = 'entry'
                                 AND j.type IN ('bank', 'cash', 'credit')) AS collected
                      FROM account_move_line l
                      JOIN account_account a ON a.id = l.account_id
                           AND a.account_type = 'asset_receivable'
                      JOIN account_move m ON m.id = l.move_id
                      JOIN account_journal j ON j.id = m.journal_id
                     WHERE l.company_id = %(company)s AND l.parent_state = 'posted'
                       AND l.date < %(today)s AND l.partner_id IS NOT NULL
                     GROUP BY l.partner_id) s
              JOIN res_partner p ON p.id = s.partner_id
             GROUP BY p.commercial_partner_id
            """,
            late=SQL("""l.amount_residual > 0 AND l.date_maturity < %s""", self.today),
            start=self.start,
            today=self.today,
            company=self.company.id,
        )
