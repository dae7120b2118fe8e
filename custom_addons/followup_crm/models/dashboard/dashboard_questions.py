from odoo import api, models
from odoo.fields import Domain
from odoo.tools import format_amount


class Dashboard(models.AbstractModel):
    """The questions that managers ask (S5): each with its answer, and its list."""

    _inherit = "followup.dashboard"

    def _panel_questions(self, role):
        answers = (
            self._answer_largest(),
            self._answer_cost(),
            self._answer_complaints(),
            self._answer_leaving(),
            self._answer_wanted(),
        )
        return self._make_panel(
            "questions",
            self.env._("Questions worth asking"),
            [answer for answer in answers if answer],
            kind="list",
        )

    @api.model
    def _make_answer(self, question, text, action, color="secondary"):
        return {
            "title": question,
            "text": text,
            "badge": "",
            "color": color,
            "action": action,
        }

    @api.model
    def _money(self, amount):
        """An amount without decimals, in company currency."""
        currency = self.env.company.currency_id
        return format_amount(self.env, round(amount), currency, trailing_zeroes=False)

    def _answer_largest(self):
        values = self.env["followup.value"].search_fetch(
            Domain("turnover_before", ">", 0) & self._here("followup.value"),
            ["customer_id", "turnover", "turnover_before"],
            order="turnover_before desc, id",
            limit=1,
        )
        text = self.env._("Nobody bought the year before.")
        if values:
            text = self.env._(
                "%(customer)s: %(now)s in 12 months, %(before)s in the 12 before",
                customer=values.customer_id.name,
                now=self._money(values.turnover),
                before=self._money(values.turnover_before),
            )
        return self._make_answer(
            self.env._("Did last year's largest customer order again?"),
            text,
            "followup_crm.value_comparison_action_largest",
            "danger" if values and not values.turnover else "success",
        )

    def _answer_cost(self):
        number = int(self._get_totals("manager")["unprofitable"])
        return self._make_answer(
            self.env._("Who raised our costs?"),
            self.env._("%(number)s customers cost more than they bring", number=number),
            "followup_crm.value_comparison_action_cost",
            "danger" if number else "success",
        )

    def _answer_complaints(self):
        values = self.env["followup.value"].search_fetch(
            Domain("complaint_count", ">", 0) & self._here("followup.value"),
            ["customer_id", "complaint_count"],
            order="complaint_count desc, id",
            limit=3,
        )
        names = [
            f"{value.customer_id.name} ({value.complaint_count})" for value in values
        ]
        return self._make_answer(
            self.env._("Who complains?"),
            ", ".join(names) or self.env._("Nobody complained in 12 months."),
            "followup_crm.value_comparison_action_complaint",
            "warning" if values else "success",
        )

    def _answer_leaving(self):
        totals = self._get_totals("manager")
        number = int(totals["at_risk"])
        return self._make_answer(
            self.env._("Who is leaving?"),
            self.env._(
                "%(number)s customers late by their own rhythm; they bought for"
                " %(amount)s the year before",
                number=number,
                amount=self._money(totals["at_risk_before"]),
            ),
            "followup_crm.value_action_risk",
            "danger" if number else "success",
        )

    def _answer_wanted(self):
        leads = self.env["crm.lead"]
        if not leads.has_access("read"):
            return None
        lead = leads.search_fetch(
            Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & Domain("expected_revenue", ">", 0)
            & Domain("company_id", "in", (False, self.env.company.id)),
            ["name", "expected_revenue", "partner_id"],
            order="expected_revenue desc, id",
            limit=1,
        )
        text = self.env._("No opportunity is open.")
        if lead:
            text = self.env._(
                "%(name)s: %(amount)s expected",
                name=lead.partner_id.name or lead.name,
                amount=self._money(lead.expected_revenue),
            )
        return self._make_answer(
            self.env._("Whom did we most want to win?"),
            text,
            "followup_crm.crm_lead_action_wanted",
            "info",
        )
