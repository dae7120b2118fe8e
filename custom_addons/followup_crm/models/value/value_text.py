from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ...tools.day import company_today

GOOD, FAIR, POOR, NONE = "success", "warning", "danger", "secondary"
ACTIVITY_COLORS = {
    "new": "info",
    "active": GOOD,
    "reactivated": GOOD,
    "at_risk": FAIR,
    "dormant": POOR,
    "lost": POOR,
}
BAND_COLORS = {
    **{"high": GOOD, "excellent": GOOD, "good": GOOD, "medium": "info"},
    **{"fair": FAIR, "low": FAIR, "weak": POOR, "poor": POOR, "bad": POOR},
}


class Value(models.Model):
    """Each figure in a sentence, in the language of the user."""

    _inherit = "followup.value"

    churn_text = fields.Char(compute="_compute_texts", string="Rhythm")
    loyalty_text = fields.Char(compute="_compute_texts", string="Why this loyalty")
    credit_text = fields.Char(compute="_compute_texts", string="Why this credit score")
    lifetime_text = fields.Char(
        compute="_compute_texts", string="Why this lifetime value"
    )
    collection_text = fields.Char(compute="_compute_texts", string="Collection")
    margin_text = fields.Char(compute="_compute_texts", string="Why this margin")
    serve_text = fields.Char(compute="_compute_texts", string="Why this cost to serve")
    relation_text = fields.Char(compute="_compute_texts", string="Relation")

    @api.depends("customer_id", "activity", "turnover")
    @api.depends_context("lang")
    def _compute_texts(self):
        runs = self._get_last_runs()
        for value in self:
            run = runs.get(value.company_id.id, self.env["followup.value.run"])
            value.churn_text = value._get_churn_text(run)
            value.loyalty_text = value._get_loyalty_text()
            value.credit_text = value._get_credit_text()
            value.lifetime_text = value._get_lifetime_text(run)
            value.collection_text = value._get_collection_text()
            value.margin_text = value._get_margin_text()
            value.serve_text = value._get_serve_text()
            value.relation_text = value._get_relation_text()

    def _get_last_runs(self):
        """The last computation of each company, by the company's id."""
        # Elevated: how the figures were made is no secret.
        runs = self.env["followup.value.run"].sudo()
        newest = runs._read_group(
            [("company_id", "in", self.company_id.ids)], ["company_id"], ["id:max"]
        )
        return {company.id: runs.browse(run_id) for company, run_id in newest}

    # === SENTENCES === #

    def _day(self, date):
        return format_date(self.env, date) if date else "–"

    def _money(self, amount):
        """An amount with the currency's code, because $ is many."""
        # Elevated: in which currency a company reckons is no secret.
        currency = self.company_id.sudo().currency_id
        return f"{formatLang(self.env, amount, digits=0)} {currency.name}"

    def _number(self, number, digits=1):
        return formatLang(self.env, number, digits=digits)

    def _get_churn_text(self, run):
        if not self.last_order_date:
            return self.env._("No order yet.")
        if self.churn_state == "unrated":
            return self.env._(
                "Last order %(date)s. Unrated: too few orders to know what is usual.",
                date=self._day(self.last_order_date),
            )
        values = {
            "date": self._day(self.last_order_date),
            "days": self._number(self.median_days, 0),
            "risk": self._day(self.risk_date),
            "churn": self._day(self.churn_date),
        }
        if self.own_rhythm:
            return self.env._(
                "Last order %(date)s; usually every %(days)s days. At risk from"
                " %(risk)s (1.5 × its rhythm), churned from %(churn)s (3 ×).",
                **values,
            )
        return self.env._(
            "Last order %(date)s. Fewer than four orders, so all customers are the"
            " measure: at risk from %(risk)s (80 %% of intervals are shorter), churned"
            " from %(churn)s (95 %%).",
            **values,
        )

    def _get_loyalty_text(self):
        if self.loyalty_band == "unrated":
            return self.env._("Unrated: no order yet.")
        names = {
            "repeat": self.env._("repeat orders"),
            "frequency": self.env._("frequency"),
            "wallet": self.env._("share of wallet"),
            "referrals": self.env._("referrals"),
            "price": self.env._("insensitive to price"),
            "tolerance": self.env._("tolerant of faults"),
        }
        parts = self.loyalty_parts or {}
        known = self.env._(", ").join(
            self.env._("%(part)s %(points)d", part=names[name], points=parts[name])
            for name in names
            if name in parts
        )
        unknown = self.env._(", ").join(n for k, n in names.items() if k not in parts)
        text = self.env._("Of 100 each: %(parts)s.", parts=known)
        if unknown:
            text += " " + self.env._("Not known: %(parts)s.", parts=unknown)
        return text

    def _get_credit_text(self):
        parts = self.credit_parts or {}
        if self.credit_band == "unrated":
            return self.env._("Unrated: no invoice has been due yet.")
        sentences = [
            self.env._(
                "On average %(late)s days late, %(overdue)s %% of the open amount"
                " overdue.",
                late=parts.get("late", 0),
                overdue=parts.get("overdue", 0),
            )
        ]
        if "limit" in parts:
            sentences.append(
                self.env._("Credit limit used to %(use)s %%.", use=parts["limit"])
            )
        if "dso" in parts:
            sentences.append(
                self.env._(
                    "DSO %(dso)s days, payment terms %(terms)s days.",
                    dso=parts["dso"],
                    terms=parts.get("terms", 0),
                )
            )
        if "disputes" in parts:
            sentences.append(
                self.env._("Open complaints: %(number)d.", number=parts["disputes"])
            )
        if parts.get("bad"):
            sentences.append(self.env._("Marked as a bad debtor in Odoo."))
        return " ".join(sentences)

    def _get_lifetime_text(self, run):
        if self.lifetime_basis == "unrated":
            if not self.first_order_date:
                return self.env._("Unrated: no order yet.")
            return self.env._(
                "Unrated: too few customers ordered last year to know how many stay."
            )
        if self.lifetime_basis == "plain":
            text = self.env._(
                "%(yearly)s a year, referred customers among it, × the years that"
                " customers stay at a retention rate of %(rate)s %%.",
                yearly=self._money(self.turnover + self.referred_turnover),
                rate=self._number(100 * run.retention, 0),
            )
            if run.model_reason == "no_package":
                text += " " + run._get_model_note()
            return text
        text = self.env._("Turnover expected in three years by the buying model.")
        if self.alive_known:
            text += " " + self.env._(
                "It still buys with a probability of %(percent)d %%.",
                percent=self.alive_percent,
            )
        return text

    def _get_collection_text(self):
        text = self.env._(
            "Invoiced %(invoiced)s and collected %(collected)s in 12 months, taxes"
            " included; open %(balance)s.",
            invoiced=self._money(self.invoiced),
            collected=self._money(self.collected),
            balance=self._money(self.balance),
        )
        if self.overdue:
            text += " " + self.env._(
                "Overdue %(overdue)s since %(date)s.",
                overdue=self._money(self.overdue),
                date=self._day(self.oldest_due),
            )
        return text

    def _get_margin_text(self):
        if not self.margin_known:
            return self.env._(
                "Unrated: the cost of what was sold is not known for at least 80 %."
            )
        text = self.env._(
            "Gross margin %(margin)s of %(turnover)s in 12 months.",
            margin=self._money(self.margin),
            turnover=self._money(self.turnover),
        )
        if self.stock_known:
            text += " " + self.env._(
                "Cross ratio %(cross)s %% (margin rate × stock turnover), contribution"
                " ratio %(contribution)s %% (× share of turnover).",
                cross=self._number(100 * self.cross_ratio),
                contribution=self._number(100 * self.contribution_ratio, 2),
            )
        return text

    def _get_serve_text(self):
        text = self.env._(
            "%(hours)s hours in 12 months: %(visits)d visits, %(contacts)d other"
            " contacts, %(complaints)d complaints.",
            hours=self._number(self.effort_hours),
            visits=self.visit_count,
            contacts=self.contact_count,
            complaints=self.complaint_count,
        )
        if not self.serve_known:
            return text + " " + self.env._("Unrated: the settings name no hourly cost.")
        text += " " + self.env._(
            "Concessions %(concessions)s, late payment %(late)s.",
            concessions=self._money(self.concession_cost),
            late=self._money(self.late_cost),
        )
        if self.margin_known:
            text += " " + self.env._(
                "%(net)s are left of the margin.", net=self._money(self.net_margin)
            )
        return text

    def _get_relation_text(self):
        if not self.first_order_date:
            return self.env._("No order yet.")
        today = company_today(self.company_id)
        length = relativedelta(today, self.first_order_date)
        return self.env._(
            "Length: %(years)d years, %(months)d months. Depth: %(repeat)d repeat"
            " orders, %(categories)d product categories, %(increment)s more than the"
            " year before, referred turnover %(referred)s. Breadth: %(number)d"
            " customers referred.",
            years=length.years,
            months=length.months,
            repeat=self.repeat_count,
            categories=self.category_count,
            increment=self._money(self.turnover - self.turnover_before),
            referred=self._money(self.referred_turnover),
            number=self.referred_count,
        )
