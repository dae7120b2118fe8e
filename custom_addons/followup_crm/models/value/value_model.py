"""The probability model of lifetime value, where there is enough repeat data (V4)."""

import logging
from collections import namedtuple

from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import lifetime
from . import rules

_logger = logging.getLogger(__name__)

# Why there is no model.
NO_PACKAGE, TOO_FEW, NO_FIT = "no_package", "too_few", "no_fit"
Fitted = namedtuple("Fitted", "reason repeating buying spending")


class ValueModel:
    """Fits BG/NBD and Gamma-Gamma to a company's orders, and applies them.

    It looks at the orders before the first day of the month, so that what it says of
    a customer holds for the month instead of changing every night. Days with an order
    are its transactions, weeks its unit of time.

    :param base: ``ValueBase``
    """

    def __init__(self, base):
        self.base = base
        self.env = base.env

    def fit(self):
        """Fit both models and put each customer's figures into a table.

        :return: ``Fitted``, and the table as SQL or None
        """
        repeating = self._count_repeating()
        if not lifetime.is_available():
            return Fitted(NO_PACKAGE, repeating, None, None), None
        if repeating < lifetime.FEWEST_REPEATING:
            return Fitted(TOO_FEW, repeating, None, None), None
        rows = self.env.execute_query(self._history_select())
        buying, spending = self._get_known() or self._fit_rows(rows)
        if not buying or not spending or spending.p <= 0 or spending.q <= 1:
            return Fitted(NO_FIT, repeating, buying, spending), None
        return (
            Fitted(None, repeating, buying, spending),
            self._make_table(rows, buying, spending),
        )

    def _get_known(self):
        """What was fitted this month already: the parameters hold for the month.

        :return: (``Buying``, ``Spending``), either None where there was no fit
        """
        run = self.env["followup.value.run"].search(
            Domain("company_id", "=", self.base.company.id)
            & Domain("date", ">=", self._day())
            & Domain("date", "<=", self.base.today)
            & Domain("model_reason", "in", (False, NO_FIT)),
            limit=1,
        )
        known = run.model_parameters
        if not known:
            return None
        return (
            known["buying"] and lifetime.Buying(*known["buying"]),
            known["spending"] and lifetime.Spending(*known["spending"]),
        )

    def _count_repeating(self):
        return self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FROM (SELECT customer_id FROM %s d WHERE date < %s
                                          GROUP BY customer_id HAVING COUNT(*) > 1) r
                """,
                self.base.days(),
                self._day(),
            )
        )[0][0]

    def _day(self):
        return self.base.today.replace(day=1)

    def _history_select(self):
        """SQL: customer_id, x, t, T in weeks, mean value of the repeat orders."""
        return SQL(
            """
            SELECT d.customer_id, COUNT(*) - 1,
                   (MAX(d.date) - MIN(d.date)) / 7.0::float8,
                   (%(day)s::date - MIN(d.date)) / 7.0::float8,
                   COALESCE(AVG(d.amount) FILTER (
                       WHERE d.gap IS NOT NULL AND d.amount > 0), 0)
              FROM %(days)s d
             WHERE d.date < %(day)s
             GROUP BY d.customer_id
             ORDER BY d.customer_id
            """,
            day=self._day(),
            days=self.base.days(),
        )

    def _fit_rows(self, rows):
        """Fit to all, or to evenly spread ones where they are many."""
        step = -(-len(rows) // lifetime.MOST_FITTED)
        sample = rows[::step]
        _ids, x, t, total, _z = zip(*sample, strict=True)
        # Money in units of its mean: the fit starts near its end in any currency.
        spent = [(row[1], row[4]) for row in sample if row[1] > 0 and row[4] > 0]
        if not spent:
            return None, None
        unit = sum(z for _x, z in spent) / len(spent)
        try:
            buying = lifetime.fit_buying(x, t, total)
            spending = lifetime.fit_spending(
                [x for x, _z in spent], [z / unit for _x, z in spent]
            )
        except (ArithmeticError, ValueError):
            _logger.warning("Lifetime value: no fit", exc_info=True)
            return None, None
        return buying, spending and spending._replace(v=spending.v * unit)

    def _make_table(self, rows, buying, spending):
        """A temporary table: customer_id, alive_percent (repeat orders only), value."""
        import numpy as np

        ids = [row[0] for row in rows]
        x, t, total, z = np.array([row[1:] for row in rows], dtype=float).T
        orders = lifetime.expected_orders(buying, x, t, total, rules.MODEL_WEEKS)
        value = orders * lifetime.expected_value(spending, np.where(z > 0, x, 0), z)
        alive = np.rint(100 * lifetime.alive(buying, x, t, total)).astype(int)
        percents = np.where(x > 0, alive, -1).tolist()
        table = SQL.identifier(f"fcrm_{self.base.company.id}_value_model")
        self.env.cr.execute(SQL("""DROP TABLE IF EXISTS %s""", table))
        self.env.cr.execute(
            SQL(
                """
                CREATE TEMPORARY TABLE %s ON COMMIT DROP AS
                SELECT customer_id, NULLIF(alive, -1) AS alive_percent, value
                  FROM unnest(%s::integer[], %s::integer[], %s::float8[])
                       AS m (customer_id, alive, value)
                """,
                table,
                ids,
                percents,
                [one if np.isfinite(one) else None for one in value.tolist()],
            )
        )
        self.env.cr.execute(SQL("""ANALYZE %s""", table))
        return table
