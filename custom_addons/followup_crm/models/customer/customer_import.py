from datetime import date

from odoo import api, models

from ...tools.template import Column
from .customer import SERVER_ONLY

# The columns of the template (P12): one row makes the contact and its file.
IMPORT_COLUMNS = (
    "name",
    "country_id",
    "city",
    "street",
    "zip",
    "phone",
    "fax_number",
    "email",
    "website",
    "vat",
    "company_registry",
    "industry_id",
    "ownership_type_id",
    "business_scope_ids",
    "size_category",
    "person_in_charge_name",
    "person_in_charge_function",
    "person_in_charge_phone",
    "person_in_charge_email",
    "preferred_method",
    "registered_capital",
    "registered_currency_id",
    "founding_date",
    "credit_period_days",
    "settlement_day",
    "bank_ids/acc_number",
    "bank_ids/bank_id",
    "sales_staff_count",
    "operating_staff_count",
    "trade_area",
    "sales_floor_area",
    "storage_area",
    "transport_mode_ids",
    "comment",
)
REQUIRED_COLUMNS = ("name",)
MAX_CHOICES = 1000


class Customer(models.Model):
    """Import of customer files from a spreadsheet, with Odoo's own import (P12)."""

    _inherit = "followup.customer"

    # === TEMPLATE === #

    @api.model
    def get_import_templates(self):
        """The template that Odoo's import offers to download."""
        return [
            {
                "label": self.env._("Template for customer files"),
                "template": "/followup/import/customer_template.xlsx",
            }
        ]

    @api.model
    def _get_import_columns(self):
        """Columns of the import template, in the user's language.

        Columns that the user may not see are left out.

        :return: list of ``tools.template.Column``
        """
        examples = self._get_import_examples()
        hints = self._get_import_hints()
        columns = []
        for path in IMPORT_COLUMNS:
            fields = self._get_import_fields(path)
            if not fields:
                continue
            field, description = fields[-1]
            columns.append(
                Column(
                    heading="/".join(
                        self._get_import_heading(*part) for part in fields
                    ),
                    kind=field.type,
                    is_required=path in REQUIRED_COLUMNS,
                    hint=hints.get(path) or description.get("help") or "",
                    choices=self._get_import_choices(field, description),
                    example=examples.get(path),
                )
            )
        return columns

    @api.model
    def _get_import_labels(self):
        """The words on the template's sheets."""
        return {
            "title": self.env._("Template for customer files"),
            "customers": self.env._("Customers"),
            "help": self.env._("How to fill in"),
            "lists": self.env._("Lists"),
            "column": self.env._("Column"),
            "required": self.env._("Required"),
            "hint": self.env._("What to enter"),
            "values": self.env._("Possible values"),
            "yes": self.env._("Yes"),
            "rules": (
                (
                    self.env._("Rows"),
                    self.env._(
                        "One row per customer on the first sheet. Replace the example."
                    ),
                ),
                (
                    self.env._("Columns"),
                    self.env._(
                        "Leave the headings as they are; columns that you do not need"
                        " may be deleted."
                    ),
                ),
                (
                    self.env._("Errors"),
                    self.env._(
                        "A customer that exists already is an error. As long as one"
                        " row has an error, nothing is imported."
                    ),
                ),
            ),
        }

    @api.model
    def _get_import_fields(self, path):
        """The fields along a path with their descriptions; none without access."""
        model, result = self, []
        for name in path.split("/"):
            description = model.fields_get([name]).get(name)
            if not description:
                return []
            result.append((model._fields[name], description))
            model = self.env.get(description.get("relation"), self)
        return result

    @api.model
    def _get_import_heading(self, field, description):
        """The label by which Odoo's import finds the field again, else its name.

        Odoo takes the first field that has a heading as name, label or English label;
        where a label belongs to another field first, or has a slash that no mapping
        explains, it cannot be the heading.
        """
        label = description["string"]
        known = self.env["base_import.mapping"].search(
            [("res_model", "=", self._name), ("column_name", "=", label.lower())],
            limit=1,
        )
        if known.field_name == field.name:
            return label
        english = self.with_context(lang="en_US").env["ir.model.fields"]
        english_labels = english.get_field_string(field.model_name)
        importable = self.env[field.model_name].fields_get(
            attributes=["string", "readonly"]
        )
        for name, other in importable.items():
            if other["readonly"] or name in models.MAGIC_COLUMNS:
                continue
            names = (name, other["string"], english_labels.get(name, ""))
            if label.casefold() in (text.casefold() for text in names):
                return label if name == field.name and "/" not in label else field.name
        return field.name

    @api.model
    def _get_import_choices(self, field, description):
        """The values that a column takes, or none where it takes any."""
        if field.type == "selection":
            return [label for _value, label in description["selection"]]
        if field.type in ("many2one", "many2many"):
            return (
                self.env[field.comodel_name]
                .search([], limit=MAX_CHOICES)
                .mapped("display_name")
            )
        return []

    @api.model
    def _get_import_hints(self):
        return {
            "name": self.env._("The name of the company as it is registered."),
            "vat": self.env._("Two customers cannot have the same tax number."),
            "company_registry": self.env._(
                "The number in the register of companies, if it differs from the tax"
                " number."
            ),
            "business_scope_ids": self.env._(
                "One or several of the values, separated by commas."
            ),
            "transport_mode_ids": self.env._(
                "One or several of the values, separated by commas."
            ),
            "person_in_charge_name": self.env._(
                "The person at the customer with whom we deal first; becomes a contact."
            ),
            "registered_capital": self.env._("An amount without a currency sign."),
            "founding_date": self.env._("A date, for example 2012-05-31."),
            "bank_ids/acc_number": self.env._("The number of the bank account."),
            "bank_ids/bank_id": self.env._(
                "A bank that Odoo knows already; leave it empty otherwise."
            ),
            "sales_floor_area": self.env._("In square metres."),
            "storage_area": self.env._("In square metres."),
            "comment": self.env._("Anything else worth knowing."),
        }

    @api.model
    def _get_import_examples(self):
        """An invented customer that shows what a row looks like."""
        lists = {
            name: self.env[self._fields[name].comodel_name].search([], limit=2)
            for name in (
                "industry_id",
                "ownership_type_id",
                "business_scope_ids",
                "transport_mode_ids",
            )
        }
        return {
            "name": self.env._("Example Trading Ltd (replace this row)"),
            "country_id": self.env.ref("base.de").display_name,
            "city": "Hamburg",
            "street": "Hafenweg 8",
            "zip": "20095",
            "phone": "+49 40 5550 199",
            "email": "office@example.com",
            "website": "https://www.example.com",
            "industry_id": lists["industry_id"][:1].display_name,
            "ownership_type_id": lists["ownership_type_id"][:1].display_name,
            "business_scope_ids": ",".join(
                lists["business_scope_ids"].mapped("display_name")
            ),
            "transport_mode_ids": ",".join(
                lists["transport_mode_ids"].mapped("display_name")
            ),
            "person_in_charge_name": "Anna Berg",
            "person_in_charge_function": self.env._("Purchasing manager"),
            "person_in_charge_email": "anna.berg@example.com",
            "registered_capital": 250000,
            "registered_currency_id": self.env.company.currency_id.display_name,
            "founding_date": date(2012, 5, 31),
            "credit_period_days": 30,
            "settlement_day": 25,
            "sales_staff_count": 12,
            "sales_floor_area": 450.5,
        }

    # === CHECKS OF THE ROWS === #

    @api.model
    def _convert_records(self, records, *, log=lambda a: None, savepoint):
        """Check the rows of an imported sheet before any of them is saved.

        Odoo takes what is logged here as errors of the rows, shows all of them at once
        and imports nothing.
        """
        converted = super()._convert_records(records, log=log, savepoint=savepoint)
        if not self.env.context.get("import_file"):
            yield from converted
            return
        rows = list(converted)
        new_rows = self._get_new_rows(rows)
        duplicates = self._find_duplicates([vals for _, _, vals, _ in new_rows])
        for (_dbid, _xid, _vals, info), messages in zip(
            new_rows, duplicates, strict=True
        ):
            for field, message in messages:
                log(dict(info, type="error", field=field, message=message))
        for dbid, xid, vals, info in rows:
            self._check_protected_columns(vals, info, log)
            yield dbid, xid, vals, info

    @api.model
    def _get_new_rows(self, rows):
        """The rows that make a file; the others change the file that their id names."""
        xids = {
            xid if "." in xid else f"__import__.{xid}"
            for _dbid, xid, _vals, _info in rows
            if xid
        }
        # Elevated: external ids are Odoo's own book-keeping.
        known = {
            f"{row[1]}.{row[2]}"
            for row in self.env["ir.model.data"].sudo()._lookup_xmlids(list(xids), self)
            if row[6]
        }
        return [
            row
            for row in rows
            if not row[0]
            and (not row[1] or (row[1] if "." in row[1] else f"__import__.{row[1]}"))
            not in known
        ]

    def _check_protected_columns(self, vals, info, log):
        """Log an error for each protected column that a row fills in, and drop it."""
        if self.env.su:
            return
        for name in SERVER_ONLY.intersection(vals):
            if vals.pop(name):
                label = self.fields_get([name], ["string"])[name]["string"]
                message = self.env._(
                    "'%(column)s' is kept by the system and cannot be imported: leave"
                    " this column out.",
                    column=label,
                )
                log(dict(info, type="error", field=name, message=message))
