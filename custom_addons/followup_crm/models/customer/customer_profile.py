from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import CONTACT_METHODS

SIZES = [
    ("micro", "Micro (fewer than 10 people)"),
    ("small", "Small (10 to 49)"),
    ("medium", "Medium (50 to 249)"),
    ("large", "Large (250 and more)"),
]


class Customer(models.Model):
    """The data groups of the customer file: P1–P3, P6, P13–P16."""

    _inherit = "followup.customer"

    # Basic data (P1); what Odoo has is the partner's own field.
    person_in_charge_id = fields.Many2one(
        "res.partner",
        string="Person in charge",
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('is_company', '=', False)]",
        index="btree_not_null",
        tracking=True,
        help="The person at the customer with whom we deal first.",
    )
    person_in_charge_name = fields.Char(
        string="Name of the person in charge",
        compute="_compute_person_in_charge",
        inverse="_inverse_person_in_charge",
    )
    person_in_charge_function = fields.Char(
        string="Position of the person in charge",
        compute="_compute_person_in_charge",
        inverse="_inverse_person_in_charge",
    )
    person_in_charge_phone = fields.Char(
        string="Phone of the person in charge",
        compute="_compute_person_in_charge",
        inverse="_inverse_person_in_charge",
    )
    person_in_charge_email = fields.Char(
        string="E-mail of the person in charge",
        compute="_compute_person_in_charge",
        inverse="_inverse_person_in_charge",
    )
    fax_number = fields.Char(string="Fax")
    ownership_type_id = fields.Many2one(
        "followup.ownership.type", string="Ownership type", ondelete="restrict"
    )
    business_scope_ids = fields.Many2many(
        "followup.business.scope",
        "followup_customer_scope_rel",
        "customer_id",
        "scope_id",
        string="Business scope",
    )
    size_category = fields.Selection(SIZES, string="Size")

    # Credit data (P2)
    registered_capital = fields.Monetary(
        currency_field="registered_currency_id", string="Registered capital"
    )
    registered_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the capital",
        default=lambda self: self.env.company.currency_id,
    )
    founding_date = fields.Date(string="Founding date")
    trading_history = fields.Text(
        help="How the business came about, changed hands or moved.",
        string="Trading history",
    )
    credit_period_days = fields.Integer(
        string="Credit period (days)", help="Days from delivery to payment as agreed."
    )
    settlement_day = fields.Integer(
        string="Settlement day",
        help="Day of the month (1 to 31) on which the customer settles its accounts.",
    )
    file_payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Payment terms",
        compute="_compute_company_terms",
        inverse="_inverse_file_payment_term_id",
    )
    file_credit_limit = fields.Monetary(
        string="Credit limit",
        compute="_compute_company_terms",
        currency_field="file_currency_id",
        help="As accounting set it for this company; 0 means none.",
    )
    file_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company currency"
    )

    # Operating data (P3)
    sales_staff_count = fields.Integer(string="Sales staff")
    operating_staff_count = fields.Integer(string="Operating staff")
    trade_area = fields.Char(
        help="From where its buyers come: district, city, region.", string="Trade area"
    )
    sales_floor_area = fields.Float(string="Sales floor (m²)", digits=(12, 1))
    storage_area = fields.Float(string="Storage (m²)", digits=(12, 1))
    transport_mode_ids = fields.Many2many(
        "followup.transport.mode",
        "followup_customer_transport_rel",
        "customer_id",
        "mode_id",
        string="Transport modes",
    )
    delivery_place_count = fields.Integer(
        string="Delivery places", compute="_compute_delivery_place_count"
    )
    competing_product_ids = fields.One2many(
        "followup.competing.product", "customer_id", string="Competing products"
    )

    # Market (P6)
    purchase_plan_ids = fields.One2many(
        "followup.purchase.plan", "customer_id", string="Purchase plans"
    )
    competitor_ids = fields.One2many(
        "followup.customer.relation",
        "customer_id",
        string="Its competitors",
        domain=[("kind", "=", "competitor")],
    )
    business_partner_ids = fields.One2many(
        "followup.customer.relation",
        "customer_id",
        string="Its partners",
        domain=[("kind", "=", "partner")],
    )
    former_supplier_ids = fields.One2many(
        "followup.customer.relation",
        "customer_id",
        string="Former suppliers",
        domain=[("kind", "=", "former_supplier")],
    )

    # Judgement (P13, P14)
    strengths = fields.Text()
    weaknesses = fields.Text()
    opportunities = fields.Text(string="Opportunities (outlook)")
    risks = fields.Text()
    finance_ids = fields.One2many(
        "followup.customer.finance", "customer_id", string="Its finances"
    )

    # Preferences and provenance (P7, P15)
    preferred_method = fields.Selection(
        CONTACT_METHODS, string="Preferred way of contact"
    )
    referred_by_id = fields.Many2one(
        "res.partner",
        string="Referred by",
        index="btree_not_null",
        help="Who brought this customer to us; counts for that customer's value.",
    )
    source_channel_id = fields.Many2one(
        "followup.information.channel", string="Found through", ondelete="restrict"
    )
    information_ids = fields.One2many("followup.information", "customer_id")
    information_count = fields.Integer(
        compute="_compute_related_counts", string="Information count"
    )
    need_ids = fields.One2many("followup.need", "customer_id")
    open_need_count = fields.Integer(
        string="Open needs", compute="_compute_related_counts"
    )
    country_note_id = fields.Many2one(
        "followup.country.note",
        compute="_compute_country_note_id",
        string="Country note",
    )
    country_business_habits = fields.Text(
        compute="_compute_country_note_id", string="Country business habits"
    )
    country_holidays = fields.Text(
        compute="_compute_country_note_id", string="Country holidays"
    )
    country_gifts = fields.Text(
        compute="_compute_country_note_id", string="Country gifts"
    )
    country_taboos = fields.Text(
        compute="_compute_country_note_id", string="Country taboos"
    )

    _settlement_day_of_month = models.Constraint(
        "CHECK (settlement_day BETWEEN 0 AND 31)",
        "The settlement day is a day of the month, from 1 to 31.",
    )
    _not_negative = models.Constraint(
        "CHECK (registered_capital >= 0 AND credit_period_days >= 0"
        " AND sales_staff_count >= 0 AND operating_staff_count >= 0"
        " AND sales_floor_area >= 0 AND storage_area >= 0)",
        "Capital, periods, numbers of staff and areas cannot be negative.",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "person_in_charge_id.name",
        "person_in_charge_id.function",
        "person_in_charge_id.phone",
        "person_in_charge_id.email",
    )
    def _compute_person_in_charge(self):
        for customer in self:
            person = customer.person_in_charge_id
            customer.person_in_charge_name = person.name
            customer.person_in_charge_function = person.function
            customer.person_in_charge_phone = person.phone
            customer.person_in_charge_email = person.email

    def _inverse_person_in_charge(self):
        """Find the named person among the customer's contacts, or make the contact."""
        entered = {
            customer: {
                "name": customer.person_in_charge_name,
                "function": customer.person_in_charge_function,
                "phone": customer.person_in_charge_phone,
                "email": customer.person_in_charge_email,
            }
            for customer in self
        }
        for customer, vals in entered.items():
            person = customer._get_named_contact(vals["name"])
            if person:
                person.write({key: value for key, value in vals.items() if value})
            elif vals["name"]:
                person = person.create(
                    {
                        **vals,
                        "parent_id": customer.partner_id.id,
                        "type": "contact",
                        "is_company": False,
                    }
                )
            customer.person_in_charge_id = person

    def _get_named_contact(self, name):
        """The contact of this customer with that name, else the person in charge."""
        self.ensure_one()
        if not name:
            return self.person_in_charge_id
        contacts = self.partner_id.child_ids | self.partner_id
        return contacts.filtered(
            lambda contact: not contact.is_company and contact.name == name
        )[:1]

    @api.depends("partner_id", "company_id")
    def _compute_company_terms(self):
        """Credit limit and payment terms of the file's own company.

        Both depend on the company in Odoo. The limit carries accounting groups there;
        whoever may see the file may see it here (P2).
        """
        for company, customers in self.grouped("company_id").items():
            # The file's readers have no accounting rights, and need none for this.
            for customer in customers.sudo().with_company(company):
                partner = customer.partner_id
                customer.file_payment_term_id = partner.property_payment_term_id
                customer.file_credit_limit = partner.credit_limit

    def _inverse_file_payment_term_id(self):
        for customer in self:
            partner = customer.partner_id.with_company(customer.company_id)
            partner.property_payment_term_id = customer.file_payment_term_id

    @api.depends("child_ids.type", "child_ids.active")
    def _compute_delivery_place_count(self):
        for customer in self:
            customer.delivery_place_count = len(
                customer.partner_id.child_ids.filtered(lambda c: c.type == "delivery")
            )

    @api.depends("information_ids", "need_ids.state")
    def _compute_related_counts(self):
        information = dict(
            self.env["followup.information"]._read_group(
                [("customer_id", "in", self.ids)], ["customer_id"], ["__count"]
            )
        )
        needs = dict(
            self.env["followup.need"]._read_group(
                [("customer_id", "in", self.ids), ("state", "=", "open")],
                ["customer_id"],
                ["__count"],
            )
        )
        for customer in self:
            customer.information_count = information.get(customer._origin, 0)
            customer.open_need_count = needs.get(customer._origin, 0)

    @api.depends("country_id")
    @api.depends_context("lang")
    def _compute_country_note_id(self):
        notes = self.env["followup.country.note"].search(
            [("country_id", "in", self.country_id.ids)]
        )
        by_country = {note.country_id: note for note in notes}
        for customer in self:
            note = by_country.get(customer.country_id, notes.browse())
            customer.country_note_id = note
            customer.country_business_habits = note.business_habits
            customer.country_holidays = note.holidays
            customer.country_gifts = note.gifts
            customer.country_taboos = note.taboos

    # === CONSTRAINTS AND ONCHANGES === #

    @api.constrains("person_in_charge_id", "partner_id")
    def _check_person_in_charge(self):
        for customer in self:
            person = customer.person_in_charge_id
            if person and person.commercial_partner_id != customer.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(person)s does not belong to %(customer)s. Choose one of its"
                        " contacts, or add the person there first.",
                        person=person.display_name,
                        customer=customer.display_name,
                    )
                )

    # Odoo runs the partner's onchanges on partners only; these are the shown ones.

    @api.onchange("company_type")
    def _onchange_company_type(self):
        self.is_company = self.company_type == "company"

    @api.onchange("country_id")
    def _onchange_country_id(self):
        if self.country_id and self.country_id != self.state_id.country_id:
            self.state_id = False

    @api.onchange("state_id")
    def _onchange_state_id(self):
        if self.state_id.country_id:
            self.country_id = self.state_id.country_id

    @api.onchange("phone", "country_id")
    def _onchange_phone(self):
        if self.phone:
            self.phone = (
                self.partner_id._phone_format(
                    number=self.phone,
                    country=self.country_id,
                    force_format="INTERNATIONAL",
                )
                or self.phone
            )
