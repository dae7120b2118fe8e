import logging
import time
from functools import partial

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bulk import execute_bulk, take_memory
from .value_model import ValueModel
from .value_select import ValueSelect

_logger = logging.getLogger(__name__)

# What a month keeps of the figures, for the trends.
MONTH_COLUMNS = (
    "loyalty_score",
    "credit_score",
    "lifetime_value",
    "turnover",
    "overdue",
    "margin_rate",
    "serve_cost",
)
# Computations that are kept on record.
RUNS_KEPT = 60


class ValueEngine(models.AbstractModel):
    """Computes the value of customers: set by set, writing only what changed."""

    _name = "followup.value.engine"
    _description = "Engine of the value of customers"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_compute(self):
        """Nightly, company by company, after the sales months and the classes."""
        companies = self.env["res.company"].search(Domain.TRUE)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        # Each company in its own transaction, as the classes are.
        attempt = self.env["followup.tier.engine"]._attempt
        for company in companies:
            attempt(company.name, partial(self._compute_by_id, company.id))
            if not cron._commit_progress(1):
                break

    def _compute_by_id(self, company_id):
        self._compute(self.env["res.company"].browse(company_id))

    # === COMPUTING === #

    @api.model
    def _compute(self, companies, today=None):
        """Compute all customers of these companies.

        :param today: the first day that does not count (default: today)
        :return: ``followup.value.run`` records
        """
        self.env.flush_all()
        runs = self.env["followup.value.run"]
        # Elevated: figures are computed whoever asks, and nobody's to write.
        for company in companies.sudo():
            runs |= self.sudo()._compute_company(company, today)
        self.env.invalidate_all()
        return runs

    def _compute_company(self, company, today):
        started = time.monotonic()
        self._lock_company(company)
        base = ValueSelect(company, today)
        fitted, base.model = ValueModel(base).fit()
        counts = self._apply(base)
        self.env["followup.value.product"]._apply(base)
        rhythm, retention = base.company_rhythm(), base.retention()
        run = self.env["followup.value.run"].create(
            {
                "company_id": company.id,
                "date": base.today,
                "customer_count": counts[0],
                "changed_count": counts[1],
                "retention": retention,
                "retention_known": retention is not None,
                "gap_count": rhythm.gaps,
                "gap_median": rhythm.median,
                "gap_risk": rhythm.at_risk,
                "gap_churned": rhythm.churned,
                "repeating_count": fitted.repeating,
                "model_reason": fitted.reason,
                "model_parameters": {
                    "buying": fitted.buying,
                    "spending": fitted.spending,
                },
                "seconds": time.monotonic() - started,
            }
        )
        self._forget_runs(company)
        return run

    def _lock_company(self, company):
        """Two computations of a company wait for each other."""
        self.env.cr.execute(
            SQL(
                """SELECT pg_advisory_xact_lock(hashtext('followup.value'), %s)""",
                company.id,
            )
        )
        take_memory(self.env)

    def _forget_runs(self, company):
        runs = self.env["followup.value.run"].search(
            Domain("company_id", "=", company.id), offset=RUNS_KEPT
        )
        runs.unlink()

    # === WRITING === #

    def _apply(self, base):
        """Write what differs: the values, the moves of status, the month.

        :return: number of customers, number of values made, changed or removed
        """
        names = base.columns()
        counts = execute_bulk(
            self.env,
            SQL(
                """
                WITH fresh AS MATERIALIZED (%(fresh)s),
                difference AS MATERIALIZED (
                    SELECT v.id AS stored_id, v.activity AS old_activity,
                           n.customer_id, %(new)s
                      FROM fresh n
                      FULL JOIN (SELECT * FROM followup_value v
                                  WHERE v.company_id = %(company)s) v
                           ON v.customer_id = n.customer_id
                     WHERE v.id IS NULL OR n.customer_id IS NULL
                        OR (%(new)s) IS DISTINCT FROM (%(old)s)
                ), gone AS (
                    DELETE FROM followup_value v
                     WHERE v.id IN (SELECT stored_id FROM difference
                                     WHERE customer_id IS NULL)
                ), changed AS (
                    UPDATE followup_value v SET (%(names)s) = ROW(%(new)s)
                      FROM difference n
                     WHERE n.stored_id = v.id AND n.customer_id IS NOT NULL
                ), made AS (
                    INSERT INTO followup_value (customer_id, company_id, %(names)s)
                    SELECT n.customer_id, %(company)s, %(new)s FROM difference n
                     WHERE n.stored_id IS NULL
                ), moved AS (
                    INSERT INTO followup_value_change (
                        customer_id, company_id, date, from_activity, to_activity)
                    SELECT n.customer_id, %(company)s, %(today)s, n.old_activity,
                           n.activity
                      FROM difference n
                     WHERE n.customer_id IS NOT NULL
                       AND n.activity IS DISTINCT FROM n.old_activity
                ), month AS (%(month)s)
                SELECT (SELECT COUNT(*) FROM fresh), (SELECT COUNT(*) FROM difference)
                """,
                fresh=base.select(),
                new=self._columns("n", names),
                old=self._columns("v", names),
                names=self._columns(None, names),
                month=self._month_statement(base),
                company=base.company.id,
                today=base.today,
            ),
        )
        return counts[0]

    def _columns(self, alias, names):
        """The columns of a table, separated by commas."""
        identifiers = (
            SQL.identifier(alias, name) if alias else SQL.identifier(name)
            for name in names
        )
        return SQL(""", """).join(identifiers)

    def _month_statement(self, base):
        """Keep the figures of the month of the last day that counts."""
        return SQL(
            """
            INSERT INTO followup_value_month AS m (
                   customer_id, company_id, month, %(names)s)
            SELECT n.customer_id, %(company)s,
                   date_trunc('month', %(today)s::date - 1)::date, %(new)s
              FROM fresh n
              LEFT JOIN followup_value_month o ON o.customer_id = n.customer_id
                   AND o.month = date_trunc('month', %(today)s::date - 1)::date
             WHERE n.first_order_date IS NOT NULL
               AND (o.id IS NULL OR (%(new)s) IS DISTINCT FROM (%(old)s))
                ON CONFLICT (customer_id, month) DO UPDATE
               SET (%(names)s) = ROW(%(excluded)s)
            """,
            names=self._columns(None, MONTH_COLUMNS),
            new=self._columns("n", MONTH_COLUMNS),
            old=self._columns("o", MONTH_COLUMNS),
            excluded=self._columns("excluded", MONTH_COLUMNS),
            company=base.company.id,
            today=base.today,
        )
