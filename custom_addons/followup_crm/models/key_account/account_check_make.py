import logging

from odoo import api, fields, models
from odoo.fields import Domain

from .account_check import ACTIVITY_TYPE

_logger = logging.getLogger(__name__)
BATCH = 500


class Account(models.Model):
    """The daily job of key accounts: what changed, checks, analyses (A4, A5)."""

    _inherit = "followup.account"

    # === SCHEDULED ACTION === #

    @api.model
    def _cron_upkeep(self):
        """Daily: note what changed, make the week's checks and the period's analyses.

        Some hundred accounts are a batch; what is there already is not made again.
        """
        domain = Domain("state", "=", "current")
        last, cron = 0, self.env["ir.cron"]
        remaining = self.search_count(domain)
        cron._commit_progress(remaining=remaining)
        while accounts := self.search(
            domain & Domain("id", ">", last), order="id", limit=BATCH
        ):
            accounts._keep_up()
            last = accounts[-1].id
            remaining -= len(accounts)
            if not cron._commit_progress(len(accounts), remaining=max(remaining, 0)):
                break

    def _keep_up(self):
        """Bring these accounts up to date."""
        self._watch()
        self._make_checks()
        self.env["followup.account.review"]._make_for(self)

    # === CHECKS === #

    def _make_checks(self):
        """Make this week's check of each account that has a manager and none open.

        :return: ``followup.account.check``, the new ones
        """
        # Elevated: checks are made for managers, whoever starts the job.
        checks = self.env["followup.account.check"].sudo()
        accounts = self.sudo().filtered(
            lambda account: account.state == "current" and account.manager_id.active
        )
        found = checks.search(
            [("account_id", "in", accounts.ids), ("state", "!=", "dropped")]
        )
        last = {}
        for check in found.sorted(lambda check: (check.date, check.id)):
            last[check.account_id] = check
        vals_list = []
        for company, mine in accounts.grouped("company_id").items():
            monday, deadline = self._get_week(company)
            vals_list += [
                account._prepare_check(monday, deadline, last.get(account))
                for account in mine
                if account not in last
                or (last[account].state == "done" and last[account].date < monday)
            ]
        made = checks.create(vals_list)
        made._refresh()
        made._remind()
        waiting = found.filtered(lambda check: check.state == "open")
        waiting._refresh()
        # Who deletes the reminder has not checked the account.
        waiting.filtered(lambda check: not check.activity_ids)._remind()
        return made.sudo(False).with_env(self.env)

    def _prepare_check(self, monday, deadline, last):
        begun = fields.Datetime.to_datetime(self.date_from)
        return {
            "account_id": self.id,
            "user_id": self.manager_id.id,
            "date": monday,
            "date_deadline": deadline,
            "since": last.done_date if last else begun,
        }


class AccountCheck(models.Model):
    """Figures of open checks, and their reminders."""

    _inherit = "followup.account.check"

    def _refresh(self):
        """Bring the turnover of open checks up to date, for all of them together."""
        for company, checks in self.grouped("company_id").items():
            account = self.env["followup.account"]
            start, end = account._get_compared_period(company)
            before = tuple(fields.Date.subtract(day, years=1) for day in (start, end))
            sums = checks.account_id._get_turnovers(
                {"now": (start, end), "before": before}
            )
            reasons = checks._get_known_reasons(end)
            # Elevated: settings, and figures that nobody writes by hand.
            limit = company.sudo().fcrm_account_change_percent
            for check in checks.sudo().filtered(lambda one: one.state == "open"):
                customer_id = check.customer_id.id
                vals = {
                    "period_from": start,
                    "period_to": fields.Date.subtract(end, days=1),
                    "turnover": sums[customer_id, "now"][0],
                    "turnover_before": sums[customer_id, "before"][0],
                    "limit_percent": limit,
                    "known_reason": reasons.get(check.account_id.id, False),
                }
                changed = {k: v for k, v in vals.items() if check[k] != v}
                if changed:
                    check.write(changed)

    def _get_known_reasons(self, end):
        """Reasons given at earlier checks for the months that end there.

        :return: dict of account id: text
        """
        done = self.env["followup.account.check"].search_read(
            [
                ("account_id", "in", self.account_id.ids),
                ("state", "=", "done"),
                ("period_to", "=", fields.Date.subtract(end, days=1)),
                ("turnover_reason", "not in", (False, "")),
            ],
            ["account_id", "turnover_reason"],
            order="date, id",
            load=False,
        )
        return {row["account_id"]: row["turnover_reason"] for row in done}

    def _remind(self):
        """An activity for the manager of each check, in one go and without a mail."""
        activity_type = self.env.ref(ACTIVITY_TYPE)
        model = self.env["ir.model"]._get(self._name)
        # Elevated: a reminder is made for the manager, whoever starts the job.
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "res_model_id": model.id,
                    "res_id": check.id,
                    "activity_type_id": activity_type.id,
                    "summary": check.customer_id.name,
                    "date_deadline": check.date_deadline,
                    "user_id": check.user_id.id,
                    "automated": True,
                }
                for check in self
            ]
        )
