from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, formatLang, html2plaintext

from ..tools.sheet import Cell, pairs, table, text_cell
from ..tools.workbook import money_format


class SheetMixin(models.AbstractModel):
    """Turns records into the parts of a printed sheet, in the user's language.

    What it returns are the plain objects of ``tools.sheet``, from which a PDF template
    and a workbook are rendered alike. Empty values, and a number that is zero, are
    empty cells: they are left out.
    """

    _name = "followup.sheet.mixin"
    _description = "Parts of printed sheets"

    @api.model
    def _check_export(self):
        """Raise unless the user may take data out of the system as a file."""
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._(
                    "You may not export data. Ask your administrator for the right to"
                    " export, or print the PDF."
                )
            )

    def _get_workbook_action(self, name):
        """Download a workbook about these records; its route checks the same rights.

        :param name: a key of ``WORKBOOKS`` in ``controllers/report_xlsx.py``
        """
        self._check_export()
        ids = ",".join(map(str, self.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/followup/report/{name}.xlsx?ids={ids}",
            "target": "download",
        }

    @api.model
    def _get_print_labels(self, **own):
        """The words that stand on every report, in the user's language.

        :param own: those of one report: ``count``, what is counted; ``register`` and
            ``code``, the heads of its list
        """
        return {
            "company": self.env._("Company"),
            "user": self.env._("Printed by"),
            "date": self.env._("Printed on"),
            "details": self.env._("Details"),
            "section": self.env._("Section"),
            "item": self.env._("Item"),
            "value": self.env._("Value"),
            **own,
        }

    @api.model
    def _get_print_facts(self, labels, companies, count):
        """Who printed what, when: the title block of a report.

        :param labels: see ``_get_print_labels``
        """
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        # Elevated: the name of a company is no secret to its users.
        names = (companies.sudo() or self.env.company).mapped("name")
        return (
            (labels["company"], ", ".join(names)),
            (labels["user"], self.env.user.name),
            (labels["date"], f"{format_date(self.env, now)} {now:%H:%M}"),
            (labels["count"], str(count)),
        )

    @api.model
    def _get_sheet_pairs(self, title, record, names, labels):
        """Section of labels and values of one record."""
        return pairs(
            title, [(labels[n], self._get_sheet_cell(record, n)) for n in names]
        )

    @api.model
    def _get_sheet_table(self, title, records, names):
        """Section with a row per record, headed by the labels of its fields."""
        labels = records.fields_get(names, ["string"])
        return table(
            title,
            [labels[name]["string"] for name in names],
            [
                [self._get_sheet_cell(record, name) for name in names]
                for record in records
            ],
        )

    @api.model
    def _get_sheet_cell(self, record, name):
        """The value of a field for paper and for a workbook.

        :return: ``tools.sheet.Cell``
        """
        field, value = record._fields[name], record[name]
        if not value:
            return Cell()
        convert = getattr(self, f"_get_sheet_{field.type}", None)
        return convert(record, field, value) if convert else text_cell(str(value))

    def _get_sheet_html(self, _record, _field, value):
        return text_cell(html2plaintext(value, include_references=False))

    def _get_sheet_selection(self, record, field, value):
        return text_cell(field.convert_to_export(value, record))

    def _get_sheet_many2one(self, _record, _field, value):
        # As on Odoo's forms: whoever reads a record reads the names of what it names.
        return text_cell(value.sudo().display_name)

    def _get_sheet_many2many(self, _record, _field, value):
        # Elevated: names of list entries; the record's own rights were checked.
        return text_cell(", ".join(value.sudo().mapped("display_name")))

    def _get_sheet_date(self, _record, _field, value):
        return Cell(format_date(self.env, value), value)

    def _get_sheet_datetime(self, record, _field, value):
        value = fields.Datetime.context_timestamp(record, value).replace(tzinfo=None)
        return Cell(format_date(self.env, value), value.date())

    def _get_sheet_integer(self, _record, _field, value):
        return Cell(formatLang(self.env, value, digits=0), value, "#,##0")

    def _get_sheet_float(self, _record, field, value):
        digits = (field.get_digits(self.env) or (16, 2))[1]
        decimals = digits if value % 1 else 0
        number_format = "#,##0." + "0" * decimals if decimals else "#,##0"
        return Cell(formatLang(self.env, value, digits=decimals), value, number_format)

    def _get_sheet_monetary(self, record, field, value):
        currency = record[field.get_currency_field(record)]
        text = formatLang(self.env, value, digits=currency.decimal_places)
        return Cell(
            f"{text} {currency.name or ''}".strip(),
            value,
            money_format(currency.name or "", currency.decimal_places),
        )
