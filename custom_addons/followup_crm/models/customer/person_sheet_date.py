from odoo import api, fields, models
from odoo.exceptions import AccessError

DATE_FIELDS = ("kind", "month", "day", "remind", "label", "year")


class PersonSheetDate(models.TransientModel):
    """An important date on a revealed sheet: read from, and written to, the date.

    Like the sheet, it stores no personal data.
    """

    _name = "followup.person.sheet.date"
    _description = "Important date, revealed"
    _transient_max_hours = 8

    sheet_id = fields.Many2one(
        "followup.person.sheet", required=True, index=True, ondelete="cascade"
    )
    date_id = fields.Many2one("followup.person.date", ondelete="cascade", readonly=True)
    kind = fields.Selection(
        selection=lambda self: self._get_selection("kind"),
        compute="_compute_date",
        readonly=False,
    )
    month = fields.Selection(
        selection=lambda self: self._get_selection("month"),
        compute="_compute_date",
        readonly=False,
    )
    day = fields.Integer(compute="_compute_date", readonly=False)
    remind = fields.Boolean(
        compute="_compute_date",
        readonly=False,
        help="Show day and kind to the account team when the day comes near. The"
        " year and the description stay hidden.",
    )
    label = fields.Char(string="Description", compute="_compute_date", readonly=False)
    year = fields.Integer(
        string="Year, if known", compute="_compute_date", readonly=False
    )

    @api.model
    def _get_selection(self, name):
        return (
            self.env["followup.person.date"]
            ._fields[name]
            ._description_selection(self.env)
        )

    @api.depends_context("uid")
    def _compute_date(self):
        self._origin.sudo().sheet_id.sudo(False)._check_open()
        for line in self:
            # Elevated: the checks were made above.
            date = line._origin.sudo().date_id
            for name in DATE_FIELDS:
                line[name] = date[name]
            if not date:
                line.kind, line.remind = "anniversary", True

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Enter dates; the server alone ties a line to a date that exists."""
        if self.env.su:
            return super().create(vals_list)
        if any("date_id" in vals for vals in vals_list):
            raise AccessError(self.env._("A date is entered with its day and month."))
        sheets = self.env["followup.person.sheet"].browse(
            vals.get("sheet_id") or self.env.context.get("default_sheet_id")
            for vals in vals_list
        )
        sheets.check_access("read")
        sheets._check_editable()
        # Elevated: dates are written through a sheet only; the check was made above.
        dates = (
            self.env["followup.person.date"]
            .sudo()
            .create(
                [
                    {
                        "person_id": sheet.sudo().person_id.id,
                        **{name: vals[name] for name in DATE_FIELDS if name in vals},
                    }
                    for sheet, vals in zip(sheets, vals_list, strict=True)
                ]
            )
        )
        lines = super().create(
            [
                {"sheet_id": sheet.id, "date_id": date.id}
                for sheet, date in zip(sheets, dates, strict=True)
            ]
        )
        lines._log_edit()
        # What the defaults put there is not what the date says.
        lines.invalidate_recordset(DATE_FIELDS)
        return lines

    def write(self, vals):
        if not self.env.su:
            if {"date_id", "sheet_id"} & set(vals):
                raise AccessError(
                    self.env._("A date stays with its person. Add another one there.")
                )
            self._check_editable()
            # Elevated: dates are written through a sheet; the check was made above.
            self.sudo().date_id.write(
                {name: vals[name] for name in DATE_FIELDS if name in vals}
            )
            self._log_edit()
        result = super().write(
            {name: value for name, value in vals.items() if name not in DATE_FIELDS}
        )
        self.invalidate_recordset(DATE_FIELDS)
        return result

    def unlink(self):
        """Delete the dates with their lines; clearing old sheets leaves the dates."""
        if not self.env.su:
            self._check_editable()
            self._log_edit()
            # Elevated: dates are written through a sheet; the check was made above.
            dates = self.sudo().date_id
            result = super().unlink()
            dates.unlink()
            return result
        return super().unlink()

    # === BUSINESS === #

    def _check_editable(self):
        self.check_access("read")
        self.sheet_id._check_editable()

    def _log_edit(self):
        # Elevated: the log is nobody's to write.
        for sheet in self.sudo().sheet_id:
            self.env["followup.person.access"]._log(
                sheet.person_id,
                "edit",
                reason=sheet.reason,
                note=sheet.note,
                field_names=["date_ids"],
            )
