"""Credit score 0–100 of a company's customers, in SQL (V6); the scheme Credit uses it.

The score is the weighted mean of what is known, over the invoices due in the window or
still open: days late weighted by amount (35: prompt 100 %, 1–30 days 80 %, 31–60 days
40 %, beyond 0); share of the open amount that is not overdue (25); within the credit
limit or not (15); DSO (open amount ÷ sales of the window × its days) against the
payment terms (10: within 100 %, up to 1.5 × 50 %, beyond 0); age of the relation (10:
two years 100 %, one year 60 %, less 30 %); disputes (5: no open complaint 100 %, one
50 %, several or a critical one 0). Nothing due yet: no score.
"""

from odoo.tools import SQL

# A figure that is not there leaves out its weight.
WEIGHTS = {"late": 35, "overdue": 25, "limit": 15, "dso": 10, "age": 10, "disputes": 5}


class CreditScore:
    """Builds the statement for the company and the day of a ``FactBase``.

    :param base: ``FactBase``
    :param months: length of the window
    """

    def __init__(self, base, months):
        self.base = base
        self.months = months

    def select(self):
        """SQL: one row per active file, its score and the figures behind it."""
        base = self.base
        factors = {
            "late": SQL(
                """CASE WHEN c.days_late < 1 THEN 1 WHEN c.days_late <= 30 THEN 0.8
                        WHEN c.days_late <= 60 THEN 0.4
                        WHEN c.days_late > 60 THEN 0 END"""
            ),
            "overdue": SQL("""1 - c.overdue_ratio"""),
            "limit": SQL(
                """CASE WHEN c.limit_use <= 1 THEN 1 WHEN c.limit_use > 1 THEN 0 END"""
            ),
            "dso": SQL(
                """CASE WHEN c.dso <= c.terms THEN 1
                        WHEN c.dso <= c.terms * 1.5 THEN 0.5
                        WHEN c.dso > c.terms * 1.5 THEN 0 END"""
            ),
            "age": SQL(
                """CASE WHEN c.first_date <= %s THEN 1 WHEN c.first_date <= %s THEN 0.6
                        WHEN c.first_date IS NOT NULL THEN 0.3 END""",
                base.day(24),
                base.day(12),
            ),
            "disputes": SQL(
                """CASE WHEN c.disputes = 0 THEN 1
                        WHEN c.disputes = 1 AND NOT c.critical THEN 0.5 ELSE 0 END"""
            ),
        }
        points = SQL(""" + """).join(
            SQL("""COALESCE((%s) * %s, 0)""", factor, WEIGHTS[name])
            for name, factor in factors.items()
        )
        weights = SQL(""" + """).join(
            SQL("""CASE WHEN (%s) IS NOT NULL THEN %s ELSE 0 END""", f, WEIGHTS[name])
            for name, f in factors.items()
        )
        return SQL(
            """
            SELECT c.*, CASE WHEN c.days_late IS NOT NULL
                             THEN ROUND(100 * (%s) / (%s)) END AS score
              FROM (%s) c
            """,
            points,
            weights,
            self._behaviour_select(),
        )

    def _behaviour_select(self):
        """Per file: trust, days late, overdue ratio, limit, DSO, disputes."""
        base, company = self.base, self.base.company
        start = base.day(self.months)
        return SQL(
            """
            SELECT f.customer_id, f.first_date,
                   p.trust ->> %(key)s AS trust,
                   s.late_amount / NULLIF(s.settled, 0) AS days_late,
                   CASE WHEN s.open > 0 THEN s.overdue / s.open
                        WHEN s.settled > 0 THEN 0 END AS overdue_ratio,
                   CASE WHEN %(use_limit)s
                        THEN GREATEST(s.open, 0) / NULLIF(COALESCE(
                             (p.credit_limit ->> %(key)s)::numeric, %(limit)s), 0)
                   END AS limit_use,
                   s.open / NULLIF(s.sold, 0) * %(days)s AS dso,
                   s.terms / NULLIF(s.sold, 0) AS terms, s.late_amount,
                   COALESCE(q.disputes, 0) AS disputes,
                   COALESCE(q.critical, FALSE) AS critical
              FROM %(figures)s f
              JOIN followup_customer c ON c.id = f.customer_id
              JOIN res_partner p ON p.id = c.partner_id
              LEFT JOIN (%(payments)s) s ON s.partner_id = c.partner_id
              LEFT JOIN (SELECT customer_id, COUNT(*) AS disputes,
                                BOOL_OR(severity = 'critical') AS critical
                           FROM followup_complaint
                          WHERE company_id = %(company)s AND is_open
                          GROUP BY customer_id) q ON q.customer_id = f.customer_id
            """,
            key=str(company.id),
            use_limit=bool(company.account_use_credit_limit),
            limit=self._get_default_limit(company),
            days=(base.today - start).days,
            company=company.id,
            figures=base.figures(self.months),
            payments=self._payment_select(company, base.today, start),
        )

    def _get_default_limit(self, company):
        """The company's credit limit for those who have none of their own."""
        partners = company.env["res.partner"].with_company(company)
        field = partners._fields["credit_limit"]
        return field.get_company_dependent_fallback(partners) or 0.0

    def _payment_select(self, company, today, start):
        """Per commercial partner, in company currency: what is open, overdue, settled.

        ``settled`` is what was paid, or should have been, of the invoices due in the
        window or still open; ``late_amount`` the same × days late. Credit notes are no
        payments.
        """
        return SQL(
            """
            SELECT l.partner_id, SUM(l.open) AS open,
                   COALESCE(SUM(l.open) FILTER (WHERE l.due < %(today)s), 0) AS overdue,
                   SUM(COALESCE(y.paid, 0)
                       + CASE WHEN l.due < %(today)s THEN l.open ELSE 0 END) AS settled,
                   SUM(COALESCE(y.late_amount, 0)
                       + CASE WHEN l.due < %(today)s
                              THEN l.open * (%(today)s::date - l.due)
                              ELSE 0 END) AS late_amount,
                   SUM(l.amount) FILTER (WHERE l.date >= %(start)s) AS sold,
                   SUM(l.amount * (l.due - l.date)) FILTER (
                       WHERE l.date >= %(start)s) AS terms
              FROM (%(lines)s) l
              LEFT JOIN LATERAL (
                   SELECT SUM(r.amount) AS paid,
                          SUM(r.amount * GREATEST(r.max_date - l.due, 0)) AS late_amount
                     FROM account_partial_reconcile r
                     JOIN account_move_line k ON k.id = r.credit_move_id
                     JOIN account_move n ON n.id = k.move_id
                          AND n.move_type <> 'out_refund'
                    WHERE r.debit_move_id = l.id) y ON TRUE
             WHERE l.due >= %(start)s OR l.open <> 0
             GROUP BY l.partner_id
            """,
            today=today,
            start=start,
            lines=self._receivable_select(company, today),
        )

    def _receivable_select(self, company, today):
        """Receivable lines of the company's customer invoices."""
        return SQL(
            """
            SELECT l.id, m.commercial_partner_id AS partner_id, m.invoice_date AS date,
                   COALESCE(l.date_maturity, m.invoice_date) AS due,
                   l.balance AS amount, l.amount_residual AS open
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN account_account a ON a.id = l.account_id
                   AND a.account_type = 'asset_receivable'
             WHERE m.company_id = %s AND m.state = 'posted' AND l.balance > 0
               AND m.move_type IN ('out_invoice', 'out_receipt')
               AND m.invoice_date < %s
            """,
            company.id,
            today,
        )
