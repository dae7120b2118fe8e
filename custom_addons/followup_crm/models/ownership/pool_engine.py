import logging
import time

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...tools.day import company_today
from ..tier.engine import CONCURRENCY_ERRORS, TRIES
from ..tier.fact_base import FactBase

_logger = logging.getLogger(__name__)

WARNING_TYPE = "followup_crm.mail_activity_type_pool_warning"
ESCALATION_TYPE = "followup_crm.mail_activity_type_pool_escalation"
# Customers that one transaction of the daily run handles.
RUN_SIZE = 500
# A company whose customers order too rarely to tell has this as its limit.
DEFAULT_CHURN_DAYS = 365
# A message names so many customers and counts the others.
NAMED = 20


class PoolEngine(models.AbstractModel):
    """The daily run of the pool: warns, escalates, and lets customers leave (F6)."""

    _name = "followup.pool.engine"
    _description = "Daily run of the customer pool"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_apply_rules(self):
        """Daily: apply the rules in each company that has switched the pool on."""
        self.env["followup.pool.rule"]._make_for_companies()
        companies = self.env["res.company"].search(Domain.TRUE)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self._attempt(company.name, self._refresh_churn_days, company)
            if company.fcrm_pool_active:
                self._run_company(company)
            if not cron._commit_progress(1):
                break

    def _attempt(self, name, work, *args):
        """Do a piece of work in its own transaction; what fails leaves no trace."""
        for attempt in range(1, TRIES + 1):
            try:
                result = work(*args)
                self.env.flush_all()
            except CONCURRENCY_ERRORS:
                self.env.cr.rollback()
                if attempt == TRIES:
                    _logger.exception("Pool of %s: too busy, gave up", name)
                else:
                    time.sleep(attempt / 10)
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Pool of %s failed", name)
                return None
            else:
                return result
        return None

    def _run_company(self, company):
        """One company, some hundred customers a transaction."""
        cron = self.env["ir.cron"]
        ids = self._attempt(company.name, self._get_endangered_ids, company) or []
        for start in range(0, len(ids), RUN_SIZE):
            batch = ids[start : start + RUN_SIZE]
            self._attempt(company.name, self._apply_rules, company, batch)
            cron._commit_progress(0)

    @api.model
    def _refresh_churn_days(self, company):
        """After how many days a customer with few orders counts as churned.

        The 95th percentile of the days between two orders in this company.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT CEIL(percentile_cont(0.95) WITHIN GROUP (ORDER BY g.gap))::int
                  FROM %s g
                """,
                FactBase(company).gaps(),
            )
        )
        days = rows[0][0] or DEFAULT_CHURN_DAYS
        if company.fcrm_churn_days != days:
            # Elevated: a figure that is nobody's to write.
            company.sudo().fcrm_churn_days = days

    # === THE RUN === #

    @api.model
    def _get_endangered_ids(self, company):
        """Files that are near leaving, watched already, or silent for too long."""
        self.env.flush_all()
        today = company_today(company)
        first = max(company._get_pool_warning_days())
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.id
                  FROM (%(due)s) d
                  LEFT JOIN followup_pool_watch w ON w.customer_id = d.id
                 WHERE d.company_id = %(company)s
                   AND (d.due_date <= %(horizon)s OR w.warned_on IS NOT NULL
                        OR (d.escalate_date <= %(today)s
                            AND (w.escalated_on IS NULL
                                 OR w.escalated_on < d.idle_from)))
                 ORDER BY d.id
                """,
                due=self.env["followup.pool.forecast"]._due_select(),
                company=company.id,
                horizon=fields.Date.add(today, days=first),
                today=today,
            )
        )
        return [row[0] for row in rows]

    @api.model
    def _apply_rules(self, company, ids):
        """Warn, escalate, release among these files; the same day again does nothing.

        Called elevated, by the scheduled action.
        """
        customers = self.env["followup.customer"].browse(ids)
        # Whoever claims, assigns or combines one of them at this moment goes first.
        customers = customers.exists().try_lock_for_update(allow_referencing=True)
        forecasts = self.env["followup.pool.forecast"]
        forecasts.invalidate_model()
        rows = forecasts.search([("id", "in", customers.ids)])
        watches = self.env["followup.pool.watch"]._get_for(customers)
        first = max(company._get_pool_warning_days())
        leaving = rows.browse()
        warned = {}
        for row in rows:
            watch = watches[row.customer_id]
            self._use_plan(row, watch)
            if row.exemption or not row.leave_date or row.days_left > first:
                self._calm(watch)
            elif row.days_left <= 0:
                leaving |= row
            elif self._needs_warning(row, watch):
                warned.setdefault(row.user_id, []).append(row)
        for owner, mine in warned.items():
            self._warn(owner, mine, watches)
        self._escalate(rows - leaving, watches)
        for row in leaving:
            self._release(row)

    def _use_plan(self, row, watch):
        """A dated plan counts once: from now on this one, whatever comes later."""
        today = company_today(row.company_id)
        if row.plan_date and row.due_date <= today and not watch.plan_until:
            watch.plan_until = row.plan_date

    def _calm(self, watch):
        """Out of danger: the next silence is warned of from the beginning."""
        if watch.warned_on:
            watch.write({"warned_on": False, "warned_days": False})
            watch.customer_id.activity_unlink([WARNING_TYPE])

    def _needs_warning(self, row, watch):
        """Whether a step (7, 3, 1 days before) is reached that was not told yet."""
        steps = [
            d for d in row.company_id._get_pool_warning_days() if d >= row.days_left
        ]
        return bool(steps) and (not watch.warned_on or min(steps) < watch.warned_days)

    def _warn(self, owner, rows, watches):
        """An activity on each file, and one message to the owner about all."""
        for row in rows:
            row = row.with_context(lang=owner.lang)
            watch = watches[row.customer_id]
            if not watch.warned_on:
                self._get_quiet(row).activity_schedule(
                    WARNING_TYPE,
                    date_deadline=row.leave_date,
                    summary=row.env._("Get in touch, or it leaves for the pool"),
                    note=row.explanation,
                    user_id=owner.id,
                )
                watch.warned_on = company_today(row.company_id)
            watch.warned_days = row.days_left
        rows = self.env["followup.pool.forecast"].concat(*rows)
        rows = rows.with_context(lang=owner.lang)
        rows.env["mail.thread"].message_notify(
            partner_ids=owner.partner_id.ids,
            subject=rows.env._("Customers about to leave for the pool"),
            body=self._get_list([(row.customer_id, row.explanation) for row in rows]),
        )

    def _escalate(self, rows, watches):
        """Tell a manager of customers with orders that nobody is in touch with."""
        silent = rows.filtered(
            lambda row: (
                row.escalate_date
                and row.escalate_date <= company_today(row.company_id)
                and (watches[row.customer_id].escalated_on or row.idle_from)
                <= row.idle_from
            )
        )
        for row in silent:
            customer = row.customer_id
            manager = customer._get_approving_manager()
            watches[customer].escalated_on = company_today(row.company_id)
            if not manager:
                continue
            row = row.with_context(lang=manager.lang)
            self._get_quiet(row).activity_schedule(
                ESCALATION_TYPE,
                summary=row.env._(
                    "%(owner)s has not been in touch for %(days)s days",
                    owner=row.user_id.name,
                    days=row.idle_days,
                ),
                user_id=manager.id,
            )

    def _get_quiet(self, row):
        """The file, whose activities are made without a mail about each."""
        return row.customer_id.with_context(mail_activity_quick_update=True)

    def _release(self, row):
        """The customer leaves for the pool; the owner is told."""
        customer, owner = row.customer_id, row.user_id
        local = customer.with_context(lang=owner.lang)
        reason = local.env._(
            "Idle since %(date)s (%(days)s days).",
            date=format_date(local.env, row.idle_from),
            days=row.idle_days,
        )
        customer.activity_unlink([WARNING_TYPE, ESCALATION_TYPE])
        customer._change_owner(
            self.env["res.users"],
            "pool",
            reason,
            keeper=customer._get_approving_manager(),
        )
        local.env["mail.thread"].message_notify(
            partner_ids=owner.partner_id.ids,
            subject=local.env._("A customer has left for the pool"),
            body=self._get_list([(local, reason)]),
        )

    def _get_list(self, entries):
        """A short list of customers and sentences; everything is escaped."""
        lines = [
            Markup("<li>%s: %s</li>") % (customer.display_name, sentence)
            for customer, sentence in entries[:NAMED]
        ]
        if len(entries) > NAMED:
            more = self.env._("… and %(count)s more.", count=len(entries) - NAMED)
            lines.append(Markup("<li>%s</li>") % more)
        return Markup("<ul>%s</ul>") % Markup("").join(lines)
