from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...tools.day import company_today
from .dashboard import SHOWN

MOVED_DAYS = 30
LARGEST = 8
MOVE_COLORS = {"up": "success", "down": "danger", "moved": "info"}
ACTIVITY_COLORS = {
    "new": "info",
    "active": "success",
    "reactivated": "success",
    "at_risk": "warning",
    "dormant": "danger",
    "lost": "danger",
}


class Dashboard(models.AbstractModel):
    """Turnover, classes, moves between them, and who is leaving (S2)."""

    _inherit = "followup.dashboard"

    def _panel_months(self, role):
        """Turnover of this year and of the last, month by month.

        Rows ``label``, ``value`` (this year; empty in months to come), ``before`` and
        the action of each; ``total`` and ``total_before``: the months up to this one.
        The current month counts up to today, its counterpart of last year in whole.
        """
        today = company_today(self.env.company)
        january = today.replace(month=1, day=1)
        domain = self._get_scope(role, "customer_id.user_id")
        domain &= self._here("followup.sales.month")
        found = self._get_months(
            domain
            & Domain("month", ">=", january - relativedelta(years=1))
            & Domain("month", "<=", january + relativedelta(months=11))
        )
        rows = self._get_month_rows(today, found, domain)
        done = rows[: today.month]
        return self._make_panel(
            "months",
            self.env._("Turnover by month"),
            rows if found else [],
            kind="months",
            total=sum(row["value"] for row in done),
            total_before=sum(row["before"] for row in done),
            years=(today.year, today.year - 1),
            empty=self.env._("Nothing was sold this year or last."),
            action="followup_crm.sales_month_action",
        )

    def _get_months(self, domain):
        """Turnover by month, as they are stored: a month is its first day."""
        query, column = self._search_columns("followup.sales.month", domain)
        query.groupby = column("month")
        amount = SQL("""SUM(%s)::float8""", column("amount"))
        return dict(self.env.execute_query(query.select(column("month"), amount)))

    def _get_month_rows(self, today, found, domain):
        """Each month of this year beside the same of the last."""
        rows = []
        for number in range(1, 13):
            month = today.replace(month=number, day=1)
            name = format_date(self.env, month, date_format="LLLL y")
            rows.append(
                {
                    "label": format_date(self.env, month, date_format="LLL"),
                    "value": found.get(month, 0) if month <= today else None,
                    "before": found.get(month - relativedelta(years=1), 0),
                    "action": self._list(
                        name,
                        "followup.sales.month",
                        domain & Domain("month", "=", fields.Date.to_string(month)),
                        mode="list,pivot",
                    ),
                }
            )
        return rows

    def _panel_classes(self, role):
        """Customers and turnover of 12 months by class of the policy scheme."""
        values = self.env["followup.value"]
        domain = self._get_scope(role, "customer_id.user_id")
        domain &= self._here(values._name)
        groups = values._read_group(domain, ["tier_id"], ["__count", "turnover:sum"])
        total = sum(turnover for _tier, _number, turnover in groups) or 1
        title = self.env._("Customers by class")
        return self._make_panel(
            "classes",
            title,
            [
                {
                    "label": tier.name or self.env._("Without a class"),
                    "value": number,
                    "unit": "number",
                    "tier_color": tier.color,
                    "hint": self.env._(
                        "%(share)s %% of turnover", share=round(100 * turnover / total)
                    ),
                    "action": self._list(
                        tier.name or title,
                        values._name,
                        domain & Domain("tier_id", "=", tier.id),
                        mode="list,kanban",
                    ),
                }
                for tier, number, turnover in sorted(
                    groups, key=lambda group: (not group[0], group[0].sequence)
                )
            ],
            empty=self.env._("No customer has a class yet."),
            action="followup_crm.tier_assignment_action",
        )

    def _panel_moves(self, role):
        """Who moved between the classes of the policy scheme within 30 days."""
        title = self.env._("Moved between classes in 30 days")
        changes = self.env["followup.tier.change"]
        domain = self._get_moved_domain(role)
        moves = changes.search_fetch(
            domain,
            ["customer_id", "from_tier_id", "to_tier_id", "direction", "date"],
            limit=SHOWN,
        )
        rows = [
            {
                "title": move.customer_id.name or "",
                "text": format_date(self.env, move.date),
                "badge": f"{move.from_tier_id.name} → {move.to_tier_id.name}",
                "color": MOVE_COLORS[move.direction],
                "action": self._open(move.customer_id),
            }
            for move in moves
        ]
        return self._make_panel(
            "moves",
            title,
            rows,
            kind="list",
            empty=self.env._("Nobody moved up or down."),
            action=self._list(title, changes._name, domain, mode="list,pivot"),
        )

    def _get_moved_domain(self, role):
        scheme = self.env["followup.tier.scheme"]._get_policy(self.env.company)
        since = fields.Date.context_today(self) - relativedelta(days=MOVED_DAYS)
        return (
            Domain("scheme_id", "=", scheme.id)
            & Domain("date", ">=", fields.Date.to_string(since))
            & Domain("direction", "in", tuple(MOVE_COLORS))
            & self._get_scope(role, "customer_id.user_id")
        )

    def _panel_pareto(self, role):
        """The largest customers of 12 months and what they make up together (V10)."""
        values = self.env["followup.value"]
        domain = Domain("turnover", ">", 0) & self._here(values._name)
        total = self._get_totals(role)["turnover"]
        largest = values.search_fetch(
            domain,
            ["customer_id", "turnover", "tier_id"],
            order="turnover desc, id",
            limit=LARGEST,
        )
        rows, together = [], 0
        for value in largest:
            together += value.turnover
            rows.append(
                {
                    "label": value.customer_id.name,
                    "value": value.turnover,
                    "unit": "amount",
                    "tier_color": value.tier_color,
                    "hint": f"{100 * together / total:.0f} %",
                    "action": self._open(value.customer_id),
                }
            )
        return self._make_panel(
            "pareto",
            self.env._("Largest customers and their share together"),
            rows,
            empty=self.env._("Nothing was sold within 12 months."),
            action="followup_crm.tier_pareto_action",
        )

    def _panel_activity(self, role):
        """How many are new, active, at risk, lost; and the retention rate (V7)."""
        model = "followup.value"
        domain = Domain("activity", "!=", "prospect")
        run = self.env["followup.value.run"].search(
            [("company_id", "=", self.env.company.id)], order="id desc", limit=1
        )
        note = ""
        if run.retention_known:
            note = self.env._(
                "%(rate)s %% of last year's customers ordered again",
                rate=round(100 * run.retention),
            )
        return self._make_panel(
            "activity",
            self.env._("Customers by activity"),
            self._bars_by(model, domain, "activity", ACTIVITY_COLORS),
            note=note,
            empty=self.env._("No customer has ordered yet."),
            action="followup_crm.retention_action",
        )
