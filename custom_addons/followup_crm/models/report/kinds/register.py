"""Registers: a row for each record, read and written in pieces."""

from odoo import fields
from odoo.fields import Domain
from odoo.tools import html2plaintext

from ....tools.document import Column, Listing
from .kind import DocumentKind
from .period import period_domain

# Records that are in memory at a time.
PIECE = 1000
KINDS_OF_COLUMNS = {
    "date": "date",
    "datetime": "date",
    "integer": "integer",
    "float": "number",
    "monetary": "money",
}


class Register(DocumentKind):
    """The records of a model, one a row.

    :param names: fields; those behind ``|`` do not fit across a page
    :param date: the field that the period is about; without, there is no period
    :param sums: fields that are added up below
    :param customer: path to the customer, empty for customers themselves, None without
    :param more: dict ``order``, ``groups``, ``domain``, where they are needed;
        ``percents``, fields that hold fractions of 1
    """

    def __init__(self, model, names, date, sums, customer, more):
        self.model, self.date, self.customer = model, date, customer
        front, _bar, rest = names.partition("|")
        self.paper_names = tuple(front.split())
        self.names = self.paper_names + tuple(rest.split())
        self.sums = frozenset(sums.split())
        self.order = more.get("order")
        self.groups = more.get("groups", ())
        self.percents = frozenset(more.get("percents", "").split())
        self.domain = Domain(more.get("domain", Domain.TRUE))

    @property
    def parameters(self):
        """Period where there is a date, filters where there is a customer."""
        period = ("period",) if self.date else ()
        return (*period, "customer") if self.customer is not None else period

    def get_domain(self, options):
        """The records of the register; those chosen in a list are all of it."""
        model = options.env[self.model]
        if options.record_ids:
            return Domain("id", "in", options.record_ids)
        domain = self.domain
        if "company_id" in model._fields:
            domain &= Domain("company_id", "=", options.company_id.id)
        if self.customer == "":
            domain &= options._get_customer_domain()
        elif self.customer and options._has_filter():
            domain &= options._get_customer_domain(f"{self.customer}.")
        if self.date:
            domain &= period_domain(model, self.date, options)
        return domain

    def is_empty(self, options):
        model = options.env[self.model]
        return not model.search_count(self.get_domain(options), limit=1)

    def get_facts(self, options):
        env, model = options.env, options.env[self.model]
        facts = []
        if options.record_ids:
            facts.append((env._("Filter"), env._("Only what was chosen in the list")))
        count = model.search_count(self.get_domain(options))
        return (*facts, (env._("Number of rows"), str(count)))

    def get_listings(self, options, paper):
        env, model = options.env, options.env[self.model]
        names = [
            name
            for name in (self.paper_names if paper else self.names)
            if model._has_field_access(model._fields[name], "read")
        ]
        columns = tuple(self._get_column(options, model, name) for name in names)
        return [
            Listing(
                options.report_id.name,
                columns,
                self._read(options, model, names),
                total=env._("Total"),
            )
        ]

    def _get_column(self, options, model, name):
        field = model._fields[name]
        heading = model.fields_get([name], ["string"])[name]["string"]
        kind = KINDS_OF_COLUMNS.get(field.type, "text")
        decimals = 2
        if name in self.percents:
            return Column(heading.replace(" (%)", ""), "percent")
        if kind == "money" and self._is_company_currency(model, field):
            currency = options.company_id.currency_id
            heading, decimals = f"{heading} ({currency.name})", currency.decimal_places
        width = 34 if field.type in ("text", "html") else 0
        return Column(heading, kind, decimals, name in self.sums, width)

    def _is_company_currency(self, model, field):
        """Whether its amounts are all in the company's currency."""
        currency = model._fields[field.get_currency_field(model)]
        return "company_id" in str(currency.related or "")

    def _read(self, options, model, names):
        """Yield the rows: a piece of records is read, written and forgotten."""
        chosen = bool(options.record_ids)
        model = model.with_context(active_test=not chosen)
        domain = self.get_domain(options)
        ids = model._search(domain, order=self.order).get_result_ids()
        getters = [self._get_getter(options, model._fields[name]) for name in names]
        for start in range(0, len(ids), PIECE):
            records = model.browse(ids[start : start + PIECE])
            records.fetch(names)
            for name in names:
                if model._fields[name].relational:
                    # All names of a piece at once; elevated as in the getter.
                    records[name].sudo().mapped("display_name")
            for record in records:
                yield tuple(
                    get(record, record[name])
                    for name, get in zip(names, getters, strict=True)
                )
            records.env.invalidate_all()

    def _get_getter(self, options, field):
        """What turns a value of the record into one of a cell."""
        if field.type in ("many2one", "many2many", "one2many"):
            # As on Odoo's forms: who reads a record reads the names of what it names.
            return lambda _record, value: ", ".join(
                name for name in value.sudo().mapped("display_name") if name
            )
        if field.type == "selection":
            labels = dict(field._description_selection(options.env))
            return lambda _record, value: labels.get(value, "")
        if field.type == "datetime":
            return lambda record, value: (
                fields.Datetime.context_timestamp(record, value).date()
                if value
                else None
            )
        if field.type == "html":
            return lambda _record, value: html2plaintext(value) if value else None
        if field.type in ("integer", "float", "monetary"):
            return lambda _record, value: value or None
        if field.type == "boolean":
            return lambda _record, value: "✓" if value else None
        return lambda _record, value: value or None
