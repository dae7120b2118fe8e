from odoo import models
from odoo.tools import formatLang

from ...tools.forecast import change_percent
from ...tools.sheet import Cell, Report, Sheet, pairs, table, text_cell
from ...tools.workbook import money_format

PROFILE_FIELDS = (
    "user_id",
    "sheet_address",
    "phone",
    "email",
    "website",
    "industry_id",
    "ownership_type_id",
    "size_category",
    "business_scope_ids",
    "person_in_charge_name",
    "person_in_charge_function",
    "registered_capital",
    "founding_date",
    "first_order_date",
    "order_count",
)
CREDIT_FIELDS = (
    "file_payment_term_id",
    "file_credit_limit",
    "credit_period_days",
    "settlement_day",
)
JUDGEMENT_FIELDS = ("strengths", "weaknesses", "opportunities", "risks")
ACCOUNT_FIELDS = ("manager_id", "date_from", "introduced_date", "last_check_date")
PRINTED_EVENTS = 12


class Account(models.Model):
    """The key account card (大客户档案卡, A2), for PDF and workbook.

    Confidential: it holds tier and judgement, and is not meant for customers.
    """

    _inherit = "followup.account"

    # === ACTIONS === #

    def action_print_card(self):
        """Print the cards as a PDF."""
        self.check_access("read")
        return self.env.ref("followup_crm.account_card_report").report_action(self)

    def action_print_card_xlsx(self):
        """Download the cards of these accounts as one workbook."""
        self.check_access("read")
        return self._get_workbook_action("account_card")

    # === BUSINESS === #

    def _get_card_report(self):
        """The cards of these accounts, for PDF and workbook.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self.check_access("read")
        labels = self._get_print_labels(
            count=self.env._("Number of key accounts"),
            register=self.env._("Key accounts"),
            code=self.env._("Customer code"),
        )
        cards, plans = self._get_cards(), self._get_year_plans()
        names = self.customer_id._get_sheet_field_labels()
        records = self._get_card_records()
        register = [one._get_register_row(cards[one], plans.get(one)) for one in self]
        return Report(
            title=self.env._("Key account card"),
            facts=self._get_print_facts(labels, self.company_id, len(self)),
            sheets=tuple(
                Sheet(
                    code=account.customer_id.code or "",
                    name=account.customer_id.name or "",
                    sections=tuple(
                        section
                        for section in account._get_card_sections(
                            cards[account], plans.get(account), names, records
                        )
                        if section
                    ),
                    register=tuple(cell for _label, cell in row),
                )
                for account, row in zip(self, register, strict=True)
            ),
            register_headings=tuple(label for label, _cell in register[0])
            if register
            else (),
            labels=labels,
        )

    def _get_card_records(self):
        """What is open, read for all accounts together."""
        return {
            "complaints": self._get_open_records(
                "followup.complaint", [("is_open", "=", True)]
            ),
            "orders": self._get_open_records(
                "followup.order.tracking", [("state", "=", "open")]
            ),
        }

    def _get_card_sections(self, card, plan, names, records):
        """The sections of one card, in the order in which they are read."""
        self.ensure_one()
        customer = self.customer_id
        own = self.fields_get([*ACCOUNT_FIELDS, "strategy"], ["string"])
        own = {name: description["string"] for name, description in own.items()}
        profile = self._get_sheet_pairs("", self, ACCOUNT_FIELDS, own).rows
        about = self._get_sheet_pairs("", customer, PROFILE_FIELDS, names).rows
        tier = (customer._fields["tier_id"].get_description(self.env)["string"],)
        judgement = self._get_sheet_pairs("", self, ("strategy",), own).rows
        judgement += self._get_sheet_pairs("", customer, JUDGEMENT_FIELDS, names).rows
        return [
            pairs(
                self.env._("Profile"),
                [*profile, (*tier, text_cell(self.tier_id.name)), *about],
            ),
            self._get_changes_section(card),
            self._get_products_section(card),
            self._get_credit_section(card, names),
            self._get_people_section(),
            self._get_plan_section(plan),
            *self._get_open_sections(records),
            pairs(self.env._("Judgement"), judgement),
            *self._get_history_sections(),
        ]

    # === SECTIONS === #

    def _cell(self, amount, currency=True):
        """An amount in company currency; zero is a figure here."""
        name = self.company_id.currency_id.name if currency else ""
        text = formatLang(self.env, amount, digits=0)
        return Cell(
            f"{text} {name}".strip(), round(amount, 2), money_format(name, decimals=0)
        )

    def _change_cell(self, now, before):
        change = change_percent(now, before)
        if change is None:
            return Cell()
        return Cell(f"{change:+.0f} %", round(change, 1), '+0.0" %";-0.0" %"')

    def _get_changes_section(self, card):
        """Changes in dealings: month by month, this year against the last."""
        currency = self.company_id.currency_id.name
        return table(
            self.env._("Changes in dealings (%(currency)s)", currency=currency),
            (
                self.env._("Month"),
                str(card.year),
                str(card.year - 1),
                self.env._("Change"),
            ),
            [*self._get_month_rows(card), *self._get_sum_rows(card)],
        )

    def _get_month_rows(self, card):
        """A row per month in which something was sold; full months are compared."""
        months = self.env["followup.account.plan.line"]._fields["month"]
        labels = dict(months._description_selection(self.env))
        rows = zip(*card.months, strict=True)
        return [
            (
                text_cell(labels[str(number)]),
                self._cell(now, False),
                self._cell(before, False),
                self._change_cell(now, before) if number < card.month else Cell(),
            )
            for number, (now, before) in enumerate(rows, start=1)
            if now or before
        ]

    def _get_sum_rows(self, card):
        """Full months and the whole year; a year that is not over has no change."""
        now, before = card.months
        full = card.month - 1
        sums = (
            (self.env._("Full months"), sum(now[:full]), sum(before[:full]), True),
            (self.env._("Whole year"), sum(now), sum(before), False),
            (
                self.env._("Last 12 full months"),
                card.turnover,
                card.turnover_before,
                True,
            ),
        )
        return [
            (
                text_cell(label),
                self._cell(one, False),
                self._cell(other, False),
                self._change_cell(one, other) if is_compared else Cell(),
            )
            for label, one, other, is_compared in sums
            if one or other
        ]

    def _get_products_section(self, card):
        """Dealings by product and quarter, against the same quarters a year before."""
        headings = self._get_product_table(card)["quarters"]
        return table(
            self.env._(
                "Dealings by product (%(currency)s)",
                currency=self.company_id.currency_id.name,
            ),
            (
                self.env._("Product"),
                *headings,
                self.env._("Together"),
                self.env._("A year before"),
                self.env._("Change"),
            ),
            [
                (
                    text_cell(name),
                    *(self._cell(p, False) if p else Cell() for p in parts),
                    self._cell(total, False),
                    self._cell(before, False),
                    self._change_cell(total, before),
                )
                for name, parts, total, before in card.products
            ],
        )

    def _get_credit_section(self, card, names):
        """Credit and payment terms, and how it stands."""
        values = card.receivables
        rows = self._get_sheet_pairs("", self.customer_id, CREDIT_FIELDS, names).rows
        stands = [
            (self.env._("Still open"), self._cell(values.get("balance") or 0)),
            (self.env._("Overdue"), self._cell(values.get("overdue") or 0)),
        ]
        return pairs(self.env._("Credit and payment terms"), [*rows, *stands])

    def _get_people_section(self):
        """Who visits whom; business contacts only, no personal data."""
        names = ("role", "contact_id", "function", "user_id", "interval_days")
        plain = self.contact_ids.with_context(partner_display_name_hide_company=True)
        return self._get_sheet_table(
            self.env._("Who visits whom"),
            plain,
            (*names, "last_date", "next_date", "note"),
        )

    def _get_plan_section(self, plan):
        """Targets of the year against what was reached."""
        if not plan:
            return None
        labels = plan.fields_get(attributes=["string"])
        names = ("target_turnover", "target_so_far", "actual_turnover")
        names += ("forecast_turnover", "target_visits", "actual_visits", "measures")
        return self._get_sheet_pairs(
            self.env._("Plan of %(year)s", year=plan.year),
            plan,
            names,
            {name: labels[name]["string"] for name in names},
        )

    def _get_open_sections(self, records):
        """Open complaints and orders under way."""
        key = self.customer_id.id
        complaints = records["complaints"].get(key, self.env["followup.complaint"])
        orders = records["orders"].get(key, self.env["followup.order.tracking"])
        return [
            self._get_sheet_table(
                self.env._("Open complaints"),
                complaints,
                ("name", "subject", "received_date", "severity", "state", "user_id"),
            ),
            self._get_sheet_table(
                self.env._("Orders under way"),
                orders,
                ("name", "order_date", "delivery_date", "forecast_delivery_date")
                + ("days_late", "risk"),
            ),
        ]

    def _get_history_sections(self):
        """Letters, analyses that were closed, and what happened."""
        closed = self.review_ids.filtered(lambda review: review.state == "closed")
        return [
            self._get_sheet_table(
                self.env._("Letters of intent"),
                self.intent_ids,
                ("name", "state", "date_from", "date_to", "amount", "signed_date")
                + ("ordered_amount",),
            ),
            self._get_sheet_table(
                self.env._("Analyses"),
                closed[:4],
                ("kind", "date_from", "turnover", "turnover_before", "comment"),
            ),
            self._get_sheet_table(
                self.env._("What happened"),
                self.event_ids[:PRINTED_EVENTS],
                ("date", "kind", "before", "after", "note"),
            ),
        ]

    def _get_register_row(self, card, plan):
        """One line of the list of all accounts: (heading, cell)."""
        customer, env = self.customer_id, self.env
        values = card.receivables
        return [
            (env._("Customer code"), text_cell(customer.code)),
            (env._("Customer"), text_cell(customer.name)),
            (env._("Key account manager"), self._get_sheet_cell(self, "manager_id")),
            (env._("Tier"), text_cell(self.tier_id.name)),
            (env._("Last 12 full months"), self._cell(card.turnover)),
            (env._("12 months before"), self._cell(card.turnover_before)),
            (
                env._("Change"),
                self._change_cell(card.turnover, card.turnover_before),
            ),
            (
                env._("Target of the year"),
                self._cell(plan.target_turnover) if plan else Cell(),
            ),
            (
                env._("Forecast of the year"),
                self._cell(plan.forecast_turnover) if plan else Cell(),
            ),
            (env._("Still open"), self._cell(values.get("balance") or 0)),
            (env._("Overdue"), self._cell(values.get("overdue") or 0)),
            (env._("Late orders"), Cell(str(card.orders[1]), card.orders[1], "0")),
            (
                env._("Last checked on"),
                self._get_sheet_cell(self, "last_check_date"),
            ),
        ]
