from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.interaction.interaction import OPEN_STATES
from ..models.interaction.visit_card import CARD_FIELDS
from ..tools.sheet import Cell, Report, Sheet, pairs, text_cell


class BusinessSummary(models.TransientModel):
    """The business with customers over a period (定期业务总结, F13).

    Sales against the period before, contacts, needs, and what comes next; complaints
    are added by their room.
    """

    _name = "followup.business.summary"
    _inherit = "followup.sheet.mixin"
    _description = "Periodic business summary"

    customer_ids = fields.Many2many(
        "followup.customer",
        "followup_business_summary_customer_rel",
        string="Customers",
        required=True,
    )
    period = fields.Selection(
        [
            ("month", "Last month"),
            ("quarter", "Last quarter"),
            ("year", "Last year"),
            ("running", "This year"),
            ("own", "Other"),
        ],
        default="quarter",
        required=True,
    )
    date_from = fields.Date(
        string="From",
        compute="_compute_dates",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    date_to = fields.Date(
        string="Until",
        compute="_compute_dates",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    @api.depends("period")
    def _compute_dates(self):
        today = fields.Date.context_today(self)
        month = today.replace(day=1)
        quarter = month - relativedelta(months=(today.month - 1) % 3)
        year = today.replace(month=1, day=1)
        spans = {
            "month": (month - relativedelta(months=1), month),
            "quarter": (quarter - relativedelta(months=3), quarter),
            "year": (year - relativedelta(years=1), year),
            "running": (year, today + timedelta(days=1)),
        }
        for summary in self:
            if summary.period in spans:
                begin, end = spans[summary.period]
                summary.date_from, summary.date_to = begin, end - timedelta(days=1)

    # === ACTIONS === #

    def action_print(self):
        """The summary as a PDF."""
        self._check()
        return self.env.ref("followup_crm.business_summary_report").report_action(self)

    def action_print_xlsx(self):
        """The summary as a workbook."""
        self._check()
        return self._get_workbook_action("business_summary")

    def _check(self):
        self.ensure_one()
        self.customer_ids._check_sheet_access()
        if self.date_to < self.date_from:
            raise UserError(self.env._("The period ends before it begins."))

    # === BUSINESS === #

    def _get_summary_report(self):
        """The summary of each customer.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self._check()
        customers = self.customer_ids
        labels = customers._get_sheet_labels()
        sections = self._get_sections(customers)
        period = (
            self.env._("Period"),
            " – ".join(
                self._get_sheet_cell(self, name).text
                for name in ("date_from", "date_to")
            ),
        )
        register = {customer: self._get_register(customer) for customer in customers}
        return Report(
            title=self.env._("Business summary"),
            facts=(
                *customers._get_print_facts(
                    labels, customers.company_id, len(customers)
                ),
                period,
            ),
            sheets=tuple(
                Sheet(
                    code=customer.code or "",
                    name=customer.name or "",
                    sections=tuple(s for s in sections[customer] if s),
                    register=register[customer],
                )
                for customer in customers
            ),
            register_headings=(labels["code"], self.env._("Customer")),
            labels=labels,
        )

    def _get_register(self, customer):
        return (text_cell(customer.code), text_cell(customer.name))

    def _get_sections(self, customers):
        """Sections of each customer, read together; other rooms add theirs.

        :return: dict customer → list of ``tools.sheet`` sections
        """
        contacts = customers._get_card_contacts(self.date_from, self.date_to)
        within = [("date", ">=", self.date_from), ("date", "<=", self.date_to)]
        needs = customers._get_sheet_details("followup.need", within)
        planned = [("state", "in", OPEN_STATES), ("is_personal", "!=", True)]
        following = customers._get_sheet_details("followup.interaction", planned)
        sales, before = self._get_sales(customers)
        return {
            customer: [
                self._get_figures(customer, sales[customer], before[customer]),
                self._get_sheet_table(
                    self.env._("Sales"),
                    sales[customer],
                    ("date", "order_id", "move_id", "amount"),
                ),
                customers._get_contact_counts(contacts[customer]),
                self._get_sheet_table(
                    self.env._("Contacts so far"), contacts[customer], CARD_FIELDS
                ),
                self._get_sheet_table(
                    self.env._("Needs and suggestions"),
                    needs[customer],
                    ("date", "name", "kind", "state", "answer"),
                ),
                self._get_sheet_table(
                    self.env._("What comes next"),
                    following[customer].sorted("date"),
                    ("date", "method", "purpose", "user_id"),
                ),
            ]
            for customer in customers
        }

    def _get_sales(self, customers):
        """Sales of the period, and of the period of the same length before it."""
        length = self.date_to - self.date_from
        end = self.date_from - timedelta(days=1)
        spans = ((self.date_from, self.date_to), (end - length, end))
        found = []
        for begin, last in spans:
            facts = self.env["followup.sales.fact"].search(
                Domain("customer_id", "in", customers.ids)
                & Domain("date", ">=", begin)
                & Domain("date", "<=", last),
                order="date, id",
            )
            grouped = facts.grouped("customer_id")
            found.append({c: grouped.get(c, facts.browse()) for c in customers})
        return found

    def _get_figures(self, customer, sales, before):
        """Section: turnover and deals against the period before."""
        amounts = [sum(facts.mapped("amount")) for facts in (sales, before)]
        currency = customer.company_id.currency_id
        cells = [
            Cell(currency.format(amount), amount, "#,##0.00") for amount in amounts
        ]
        growth = ""
        if amounts[1]:
            growth = f"{(amounts[0] / amounts[1] - 1) * 100:+.1f} %"
        return pairs(
            self.env._("Figures"),
            [
                (self.env._("Turnover"), cells[0]),
                (self.env._("Period before"), cells[1]),
                (self.env._("Change"), text_cell(growth)),
                (self.env._("Deals"), text_cell(str(len(sales)))),
                (self.env._("Deals before"), text_cell(str(len(before)))),
            ],
        )
