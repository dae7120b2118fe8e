from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import date_utils, format_date, formatLang

PERIODS = [
    ("this_month", "This month"),
    ("month", "Last month"),
    ("this_quarter", "This quarter"),
    ("quarter", "Last quarter"),
    ("running", "This year"),
    ("year", "Last year"),
    ("twelve", "Last 12 months"),
    ("own", "Other"),
]
MEASURES = [
    ("amount", "Turnover"),
    ("margin", "Margin"),
    ("quantity", "Volume"),
    ("deals", "Number of deals"),
]
RANKED = [
    ("customer", "Customers"),
    ("product", "Products"),
    ("category", "Product categories"),
    ("country", "Countries"),
    ("owner", "Account owners"),
]
MOST = 1000


class ReportOptions(models.AbstractModel):
    """What a report is to tell: period, company, filters, currency.

    Dates are those of the user's time zone. Every report reads with the rights of who
    prints it: filters narrow that down, and never widen it.
    """

    _name = "followup.report.options"
    _inherit = "followup.sheet.mixin"
    _description = "Choices of a report"

    report_id = fields.Many2one(
        "followup.report", string="Which report", required=True, ondelete="cascade"
    )
    parameters = fields.Char(compute="_compute_parameters")
    description = fields.Char(related="report_id.description", string="What it tells")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    period = fields.Selection(
        PERIODS, string="Period of time", default="running", required=True
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
    customer_ids = fields.Many2many("followup.customer", string="Customers")
    tier_ids = fields.Many2many("followup.tier", string="Tiers")
    owner_ids = fields.Many2many(
        "res.users", string="Account owners", domain=[("share", "=", False)]
    )
    country_ids = fields.Many2many("res.country", string="Countries")
    currency_id = fields.Many2one(
        "res.currency",
        string="Amounts in",
        help="Empty: the company's currency. Another one is converted at one rate,"
        " which stands on the report.",
    )
    rate_date = fields.Date(
        string="Rate of",
        help="The day whose rate is used; empty: the last day of the period, or today.",
    )
    top = fields.Integer(string="Places", default=5)
    measure = fields.Selection(MEASURES, default="amount", required=True)
    ranked = fields.Selection(
        RANKED, string="Ranking of", default="customer", required=True
    )
    compare = fields.Boolean(
        string="Beside it the year before",
        default=True,
        help="The same period of the year before stands beside each figure.",
    )

    @api.depends("report_id")
    def _compute_parameters(self):
        for options in self:
            kind = options.report_id and options.report_id._get_kind()
            options.parameters = " ".join(kind.parameters) if kind else ""

    @api.depends("period")
    def _compute_dates(self):
        for options in self:
            if options.period and options.period != "own":
                options.date_from, options.date_to = options._get_span(options.period)
            elif not options.date_from:
                options.date_from, options.date_to = options._get_span("running")

    @api.constrains("top")
    def _check_top(self):
        for options in self:
            if not 1 <= options.top <= MOST:
                raise ValidationError(
                    self.env._("Choose between 1 and %(most)s places.", most=MOST)
                )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for options in self:
            if options.date_to < options.date_from:
                raise ValidationError(self.env._("The period ends before it begins."))

    @api.constrains("tier_ids", "company_id")
    def _check_tiers(self):
        for options in self:
            if options.tier_ids.company_id - options.company_id:
                raise ValidationError(
                    self.env._("Choose tiers of the company that the report is about.")
                )

    # === PERIOD === #

    @api.model
    def _get_span(self, period, today=None):
        """First and last day of a period that is told by a word."""
        today = today or fields.Date.context_today(self)
        month = today.replace(day=1)
        quarter = date_utils.start_of(today, "quarter")
        year = today.replace(month=1, day=1)
        spans = {
            "this_month": (month, relativedelta(months=1)),
            "month": (month - relativedelta(months=1), relativedelta(months=1)),
            "this_quarter": (quarter, relativedelta(months=3)),
            "quarter": (quarter - relativedelta(months=3), relativedelta(months=3)),
            "running": (year, relativedelta(years=1)),
            "year": (year - relativedelta(years=1), relativedelta(years=1)),
            "twelve": (month - relativedelta(months=12), relativedelta(months=12)),
        }
        begin, length = spans[period]
        return begin, begin + length - timedelta(days=1)

    def _get_dates(self):
        """First and last day: of the calendar year, where a report is about years."""
        self.ensure_one()
        if "year" in self.report_id._get_kind().parameters:
            year = self.date_to.year
            return self.date_to.replace(year, 1, 1), self.date_to.replace(year, 12, 31)
        return self.date_from, self.date_to

    def _get_dates_before(self):
        """The same days a year earlier; whole months stay whole."""
        begin, end = self._get_dates()
        one_year = relativedelta(years=1)
        after = end + timedelta(days=1)
        return begin - one_year, after - one_year - timedelta(days=1)

    # === FILTERS === #

    def _get_customer_domain(self, prefix=""):
        """Which customers the report is about.

        :param prefix: path to the customer, with a dot, from another model
        """
        self.ensure_one()
        domain = Domain(f"{prefix}company_id", "=", self.company_id.id)
        if self.customer_ids:
            name = prefix[:-1] if prefix else "id"
            domain &= Domain(name, "in", self.customer_ids.ids)
        for name, records in (
            ("tier_id", self.tier_ids),
            ("user_id", self.owner_ids),
            ("country_id", self.country_ids),
        ):
            if records:
                domain &= Domain(prefix + name, "in", records.ids)
        return domain

    def _has_filter(self):
        return bool(
            self.customer_ids or self.tier_ids or self.owner_ids or self.country_ids
        )

    # === CURRENCY === #

    def _get_currency(self):
        return self.currency_id or self.company_id.currency_id

    def _get_rate_date(self):
        today = fields.Date.context_today(self)
        return self.rate_date or min(self._get_dates()[1], today)

    def _get_rate(self):
        """What one unit of company currency is in the currency of the report.

        Odoo would take a later rate, or 1, where there is none on that day or before:
        that is refused.
        """
        self.ensure_one()
        company, currency = self.company_id, self._get_currency()
        if currency == company.currency_id:
            return 1.0
        day = self._get_rate_date()
        for one in currency + company.currency_id:
            if one != company.currency_id and not self._has_rate(one, day):
                raise UserError(
                    self.env._(
                        "There is no exchange rate of %(currency)s on or before"
                        " %(date)s. Enter one, or choose another day or currency.",
                        currency=one.name,
                        date=format_date(self.env, day),
                    )
                )
        return company.currency_id._get_conversion_rate(
            company.currency_id, currency, company, day
        )

    def _has_rate(self, currency, day):
        # Elevated: rates are no secret; only whether there is one.
        rates = self.env["res.currency.rate"].sudo()
        return bool(
            rates.search_count(
                [
                    ("currency_id", "=", currency.id),
                    ("company_id", "in", (False, self.company_id.root_id.id)),
                    ("name", "<=", day),
                ],
                limit=1,
            )
        )

    # === WHAT STANDS ABOVE === #

    def _get_facts(self, more=()):
        """Company, period, filters, currency, who printed when: (label, value).

        :param more: further pairs, before who printed it
        """
        self.ensure_one()
        facts = [(self.env._("Company"), self.company_id.sudo().name)]  # no secret
        parameters = self.report_id._get_kind().parameters
        if "period" in parameters or "year" in parameters:
            days = [format_date(self.env, day) for day in self._get_dates()]
            facts.append((self.env._("Period of time"), " – ".join(days)))
        facts += self._get_filter_facts()
        if "currency" in parameters:
            facts.append((self.env._("Amounts in"), self._get_currency_text()))
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        return (
            *facts,
            *more,
            (self.env._("Printed by"), self.env.user.name),
            (self.env._("Printed on"), f"{format_date(self.env, now)} {now:%H:%M}"),
        )

    def _get_filter_facts(self):
        """The filters that are set, by their labels; only those that have an effect."""
        labels = self.fields_get(attributes=["string"])
        parameters = self.report_id._get_kind().parameters
        facts = []
        for name in ("customer_ids", "tier_ids", "owner_ids", "country_ids"):
            if self[name] and self._is_used(name, parameters):
                # Elevated: names of what the user himself has chosen.
                names = self[name].sudo().mapped("display_name")
                facts.append((labels[name]["string"], ", ".join(names)))
        return facts

    @api.model
    def _is_used(self, name, parameters):
        return name == "owner_ids" and "owner" in parameters or "customer" in parameters

    def _get_currency_text(self):
        own, currency = self.company_id.currency_id, self._get_currency()
        if own == currency:
            return currency.name
        return self.env._(
            "%(currency)s (1 %(own)s = %(rate)s %(currency)s, rate of %(date)s)",
            currency=currency.name,
            own=own.name,
            rate=formatLang(self.env, self._get_rate(), digits=6),
            date=format_date(self.env, self._get_rate_date()),
        )
