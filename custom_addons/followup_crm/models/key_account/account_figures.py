from datetime import timedelta

from babel.dates import format_skeleton
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import babel_locale_parse, get_lang

from ...tools.day import company_today
from ...tools.forecast import change_percent

COMPARED_MONTHS = 3


def format_period(env, day, skeleton):
    """A month or quarter as the reader's language writes it.

    :param skeleton: of the Unicode locale data, for example ``yMMM`` or ``yQQQ``
    """
    locale = babel_locale_parse(get_lang(env).code)
    return format_skeleton(skeleton, day, locale=locale)


class Account(models.Model):
    """Figures of key accounts, for all of them by one statement each."""

    _inherit = "followup.account"

    turnover_12m = fields.Monetary(
        related="customer_id.sales_12m_amount", string="Turnover of 12 months"
    )
    turnover_before_12m = fields.Monetary(
        related="customer_id.sales_before_12m_amount",
        string="Turnover of the 12 months before",
    )
    change = fields.Float(
        compute="_compute_change",
        string="Change (%)",
        help="Empty where there was no turnover a year before.",
    )
    check_status = fields.Selection(
        [
            ("late", "Check is late"),
            ("due", "Check is due"),
            ("done", "Checked this week"),
            ("none", "No check yet"),
        ],
        compute="_compute_check_status",
        string="Weekly check",
    )

    @api.depends("turnover_12m", "turnover_before_12m")
    def _compute_change(self):
        for account in self:
            account.change = (
                change_percent(account.turnover_12m, account.turnover_before_12m) or 0
            )

    @api.depends("check_ids.state", "check_ids.date_deadline", "last_check_date")
    def _compute_check_status(self):
        today = fields.Date.context_today(self)
        for account in self:
            opened = account.check_ids.filtered(lambda one: one.state == "open")[:1]
            if opened:
                late = opened.date_deadline < today
                account.check_status = "late" if late else "due"
            else:
                done = account.last_check_date
                account.check_status = "done" if done else "none"

    @api.model
    def _get_compared_period(self, company):
        """The last full months that are compared with the same ones a year before.

        :return: first day, first day that does not count any more
        """
        end = company_today(company).replace(day=1)
        return end - relativedelta(months=COMPARED_MONTHS), end

    def _get_turnovers(self, periods):
        """Turnover and margin of periods, from the sums by month.

        :param periods: dict of key: (first day, first day that does not count)
        :return: dict of (customer id, key): (turnover, margin or None, deals)
        """
        self.env["followup.sales.month"].flush_model()
        keys, starts, ends = [], [], []
        for key, (start, end) in periods.items():
            keys.append(str(key))
            starts.append(start)
            ends.append(end)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.customer_id, p.key, SUM(m.amount)::float8,
                       SUM(m.margin)::float8, SUM(m.document_count)::integer
                  FROM unnest(%s::text[], %s::date[], %s::date[]) AS p (key, f, t)
                  JOIN followup_sales_month m ON m.month >= p.f AND m.month < p.t
                 WHERE m.customer_id = ANY(%s)
                 GROUP BY 1, 2
                """,
                keys,
                starts,
                ends,
                self.customer_id.ids,
            )
        )
        found = {(row[0], row[1]): row[2:] for row in rows}
        return {
            (customer_id, key): found.get((customer_id, str(key)), (0.0, None, 0))
            for customer_id in self.customer_id.ids
            for key in periods
        }

    def _get_months(self, years):
        """Turnover by month: dict of (customer id, year): list of 12 amounts."""
        self.env["followup.sales.month"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer_id, EXTRACT(YEAR FROM month)::integer,
                       EXTRACT(MONTH FROM month)::integer, amount::float8
                  FROM followup_sales_month
                 WHERE customer_id = ANY(%s)
                   AND EXTRACT(YEAR FROM month)::integer = ANY(%s)
                """,
                self.customer_id.ids,
                list(years),
            )
        )
        result = {
            (customer_id, year): [0.0] * 12
            for customer_id in self.customer_id.ids
            for year in years
        }
        for customer_id, year, month, amount in rows:
            result[customer_id, year][month - 1] = amount
        return result

    def _get_contact_counts(self, date_from, date_to):
        """Visits and all contacts that took place: dict of customer id: (…, …)."""
        # Elevated: counts only, of accounts that the caller may see.
        self.env["followup.interaction"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer_id,
                       COUNT(*) FILTER (WHERE method IN ('visit', 'customer_visit')),
                       COUNT(*)
                  FROM followup_interaction
                 WHERE customer_id = ANY(%s) AND state = 'done'
                   AND date >= %s AND date <= %s
                 GROUP BY customer_id
                """,
                self.customer_id.ids,
                date_from,
                date_to,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _get_receivables(self):
        """Balance and overdue, as computed last: dict of customer id: dict."""
        # Elevated: shown on the file to whoever may see the account.
        rows = (
            self.env["followup.value"]
            .sudo()
            .search_read(
                [("customer_id", "in", self.customer_id.ids)],
                ["customer_id", "balance", "overdue", "oldest_due"],
                load=False,
            )
        )
        return {row["customer_id"]: row for row in rows}

    def _get_orders_under_way(self):
        """Orders under way: dict of customer id: (all, late, at risk)."""
        self.env["followup.order.tracking"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT customer_id, COUNT(*), COUNT(*) FILTER (WHERE risk = 'late'),
                       COUNT(*) FILTER (WHERE risk = 'at_risk')
                  FROM followup_order_tracking
                 WHERE customer_id = ANY(%s) AND state = 'open' GROUP BY customer_id
                """,
                self.customer_id.ids,
            )
        )
        return {row[0]: row[1:] for row in rows}

    @api.model
    def _get_week(self, company):
        """Monday of this week where the company is, and the day checks are due on."""
        today = company_today(company)
        monday = today - timedelta(days=today.weekday())
        # Elevated: a setting.
        weekday = int(company.sudo().fcrm_account_check_weekday)
        return monday, monday + timedelta(days=weekday)
