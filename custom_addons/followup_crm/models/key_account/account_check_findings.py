from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang

from ...tools.forecast import change_percent
from .account_figures import format_period

GOOD, BAD, FAIR, PLAIN = "success", "danger", "warning", "secondary"
# Kinds of events that are worth a look at once; the others are told plainly.
EVENT_COLORS = {"terms": BAD, "limit": BAD, "legal": FAIR, "management": FAIR}


class AccountCheck(models.Model):
    """What changed since the last check: one line each, in the reader's language."""

    _inherit = "followup.account.check"

    def _collect_findings(self):
        """Look at all these accounts together.

        :return: dict of check: list of dict(kind, title, color, text)
        """
        accounts = self.account_id
        receivables = accounts._get_receivables()
        orders = accounts._get_orders_under_way()
        complaints = self._get_new_complaints()
        events = self._get_events()
        last = self._get_last_overdue()
        result = {}
        for check in self:
            customer_id = check.customer_id.id
            lines = [
                check._find_turnover(),
                *check._find_events(events.get(check.id, ())),
                check._find_overdue(
                    receivables.get(customer_id, {}), last.get(check.account_id.id)
                ),
                check._find_complaints(complaints.get(check.id, (0, 0))),
                check._find_orders(orders.get(customer_id, (0, 0, 0))),
            ]
            result[check] = [line for line in lines if line]
        return result

    # === READING === #

    def _get_new_complaints(self):
        """Dict of check id: (open now, received since the last check)."""
        self.env["followup.complaint"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT k.id, COUNT(*) FILTER (WHERE c.is_open),
                       COUNT(*) FILTER (WHERE c.received_date >= k.since)
                  FROM followup_account_check k
                  JOIN followup_complaint c ON c.customer_id = k.customer_id
                       AND c.company_id = k.company_id
                 WHERE k.id = ANY(%s) GROUP BY k.id
                """,
                self.ids,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _get_events(self):
        """Dict of check id: events since the last check, oldest first."""
        since = [check.since for check in self if check.since]
        events = self.env["followup.account.event"].search(
            [
                ("account_id", "in", self.account_id.ids),
                *([("date", ">=", min(since))] if since else []),
            ],
            order="date, id",
        )
        by_account = events.grouped("account_id")
        return {
            check.id: by_account.get(check.account_id, events.browse()).filtered(
                lambda event, check=check: not check.since or event.date >= check.since
            )
            for check in self
        }

    def _get_last_overdue(self):
        """Dict of account id: what was overdue when the last check was done."""
        rows = self.env["followup.account.check"].search_read(
            [("account_id", "in", self.account_id.ids), ("state", "=", "done")],
            ["account_id", "overdue"],
            order="date, id",
            load=False,
        )
        return {row["account_id"]: row["overdue"] for row in rows}

    # === LINES === #

    @api.model
    def _line(self, kind, title, color, text):
        return {"kind": kind, "title": title, "color": color, "text": text}

    def _money(self, amount):
        name = self.company_id.currency_id.name
        return f"{formatLang(self.env, amount, digits=0)} {name}"

    def _find_turnover(self):
        change = change_percent(self.turnover, self.turnover_before)
        period = {
            "start": format_period(self.env, self.period_from, "yMMM"),
            "end": format_period(self.env, self.period_to, "yMMM"),
            "now": self._money(self.turnover),
            "before": self._money(self.turnover_before),
        }
        if change is None:
            text = self.env._(
                "%(start)s – %(end)s: %(now)s; nothing in the same months a year ago.",
                **period,
            )
            color = PLAIN
        else:
            text = self.env._(
                "%(start)s – %(end)s: %(now)s, against %(before)s a year ago:"
                " %(change)s %%.",
                change=f"{change:+.0f}",
                **period,
            )
            marked = abs(change) >= (self.limit_percent or 20)
            color = (GOOD if change > 0 else BAD) if marked else PLAIN
        return self._line("turnover", self.env._("Turnover"), color, text)

    def _find_events(self, events):
        kinds = dict(
            self.env["followup.account.event"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        nothing = self.env._("nothing")
        for event in events:
            text = event.note or ""
            if event.before or event.after:
                text = self.env._(
                    "was %(before)s, is now %(after)s",
                    before=event.before or nothing,
                    after=event.after or nothing,
                )
            day = fields.Datetime.context_timestamp(self, event.date)
            yield self._line(
                event.kind,
                kinds[event.kind],
                EVENT_COLORS.get(event.kind, PLAIN),
                " · ".join(filter(None, (format_date(self.env, day), text))),
            )

    def _find_overdue(self, values, last):
        now = values.get("overdue") or 0
        if not now and not last:
            return None
        text = self.env._(
            "%(now)s overdue; %(last)s at the last check.",
            now=self._money(now),
            last=self._money(last or 0),
        )
        color = GOOD if not now else BAD if now > (last or 0) else FAIR
        return self._line("overdue", self.env._("Overdue"), color, text)

    def _find_complaints(self, counts):
        opened, new = counts
        if not opened and not new:
            return None
        return self._line(
            "complaints",
            self.env._("Complaints"),
            BAD if new else FAIR,
            self.env._(
                "%(new)s new since the last check, %(open)s open.",
                new=new,
                open=opened,
            ),
        )

    def _find_orders(self, counts):
        total, late, at_risk = counts
        if not late and not at_risk:
            return None
        return self._line(
            "orders",
            self.env._("Late orders"),
            BAD if late else FAIR,
            self.env._(
                "%(late)s late and %(risk)s at risk, of %(total)s under way.",
                late=late,
                risk=at_risk,
                total=total,
            ),
        )
