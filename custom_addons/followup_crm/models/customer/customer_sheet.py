from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.sheet import Report, Sheet, table, text_cell

# More than these fit neither into a link nor on anybody's desk.
MAX_SHEETS = 1000
INFORMATION_COUNT = 10
INFORMATION_DAYS = 730
FINANCE_COUNT = 4

# The fields of the sections that consist of labels and values. Neither the tier nor
# the standing belongs here: customers see this paper now and then. Personal data of
# decision makers (followup.person) never do.
BASIC_FIELDS = (
    "sheet_address",
    "phone",
    "fax_number",
    "email",
    "website",
    "vat",
    "company_registry",
    "ownership_type_id",
    "industry_id",
    "business_scope_ids",
    "category_id",
    "size_category",
    "person_in_charge_name",
    "person_in_charge_function",
    "person_in_charge_phone",
    "person_in_charge_email",
    "preferred_method",
    "lang",
    "tz",
    "source_channel_id",
    "referred_by_id",
    "user_id",
    "comment",
)
CREDIT_FIELDS = (
    "registered_capital",
    "founding_date",
    "file_payment_term_id",
    "credit_period_days",
    "settlement_day",
    "file_credit_limit",
    "trading_history",
)
OPERATING_FIELDS = (
    "sales_staff_count",
    "operating_staff_count",
    "trade_area",
    "sales_floor_area",
    "storage_area",
    "transport_mode_ids",
)
DEALINGS_FIELDS = ("first_order_date", "last_order_date", "order_count")
JUDGEMENT_FIELDS = ("strengths", "weaknesses", "opportunities", "risks")
COUNTRY_FIELDS = ("business_habits", "holidays", "gifts", "taboos")
FINANCE_FIELDS = (
    "sales",
    "costs",
    "profit",
    "cash_flow",
    "interest_paid",
    "market_share",
    "bank_opinion",
    "legal_representative",
    "management_structure",
    "source",
)
REGISTER_FIELDS = (
    "code",
    "name",
    "country_id",
    "city",
    "sheet_address",
    "zip",
    *BASIC_FIELDS[1:-1],
    *CREDIT_FIELDS[:-1],
    *OPERATING_FIELDS,
    *DEALINGS_FIELDS,
    "last_contact_date",
)


