from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...tools.forecast import change_percent
from .account_check_findings import BAD, FAIR, GOOD, PLAIN
from .account_figures import format_period

OUTLOOK_COLORS = {"good": GOOD, "close": FAIR, "bad": BAD}


class Account(models.Model):
    """The review of a key account on one page: what is, what changed, what is next."""

    _inherit = "followup.account"

    review_page = fields.Json(
        compute="_compute_review_page", string="Review page", exportable=False
    )

    @api.depends("customer_id", "state")
    @api.depends_context("lang", "uid")
    def _compute_review_page(self):
        accounts = self.filtered("id")
        cards = accounts._get_cards()
        plans = accounts._get_year_plans()
        issues = accounts._get_issues()
        for account in self:
            if not account.id:
                account.review_page = {}
                continue
            card, plan = cards[account], plans.get(account)
            account.review_page = {
                "status": account._get_status_text(),
                "lane": ", ".join(account._get_lane()),
                "check": account._get_check_banner(),
                "tiles": account._get_tiles(card, plan),
                "chart": account._get_chart(card, plan),
                "products": account._get_product_table(card),
                "terms": account._get_terms(card),
                "people": account._get_people_rows(),
                "issues": issues.get(account.customer_id.id, []),
                "judgement": account._get_judgement(),
                "events": account._get_event_rows(),
                "plan": account._get_plan_text(plan),
            }

    # === PARTS === #

    def _money(self, amount):
        return formatLang(self.env, amount or 0, digits=0)

    def _percent(self, change):
        return "" if change is None else f"{change:+.0f} %"

    def _get_check_banner(self):
        """What the manager has to do next: the open check, or that all is well."""
        check = self.check_ids.filtered(lambda one: one.state == "open")[:1]
        if self.state != "current":
            return None
        if not self.manager_id:
            text = self.env._("No key account manager yet: nobody checks this account.")
            return {"color": FAIR, "text": text, "button": ""}
        if not check:
            if not self.last_check_date:
                return {
                    "color": "info",
                    "text": self.env._("Not checked yet."),
                    "button": self.env._("Check now"),
                }
            text = self.env._(
                "Checked on %(date)s.", date=format_date(self.env, self.last_check_date)
            )
            return {"color": GOOD, "text": text, "button": ""}
        late = check.date_deadline < fields.Date.context_today(self)
        text = self.env._(
            "The weekly check is due on %(date)s.",
            date=format_date(self.env, check.date_deadline),
        )
        if check.needs_reason:
            text += " " + self.env._(
                "Turnover changed by %(change)s: why?",
                change=self._percent(check.change),
            )
        return {
            "color": BAD if late else FAIR if check.needs_reason else "info",
            "text": text,
            "button": self.env._("Check now"),
        }

    def _get_tiles(self, card, plan):
        """Six figures: what counts first, each with what it is measured by."""
        return [
            self._get_turnover_tile(card),
            self._get_plan_tile(plan),
            self._get_overdue_tile(card),
            self._get_orders_tile(card),
            self._get_complaints_tile(),
            self._get_visits_tile(),
        ]

    def _get_turnover_tile(self, card):
        change = change_percent(card.turnover, card.turnover_before)
        # Elevated: a setting.
        limit = self.sudo().company_id.fcrm_account_change_percent
        color = PLAIN
        if change is not None and abs(change) >= limit:
            color = GOOD if change > 0 else BAD
        return {
            "key": "turnover",
            "title": self.env._("Turnover of 12 months"),
            "value": self._money(card.turnover),
            "unit": self.currency_id.name,
            "text": self.env._(
                "%(change)s on the 12 months before", change=self._percent(change)
            )
            if change is not None
            else self.env._("Nothing in the 12 months before"),
            "color": color,
        }

    def _get_plan_tile(self, plan):
        tile = {
            "key": "plan",
            "title": self.env._("Forecast of the target"),
            "value": "–",
            "text": self.env._("No plan for this year yet"),
            "color": FAIR,
        }
        if plan and plan.target_turnover:
            tile |= {
                "value": f"{plan.forecast_reached:.0f} %",
                "text": self.env._(
                    "%(now)s so far, of %(target)s",
                    now=self._money(plan.actual_turnover),
                    target=self._money(plan.target_turnover),
                ),
                "color": OUTLOOK_COLORS.get(plan.outlook, PLAIN),
                "progress": min(100, round(plan.reached)),
            }
        return tile

    def _get_overdue_tile(self, card):
        values, limit = card.receivables, self.customer_id.file_credit_limit
        balance, overdue = values.get("balance") or 0, values.get("overdue") or 0
        text = self.env._("%(balance)s still open", balance=self._money(balance))
        if limit:
            text = self.env._(
                "%(balance)s open, %(part)s %% of the limit",
                balance=self._money(balance),
                part=f"{100 * balance / limit:.0f}",
            )
        return {
            "key": "overdue",
            "title": self.env._("Overdue"),
            "value": self._money(overdue),
            "unit": self.currency_id.name,
            "text": text,
            "color": BAD if overdue or (limit and balance > limit) else GOOD,
        }

    def _get_orders_tile(self, card):
        total, late, at_risk = card.orders
        return {
            "key": "orders",
            "title": self.env._("Orders under way"),
            "value": str(total),
            "text": self.env._(
                "%(late)s late, %(risk)s at risk", late=late, risk=at_risk
            )
            if late or at_risk
            else self.env._("All on time"),
            "color": BAD if late else FAIR if at_risk else GOOD,
        }

    def _get_complaints_tile(self):
        opened = self.env["followup.complaint"].search_count(
            [("customer_id", "=", self.customer_id.id), ("is_open", "=", True)]
        )
        return {
            "key": "complaints",
            "title": self.env._("Open complaints"),
            "value": str(opened),
            "text": self.env._("To be settled") if opened else self.env._("None"),
            "color": BAD if opened else GOOD,
        }

    def _get_visits_tile(self):
        rows = self.contact_ids
        due = rows.filtered(lambda row: row.status in ("never", "due"))
        gaps = rows.filtered(lambda row: row.status == "gap")
        tile = {
            "key": "visits",
            "title": self.env._("Visits due"),
            "value": str(len(due)),
            "text": self.env._("of %(count)s people", count=len(rows)),
            "color": BAD if due else GOOD,
        }
        if gaps:
            tile["text"] = self.env._(
                "Levels without a person: %(count)s", count=len(gaps)
            )
            tile["color"] = BAD
        if not rows:
            tile |= {
                "value": "–",
                "color": FAIR,
                "text": self.env._("Nobody is matched yet"),
            }
        return tile

    def _get_chart(self, card, plan):
        """Turnover by month: this year, last year, target."""
        target = [0] * 12
        if plan:
            for line in plan.line_ids:
                target[int(line.month) - 1] = line.turnover
        now, before = card.months
        full = card.month - 1
        change = change_percent(sum(now[:full]), sum(before[:full]))
        return {
            "year": card.year,
            "month": card.month,
            "now": now,
            "before": before,
            "target": target,
            "total": self._money(sum(now)),
            "total_before": self._money(sum(before)),
            "change": self.env._(
                "%(change)s in the full months of the year",
                change=self._percent(change),
            )
            if change is not None
            else "",
            "good": (change or 0) >= 0,
        }

    def _get_product_table(self, card):
        """Dealings by product and quarter, with the change against a year before."""
        names = [format_period(self.env, day, "yQQQ") for day in card.quarters]
        rows = []
        for name, parts, total, before in card.products:
            change = change_percent(total, before)
            rows.append(
                {
                    "name": name,
                    "parts": [self._money(part) if part else "" for part in parts],
                    "total": self._money(total),
                    "change": self._percent(change)
                    if change is not None
                    else self.env._("new"),
                    "good": change is None or change >= 0,
                }
            )
        return {"quarters": names, "rows": rows}

    def _get_terms(self, card):
        """Credit and payment terms: label, value, color where it matters."""
        customer, values = self.customer_id, card.receivables
        names = ("file_payment_term_id", "file_credit_limit")
        names += ("credit_period_days", "settlement_day")
        labels = customer.fields_get(names, ["string"])
        oldest, overdue = values.get("oldest_due"), values.get("overdue") or 0
        # Elevated: a name, shown on the file as well.
        terms = customer.file_payment_term_id.sudo().display_name
        limit = customer.file_credit_limit
        no_limit, still_open = self.env._("none set"), self.env._("Still open")
        late, since = self.env._("Overdue"), self.env._("Overdue since")
        texts = dict(
            zip(
                [*(labels[name]["string"] for name in names), still_open, late, since],
                [
                    terms,
                    self._money(limit) if limit else no_limit,
                    str(customer.credit_period_days or ""),
                    str(customer.settlement_day or ""),
                    self._money(values.get("balance")),
                    self._money(overdue),
                    format_date(self.env, oldest) if oldest and overdue else "",
                ],
                strict=True,
            )
        )
        return [
            {
                "label": label,
                "value": value,
                "color": BAD if overdue and label in (late, since) else "",
            }
            for label, value in texts.items()
            if value
        ]
