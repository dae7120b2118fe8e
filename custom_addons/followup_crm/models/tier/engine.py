import logging
import time
from functools import partial

from psycopg2 import errors

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.bulk import execute_bulk, take_memory
from .fact_base import FactBase
from .methods import METHODS

_logger = logging.getLogger(__name__)

# Two computations at once: the second one starts afresh and finds nothing left to do.
CONCURRENCY_ERRORS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.UniqueViolation,
)
TRIES = 5


class TierEngine(models.AbstractModel):
    """Computes schemes: one set-based pass each that writes only what changed (T20)."""

    _name = "followup.tier.engine"
    _description = "Classification engine"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_compute(self):
        """Nightly: months and all switched-on schemes of all companies (R2).

        Each company is a batch of its own: what fails is logged, and the others go on.
        """
        self.env["followup.tier.scheme"]._make_for_companies()
        companies = self.env["res.company"].search(Domain.TRUE)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies) + 1)
        months = self.env["followup.sales.month"]
        works = [("sales months", months._refresh)]
        works += [(c.name, partial(self._compute_company, c.id)) for c in companies]
        for name, work in works:
            self._attempt(name, work)
            if not cron._commit_progress(1):
                break

    def _attempt(self, name, work):
        """Do a piece of work in its own transaction; what fails leaves no trace."""
        for attempt in range(1, TRIES + 1):
            try:
                work()
                self.env.flush_all()
            except CONCURRENCY_ERRORS:
                self.env.cr.rollback()
                if attempt == TRIES:
                    _logger.exception("Classification of %s: too busy, gave up", name)
                else:
                    time.sleep(attempt / 10)
                continue
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Classification of %s failed", name)
            return

    def _compute_company(self, company_id):
        """All switched-on schemes of a company, after ending what has expired."""
        company = self.env["res.company"].browse(company_id)
        self.env["followup.tier.override"]._end_expired(company)
        # Elevated: results are nobody's to write but the engine's.
        schemes = self.env["followup.tier.scheme"].sudo()
        self._compute_schemes(schemes.search([("company_id", "=", company.id)]))
        self._mirror_policy_tier(company)

    # === COMPUTING === #

    @api.model
    def _compute_schemes(self, schemes, notify=True, today=None):
        """Compute schemes, company by company.

        :param schemes: ``followup.tier.scheme`` records
        :param notify: tell owners of promotions and demotions
        :param today: the first day that does not count (default: today)
        :return: ``followup.tier.run`` records
        """
        self.env.flush_all()
        runs = self.env["followup.tier.run"]
        schemes = schemes.with_context(active_test=True)
        for company, company_schemes in schemes.grouped("company_id").items():
            if not company:
                continue
            self._lock_company(company)
            base = FactBase(company, today, shared=len(company_schemes) > 1)
            dropped = self._drop_archived(company, base.today)
            # Others may look at the class in the policy scheme.
            ordered = company_schemes.filtered("tier_ids").sorted(
                lambda scheme: (not scheme.is_policy, scheme.sequence, scheme.id)
            )
            done = self.env["followup.tier.run"].concat(
                *(self._compute_scheme(scheme, base) for scheme in ordered)
            )
            if dropped:
                self._mirror_policy_tier(company)
            if dropped or any(run.first_count or run.moved_count for run in done):
                self._follow_moves(company, notify, None if dropped else done)
            runs |= done
        self.env.invalidate_all()
        if notify:
            runs._notify_owners()
        return runs

    def _lock_company(self, company):
        """Two computations of a company wait for each other: never double.

        Whoever waited sees the data as they were before the other one's results. The
        second statement then fails for serialization, and the work is tried again.
        """
        self.env.cr.execute(
            SQL(
                """SELECT pg_advisory_xact_lock(hashtext('followup.tier'), %s)""",
                company.id,
            )
        )
        self.env.cr.execute(
            SQL(
                """SELECT id FROM followup_tier_scheme WHERE company_id = %s
                    ORDER BY id FOR NO KEY UPDATE""",
                company.id,
            )
        )
        take_memory(self.env)

    def _compute_scheme(self, scheme, base):
        started = time.monotonic()
        method = METHODS[scheme.method]
        method.prepare(scheme, base)
        run = self.env["followup.tier.run"].create(
            {
                "scheme_id": scheme.id,
                "window_from": base.day(scheme.window_months * (method.windows or 1)),
                "window_to": base.today,
                "rule_version": scheme._get_rule_version(),
                "bucket_limits": method.bucket_limits(scheme, base),
            }
        )
        self.env.flush_all()
        figures = self._apply(scheme, base, method.select(scheme, base), run)
        figures |= self._stored_figures(scheme)
        run.write({**figures, "seconds": time.monotonic() - started})
        scheme.last_run_id = run
        if scheme.is_policy and (run.first_count or run.moved_count):
            self._mirror_policy_tier(base.company, run._moved_array())
        return run

    @api.model
    def _apply_overrides(self, customers, schemes):
        """Bring the classes of a few customers in line with their overrides, at once.

        The figures stay as they were computed last; places of others do not move.
        """
        self.env.flush_all()
        schemes = schemes.filtered("active")
        for company, company_schemes in schemes.grouped("company_id").items():
            self._lock_company(company)
            base = FactBase(company)
            for scheme in company_schemes:
                self._apply(scheme, base, self._stored_select(customers, scheme))
            if company_schemes.filtered("is_policy"):
                self._mirror_policy_tier(company, SQL("""%s""", customers.ids))
        self.env.invalidate_all()

    def _stored_select(self, customers, scheme):
        """What was computed last for some customers, as a method's result."""
        return SQL(
            """
            SELECT f.id AS customer_id, a.computed_tier_id AS tier_id, a.measure,
                   a.rank, a.share, a.cumulative_share,
                   COALESCE(a.on_hold, FALSE) AS on_hold, a.details
              FROM followup_customer f
              LEFT JOIN followup_tier_assignment a ON a.customer_id = f.id
                   AND a.scheme_id = %s
             WHERE f.id = ANY(%s) AND f.company_id = %s AND f.active
            """,
            scheme.id,
            customers.ids,
            scheme.company_id.id,
        )

    # === WRITING === #

    def _apply(self, scheme, base, result, run=None):
        """Store the differences between a result and what is stored.

        Overrides come first, then figures that cannot be had, then the demotion buffer.
        The array of ids lets a few differences be found by the primary key; many new
        rows are written in the order of their indexes.

        :return: dict of the run's figures about moves
        """
        logged = execute_bulk(
            self.env,
            SQL(
                """
                WITH decided AS MATERIALIZED (
                    SELECT * FROM (%(decided)s) w
                     WHERE differs OR assignment_id IS NULL
                        OR new_tier IS DISTINCT FROM old_tier
                     ORDER BY customer_id
                ), changed AS (
                    UPDATE followup_tier_assignment a
                       SET tier_id = d.new_tier, computed_tier_id = d.tier_id,
                           measure = d.measure, rank = d.rank, share = d.share,
                           cumulative_share = d.cumulative_share,
                           below_since = d.new_below, override_id = d.override_id,
                           on_hold = d.on_hold, details = d.details
                      FROM decided d
                     WHERE a.id = d.assignment_id AND d.differs
                       AND a.id = ANY(ARRAY(SELECT assignment_id FROM decided
                                             WHERE differs))
                ), made AS (
                    INSERT INTO followup_tier_assignment (
                        customer_id, company_id, scheme_id, tier_id, computed_tier_id,
                        measure, rank, share, cumulative_share, below_since,
                        override_id, on_hold, details)
                    SELECT d.customer_id, %(company)s, %(scheme)s, d.new_tier,
                           d.tier_id, d.measure, d.rank, d.share, d.cumulative_share,
                           d.new_below, d.override_id, d.on_hold, d.details
                      FROM decided d WHERE d.assignment_id IS NULL
                ), logged AS (
                    INSERT INTO followup_tier_change (
                        customer_id, company_id, scheme_id, run_id, date, from_tier_id,
                        to_tier_id, direction, measure)
                    SELECT d.customer_id, %(company)s, %(scheme)s, %(run)s, %(today)s,
                           d.old_tier, d.new_tier, %(direction)s, d.measure
                      FROM decided d
                      LEFT JOIN followup_tier n ON n.id = d.new_tier
                     WHERE d.new_tier IS DISTINCT FROM d.old_tier
                    RETURNING direction
                )
                SELECT COUNT(*) FILTER (WHERE direction = 'first'),
                       COUNT(*) FILTER (WHERE direction <> 'first'),
                       COUNT(*) FILTER (WHERE direction = 'up'),
                       COUNT(*) FILTER (WHERE direction = 'down')
                  FROM logged
                """,
                decided=self._decided_select(scheme, base, result),
                direction=self._direction_case(scheme),
                company=base.company.id,
                scheme=scheme.id,
                run=run.id if run else None,
                today=base.today,
            ),
        )[0]
        names = ("first_count", "moved_count", "promoted_count", "demoted_count")
        return dict(zip(names, logged, strict=True))

    def _stored_figures(self, scheme):
        """How many customers a scheme has, how many have a place, and their sum."""
        figures = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*), COUNT(rank),
                       COALESCE(SUM(measure) FILTER (WHERE measure > 0), 0)
                  FROM followup_tier_assignment WHERE scheme_id = %s
                """,
                scheme.id,
            )
        )[0]
        names = ("customer_count", "ranked_count", "total_measure")
        return dict(zip(names, figures, strict=True))

    def _direction_case(self, scheme):
        """SQL: what kind of move it is, from ``d`` and the new tier ``n``."""
        if not METHODS[scheme.method].ordered:
            up_or_down = SQL("""ELSE 'moved'""")
        else:
            up_or_down = SQL(
                """WHEN n.sequence < d.old_sequence THEN 'up'
                   WHEN n.sequence > d.old_sequence THEN 'down' ELSE 'moved'"""
            )
        return SQL(
            """CASE WHEN d.old_tier IS NULL THEN 'first'
                    WHEN d.new_tier IS NULL THEN 'left' %s END""",
            up_or_down,
        )

    def _decided_select(self, scheme, base, result, everybody=False):
        """A method's result beside what is stored, with the class that will hold.

        A former class that came from an override, or that is archived, is not kept.
        Most rows are as they were, without override or buffer: unless ``everybody`` is
        wanted, they are left out before anything else is looked at. OFFSET 0 has
        PostgreSQL work out each class once, not wherever it is named.
        """
        buffered = SQL("""FALSE""")
        if scheme.hysteresis_periods and METHODS[scheme.method].ordered:
            buffered = SQL(
                """(t.sequence > s.sequence AND COALESCE(a.below_since, %s) > %s)""",
                base.today,
                base.day(scheme.hysteresis_periods),
            )
        return SQL(
            """
            SELECT w.customer_id, w.tier_id, w.measure, w.rank, w.share,
                   w.cumulative_share, w.on_hold, w.details, w.assignment_id,
                   w.old_tier, w.old_sequence, w.override_id, w.new_tier, w.new_below,
                   w.assignment_id IS NOT NULL
                        AND (w.old_tier, w.old_computed, w.old_measure, w.old_rank,
                             w.old_share, w.old_cumulative, w.below_since,
                             w.old_override, w.old_hold, w.old_details)
                            IS DISTINCT FROM
                            (w.new_tier, w.tier_id, w.measure, w.rank, w.share,
                             w.cumulative_share, w.new_below, w.override_id, w.on_hold,
                             w.details) AS differs
              FROM (
            SELECT a.*, s.sequence AS old_sequence, o.id AS override_id,
                   CASE WHEN o.id IS NOT NULL THEN o.tier_id
                        WHEN (a.on_hold OR %(buffered)s) AND s.active
                             AND a.old_override IS NULL THEN a.old_tier
                        ELSE a.tier_id END AS new_tier,
                   CASE WHEN o.id IS NOT NULL OR a.old_override IS NOT NULL
                             OR NOT s.active THEN NULL
                        WHEN a.on_hold THEN a.below_since
                        WHEN %(buffered)s THEN COALESCE(a.below_since, %(today)s)
                   END AS new_below
              FROM (%(compared)s) a
              LEFT JOIN followup_tier t ON t.id = a.tier_id
              LEFT JOIN followup_tier s ON s.id = a.old_tier
              LEFT JOIN (%(overrides)s) o ON o.customer_id = a.customer_id
            OFFSET 0) w
            """,
            buffered=buffered,
            compared=self._compared_select(scheme, base, result, everybody),
            today=base.today,
            overrides=self._override_select(scheme, base),
        )

    def _compared_select(self, scheme, base, result, everybody):
        """A method's result beside what is stored, or only the rows that may change."""
        return SQL(
            """
            SELECT r.customer_id, r.tier_id, r.measure, r.rank, r.share,
                   r.cumulative_share, r.on_hold, r.details, a.id AS assignment_id,
                   a.tier_id AS old_tier, a.computed_tier_id AS old_computed,
                   a.measure AS old_measure, a.rank AS old_rank, a.share AS old_share,
                   a.cumulative_share AS old_cumulative, a.below_since,
                   a.override_id AS old_override, a.on_hold AS old_hold,
                   a.details AS old_details
              FROM (%(result)s OFFSET 0) r
              LEFT JOIN followup_tier_assignment a ON a.scheme_id = %(scheme)s
                   AND a.customer_id = r.customer_id
             WHERE %(everybody)s OR a.id IS NULL OR a.below_since IS NOT NULL
                OR a.override_id IS NOT NULL
                OR (a.tier_id, a.computed_tier_id, a.measure, a.rank, a.share,
                    a.cumulative_share, a.on_hold, a.details)
                   IS DISTINCT FROM
                   (r.tier_id, r.tier_id, r.measure, r.rank, r.share,
                    r.cumulative_share, r.on_hold, r.details)
                OR r.customer_id IN (SELECT customer_id FROM (%(overrides)s) o)
            OFFSET 0
            """,
            result=result,
            scheme=scheme.id,
            everybody=everybody,
            overrides=self._override_select(scheme, base),
        )

    def _override_select(self, scheme, base):
        """The override in force per customer: id, customer_id, tier_id."""
        return SQL(
            """
            SELECT DISTINCT ON (customer_id) id, customer_id, tier_id
              FROM followup_tier_override
             WHERE scheme_id = %(scheme)s AND state = 'approved'
               AND date_from <= %(today)s
               AND (date_to IS NULL OR date_to >= %(today)s)
             ORDER BY customer_id, date_from DESC, id DESC
            """,
            scheme=scheme.id,
            today=base.today,
        )
