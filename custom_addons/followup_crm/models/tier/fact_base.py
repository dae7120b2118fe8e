"""Figures per customer file that the methods classify by, for one company and day."""

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

from ...tools.day import company_today
from ...tools.rounding import rounded_units


class FactBase:
    """The company's sales up to yesterday, in windows that end today (exclusive).

    ``today`` is the first day that does not count any more: windows end with the last
    completed day in the company's time zone. With ``shared``, the larger figures are
    put into a temporary table that all schemes of the transaction read. Every relation
    is made only when a method asks for it.
    """

    def __init__(self, company, today=None, shared=False):
        self.env = company.env
        self.company = company
        self.shared = shared
        self.today = today or company_today(company)
        self._tables = {}

    def day(self, months):
        """The day that many months before today (29 February becomes the 28th)."""
        return self.today - relativedelta(months=months)

    def moment(self, day):
        """SQL: the moment in UTC at which a day begins where the company is."""
        return SQL(
            """timezone('UTC', timezone(%s, %s::timestamp))""",
            self.company.sudo().partner_id.tz or "UTC",  # its zone is no secret
            day,
        )

    def digits(self, scheme):
        """Digits to which a scheme's measure is rounded: cents, or parts of units."""
        if scheme.measure == "quantity":
            return 3
        return self.company.currency_id.decimal_places

    def measures(self, scheme):
        """What a scheme measures, one row per active file: see ``measure_select``."""
        name = f"{scheme.measure}_{scheme.window_months}"
        return self.relation(name, self.measure_select, scheme)

    def measure_select(self, scheme):
        """SQL: customer_id, measure, on_hold for the scheme's window.

        The measure is in whole smallest units (cents, thousandths of a piece), as
        double precision, which adds them up exactly and ten times faster than numeric.
        Sums by the documents' partner first: joining partners before that costs most.
        Those of contacts, which are few, are then added to their companies' own; that
        each contact has a parent is named, so that PostgreSQL expects few.
        """
        measure = SQL.identifier("d", scheme.measure)
        documents = self.env["followup.sales.fact"]._document_select(
            self.company, self.day(scheme.window_months), self.today
        )
        total = SQL("""COALESCE(own.measure, 0) + COALESCE(contact.measure, 0)""")
        return SQL(
            """
            WITH partner AS MATERIALIZED (
                SELECT d.partner_id, SUM(%(measure)s) AS measure,
                       BOOL_OR(d.rate_missing) AS missing
                  FROM (%(documents)s) d
                 GROUP BY d.partner_id
            )
            SELECT f.id AS customer_id,
                   %(units)s AS measure,
                   COALESCE(own.missing OR contact.missing, FALSE) AS on_hold
              FROM followup_customer f
              LEFT JOIN partner own ON own.partner_id = f.partner_id
              LEFT JOIN (SELECT p.commercial_partner_id, SUM(d.measure) AS measure,
                                BOOL_OR(d.missing) AS missing
                           FROM partner d
                           JOIN res_partner p ON p.id = d.partner_id
                          WHERE p.id <> p.commercial_partner_id
                            AND p.parent_id IS NOT NULL
                          GROUP BY p.commercial_partner_id) contact
                     ON contact.commercial_partner_id = f.partner_id
             WHERE f.company_id = %(company)s AND f.active
            """,
            measure=measure,
            units=rounded_units(total, self.digits(scheme)),
            documents=documents,
            company=self.company.id,
        )

    # === RELATIONS === #

    def customers(self):
        """The active files: customer_id, partner_id, last_contact_date."""
        return SQL(
            """(SELECT f.id AS customer_id, f.partner_id, f.last_contact_date
                  FROM followup_customer f
                 WHERE f.company_id = %s AND f.active)""",
            self.company.id,
        )

    def documents(self):
        """Every sale up to yesterday, one row each, by the active file.

        Columns: customer_id, date, amount and margin (double precision, company
        currency), rate_missing, is_sale (no credit note), is_deal (no credit note, and
        no imported earlier year).
        """
        return self.relation("documents", self._documents_select)

    def figures(self, months):
        """Figures of a window and of the one before it, one row per active file.

        Columns: customer_id, amount, prev_amount (numeric, company currency), margin,
        prev_margin (the same, empty where none is recorded), deals, prev_deals,
        total_deals, first_date, last_date, rate_missing. Deals and dates leave out
        credit notes; imported earlier years count for amounts and dates, not as deals.
        """
        return self.relation(f"figures_{months}", self._figures_select, months)

    def rhythm(self):
        """How regularly a file orders: customer_id, gaps, median_days, variation.

        Days between consecutive order days of all time: how many gaps, their median,
        and their standard deviation ÷ mean. No row without an order.
        """
        return self.relation("rhythm", self._rhythm_select)

    def gaps(self):
        """Days since the customer's order before: customer_id, gap, one row an order.

        Empty for its first order, and between orders of one day.
        """
        return SQL(
            """(SELECT d.customer_id, NULLIF(d.date - LAG(d.date) OVER (
                       PARTITION BY d.customer_id ORDER BY d.date), 0) AS gap
                  FROM %s d WHERE d.is_deal)""",
            self.documents(),
        )

    def quarters(self, months):
        """Calendar quarters with an order within the window: customer_id, quarters."""
        return self.relation(f"quarters_{months}", self._quarters_select, months)

    def policy(self):
        """Class in the company's policy scheme: customer_id, tier_id, place, number.

        ``place`` counts the scheme's tiers from the best (1) to the last (``number``).
        The scheme goes in as a value, so that its index serves.
        """
        return SQL(
            """(SELECT a.customer_id, a.tier_id, t.place, t.number
                  FROM followup_tier_assignment a
                  JOIN (SELECT t.id,
                               ROW_NUMBER() OVER (ORDER BY t.sequence, t.id) AS place,
                               COUNT(*) OVER () AS number
                          FROM followup_tier t
                         WHERE t.scheme_id = %(scheme)s AND t.active) t
                    ON t.id = a.tier_id
                 WHERE a.scheme_id = %(scheme)s)""",
            scheme=self.env["followup.tier.scheme"]._get_policy(self.company).id or 0,
        )

    def wallet(self):
        """Share of wallet where it is known: customer_id, our_share (percent).

        What the latest purchase plan that names a share says (P6).
        """
        return SQL(
            """(SELECT DISTINCT ON (w.customer_id) w.customer_id, w.our_share
                  FROM followup_purchase_plan w
                 WHERE w.company_id = %s AND w.our_share > 0 AND w.date_from <= %s
                 ORDER BY w.customer_id, w.date_from DESC, w.id DESC)""",
            self.company.id,
            self.today,
        )

    def satisfaction(self):
        """Last known satisfaction: customer_id, score (0–100), date; none, no row."""
        files = self.env["followup.customer"]
        return SQL("""(%s)""", files._satisfaction_select(self.company, self.today))

    def relation(self, name, select, *args):
        """A relation: inlined where one method reads it, else a temporary table.

        :param name: tells it from others of the company
        :param select: function that gives its SQL
        """
        if not self.shared:
            return SQL("""(%s)""", select(*args))
        if name not in self._tables:
            table = SQL.identifier(f"fcrm_{self.company.id}_{name}")
            self.env.cr.execute(SQL("""DROP TABLE IF EXISTS %s""", table))
            self.env.cr.execute(
                SQL(
                    """CREATE TEMPORARY TABLE %s ON COMMIT DROP AS %s""",
                    table,
                    select(*args),
                )
            )
            self.env.cr.execute(SQL("""ANALYZE %s""", table))
            self._tables[name] = table
        return self._tables[name]

    def _documents_select(self):
        """OFFSET 0 has PostgreSQL work out a document once, not in each column."""
        documents = self.env["followup.sales.fact"]._document_select(
            self.company, None, self.today
        )
        return SQL(
            """
            SELECT m.customer_id, d.date, d.amount, d.margin, d.rate_missing,
                   COALESCE(d.amount, 0) >= 0 AS is_sale,
                   COALESCE(d.amount, 0) >= 0 AND d.source <> 'history' AS is_deal
              FROM (%(documents)s OFFSET 0) d
              JOIN (SELECT p.id, f.id AS customer_id
                      FROM followup_customer f
                      JOIN res_partner p ON p.commercial_partner_id = f.partner_id
                     WHERE f.company_id = %(company)s AND f.active
                    OFFSET 0) m ON m.id = d.partner_id
            """,
            documents=documents,
            company=self.company.id,
        )

    def _figures_select(self, months):
        return SQL(
            """
            SELECT f.id AS customer_id,
                   COALESCE(ROUND(s.amount::numeric, %(digits)s), 0) AS amount,
                   COALESCE(ROUND(s.prev_amount::numeric, %(digits)s), 0)
                       AS prev_amount,
                   ROUND(s.margin::numeric, %(digits)s) AS margin,
                   ROUND(s.prev_margin::numeric, %(digits)s) AS prev_margin,
                   COALESCE(s.deals, 0) AS deals,
                   COALESCE(s.prev_deals, 0) AS prev_deals,
                   COALESCE(s.total_deals, 0) AS total_deals,
                   s.first_date, s.last_date, COALESCE(s.missing, FALSE) AS rate_missing
              FROM followup_customer f
              LEFT JOIN (%(sums)s) s ON s.customer_id = f.id
             WHERE f.company_id = %(company)s AND f.active
            """,
            digits=self.company.currency_id.decimal_places,
            company=self.company.id,
            sums=self._sums_select(months),
        )

    def _sums_select(self, months):
        """The figures of a window and of the one before it, before rounding."""
        return SQL(
            """
            SELECT d.customer_id,
                   SUM(d.amount) FILTER (WHERE d.date >= %(start)s) AS amount,
                   SUM(d.amount) FILTER (WHERE d.date >= %(before)s
                                           AND d.date < %(start)s) AS prev_amount,
                   SUM(d.margin) FILTER (WHERE d.date >= %(start)s) AS margin,
                   SUM(d.margin) FILTER (WHERE d.date >= %(before)s
                                           AND d.date < %(start)s) AS prev_margin,
                   COUNT(*) FILTER (WHERE d.is_deal AND d.date >= %(start)s) AS deals,
                   COUNT(*) FILTER (WHERE d.is_deal AND d.date >= %(before)s
                                      AND d.date < %(start)s) AS prev_deals,
                   COUNT(*) FILTER (WHERE d.is_deal) AS total_deals,
                   MIN(d.date) FILTER (WHERE d.is_sale) AS first_date,
                   MAX(d.date) FILTER (WHERE d.is_sale) AS last_date,
                   BOOL_OR(d.rate_missing AND d.date >= %(before)s) AS missing
              FROM %(documents)s d
             GROUP BY d.customer_id
            """,
            start=self.day(months),
            before=self.day(2 * months),
            documents=self.documents(),
        )

    def _rhythm_select(self):
        return SQL(
            """
            SELECT g.customer_id, COUNT(g.gap) AS gaps,
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY g.gap) AS median_days,
                   STDDEV_POP(g.gap) / NULLIF(AVG(g.gap), 0) AS variation
              FROM %s g
             GROUP BY g.customer_id
            """,
            self.gaps(),
        )

    def _quarters_select(self, months):
        return SQL(
            """
            SELECT d.customer_id,
                   COUNT(DISTINCT date_trunc('quarter', d.date)) AS quarters
              FROM %s d
             WHERE d.is_deal AND d.date >= %s
             GROUP BY d.customer_id
            """,
            self.documents(),
            self.day(months),
        )