class Customer(models.Model):
    """The customer information sheet (客户资料表, table 13-1), for PDF and Excel."""

    _name = "followup.customer"
    _inherit = ["followup.customer", "followup.sheet.mixin"]

    sheet_address = fields.Char(
        string="Address",
        compute="_compute_sheet_address",
        help="The address on one line, in the order of its country.",
    )

    @api.depends(
        lambda self: [
            f"partner_id.{name}"
            for name in self.env["res.partner"]._display_address_depends()
        ]
    )
    @api.depends_context("lang")
    def _compute_sheet_address(self):
        for customer in self:
            customer.sheet_address = self._get_address_line(customer.partner_id)

    # === ACTIONS === #

    def action_print_sheet_xlsx(self):
        """Download the sheets of these customers as one workbook."""
        self._check_sheet_access()
        return self._get_workbook_action("customer_sheet")

    # === BUSINESS === #

    def _check_sheet_access(self):
        """Raise unless the user may read all these files, and they are not too many."""
        if len(self) > MAX_SHEETS:
            raise UserError(
                self.env._(
                    "At most %(limit)s customers can be printed at a time, and you"
                    " chose %(count)s. Choose fewer, or use Export for a plain list.",
                    limit=MAX_SHEETS,
                    count=len(self),
                )
            )
        self.check_access("read")

    def _get_sheet_report(self):
        """The sheets of these customers with what stands above them.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self._check_sheet_access()
        labels = self._get_sheet_labels()
        field_labels = self._get_sheet_field_labels()
        sections = self._get_sheet_sections(field_labels)
        return Report(
            title=self.env._("Customer information sheet"),
            facts=self._get_print_facts(labels, self.company_id, len(self)),
            sheets=tuple(
                Sheet(
                    code=customer.code or "",
                    name=customer.name or "",
                    sections=tuple(sections[customer]),
                    register=tuple(
                        self._get_sheet_cell(customer, name) for name in REGISTER_FIELDS
                    ),
                )
                for customer in self
            ),
            register_headings=tuple(field_labels[name] for name in REGISTER_FIELDS),
            labels=labels,
        )

    def _get_sheet_labels(self):
        return self._get_print_labels(
            count=self.env._("Number of customers"),
            register=self.env._("Customers"),
            code=self.env._("Customer code"),
        )

    def _get_sheet_field_labels(self):
        """Labels of the file's fields; some of Odoo's say too little on paper."""
        descriptions = self.fields_get(attributes=["string"])
        return {
            **{name: values["string"] for name, values in descriptions.items()},
            "name": self.env._("Customer"),
            "website": self.env._("Website"),
            "vat": self.env._("Tax number"),
            "company_registry": self.env._("Registration number"),
        }

    def _get_sheet_sections(self, labels=None):
        """The sections of each customer's sheet, without the empty ones.

        All customers' records are read together, one query per kind.

        :return: dict of customer: list of ``tools.sheet.Pairs`` and ``Table``
        """
        labels = labels or self._get_sheet_field_labels()
        since = fields.Date.context_today(self) - timedelta(days=INFORMATION_DAYS)
        details = self._get_sheet_details
        information = details(
            "followup.information", [("date", ">=", since)], INFORMATION_COUNT
        )
        finances = details("followup.customer.finance", [], FINANCE_COUNT)
        relations = details("followup.customer.relation", [])
        needs = details("followup.need", [("state", "=", "open")])
        result = {}
        for customer in self:
            sections = [
                *customer._get_sheet_profile(labels),
                *customer._get_sheet_market(labels),
                self._get_sheet_table(
                    self.env._("Business relations"),
                    relations[customer],
                    ("name", "note", "kind", "country_id", "period"),
                ),
                *customer._get_sheet_judgement(finances[customer], labels),
                self._get_sheet_table(
                    self.env._("Recent information"),
                    information[customer],
                    ("date", "content", "data_group", "reliability", "user_id"),
                ),
                self._get_sheet_table(
                    labels["open_need_count"],
                    needs[customer],
                    ("date", "name", "kind", "user_id", "date_deadline"),
                ),
                customer._get_sheet_country(),
            ]
            result[customer] = [section for section in sections if section]
        return result

    def _get_sheet_profile(self, labels):
        """Basic data, credit and operations (P1–P3), and the orders so far."""
        groups = self._get_data_group_labels()
        partner = self.partner_id
        contacts = partner.child_ids.filtered(lambda c: c.type == "contact")
        return [
            self._get_sheet_pairs(groups["basic"], self, BASIC_FIELDS, labels),
            self._get_sheet_table(
                self.env._("Contacts"),
                contacts,
                ("name", "function", "phone", "email"),
            ),
            self._get_sheet_delivery_places(labels),
            self._get_sheet_table(
                self.env._("Bank accounts"),
                partner.bank_ids,
                ("acc_number", "bank_id", "currency_id"),
            ),
            self._get_sheet_pairs(groups["credit"], self, CREDIT_FIELDS, labels),
            self._get_sheet_pairs(groups["operating"], self, OPERATING_FIELDS, labels),
            self._get_sheet_pairs(
                self.env._("Dealings with us"), self, DEALINGS_FIELDS, labels
            ),
        ]

    def _get_sheet_delivery_places(self, labels):
        places = self.partner_id.child_ids.filtered(lambda c: c.type == "delivery")
        return table(
            labels["delivery_place_count"],
            (self.env._("Place"), labels["sheet_address"], labels["phone"]),
            [
                (
                    text_cell(place.name),
                    text_cell(self._get_address_line(place)),
                    text_cell(place.phone),
                )
                for place in places
            ],
        )

    def _get_address_line(self, partner):
        address = partner._display_address(without_company=True)
        lines = (line.strip(" ,") for line in address.splitlines())
        return ", ".join(filter(None, lines))

    def _get_sheet_market(self, labels):
        """Competing products (P3) and purchase plans (P6)."""
        return [
            self._get_sheet_table(
                labels["competing_product_ids"],
                self.competing_product_ids,
                ("name", "note", "competitor_id", "price"),
            ),
            self._get_sheet_table(
                labels["purchase_plan_ids"],
                self.purchase_plan_ids,
                ("name", "note", "date_from", "date_to", "date_decision")
                + ("quantity", "uom_id", "amount", "our_share"),
            ),
        ]

    def _get_sheet_judgement(self, finances, labels):
        """Strengths and risks (P13), and its finances (P14), a column per year."""
        title = self._get_data_group_labels()["judgement"]
        names = finances.fields_get(["date", *FINANCE_FIELDS], ["string"])
        return [
            self._get_sheet_pairs(title, self, JUDGEMENT_FIELDS, labels),
            table(
                labels["finance_ids"],
                (
                    names["date"]["string"],
                    *(format_date(self.env, finance.date) for finance in finances),
                ),
                [
                    [text_cell(names[name]["string"]), *cells]
                    for name in FINANCE_FIELDS
                    if any(
                        cells := [
                            self._get_sheet_cell(finance, name) for finance in finances
                        ]
                    )
                ],
            ),
        ]

    def _get_sheet_country(self):
        """What to mind in the customer's country (P16)."""
        note = self.country_note_id
        descriptions = note.fields_get(COUNTRY_FIELDS, ["string"])
        labels = {name: values["string"] for name, values in descriptions.items()}
        country = self.country_id.display_name or ""
        title = self.env._("Dealing with %(country)s", country=country)
        return self._get_sheet_pairs(title, note, COUNTRY_FIELDS, labels)

    def _get_sheet_details(self, model, domain, limit=None):
        """Records of these customers by customer, read together.

        :param limit: the first so many of each customer
        """
        found = self.env[model].search([("customer_id", "in", self.ids), *domain])
        grouped = found.grouped("customer_id")
        return {
            customer: grouped.get(customer, found.browse())[:limit].with_prefetch(
                found._ids
            )
            for customer in self
        }
