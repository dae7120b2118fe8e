import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.report.kinds.register import Register
from ..models.report.kinds.sheet import Sheets
from ..report.xlsx import customer_sheet, document, plan_sheet, visit_card

_logger = logging.getLogger(__name__)

DOCUMENT = "followup_crm.report_document_report"
RENDERERS = {"customer_sheet": customer_sheet, "visit_card": visit_card}
FIRST_YEAR, LAST_YEAR = 1900, 2100


class ReportPrint(models.TransientModel):
    """A report that somebody is about to print, with period and filters (S1).

    It belongs to who made it. Everything is read with the rights, in the language and
    the time zone of that user; scheduled reports are printed by this model, too.
    """

    _name = "followup.report.print"
    _inherit = "followup.report.options"
    _description = "Print a report"

    year = fields.Integer(
        compute="_compute_year", store=True, readonly=False, precompute=True
    )
    # Ids of what was chosen in a list; the register then consists of these.
    record_ids = fields.Json(string="Chosen records")
    record_count = fields.Integer(
        string="Number chosen", compute="_compute_record_count"
    )
    is_sheet = fields.Boolean(compute="_compute_is_sheet", string="Is a sheet")

    @api.depends("date_to")
    def _compute_year(self):
        for options in self:
            options.year = options.date_to and options.date_to.year

    @api.depends("record_ids")
    def _compute_record_count(self):
        for options in self:
            options.record_count = len(options.record_ids or ())

    @api.depends("report_id")
    def _compute_is_sheet(self):
        for options in self:
            kind = options.report_id and options.report_id._get_kind()
            options.is_sheet = isinstance(kind, Sheets)

    @api.onchange("year")
    def _onchange_year(self):
        """A calendar year is the period of what is about years."""
        if self.year and self.date_to and self.year != self.date_to.year:
            year = min(max(self.year, FIRST_YEAR), LAST_YEAR)
            self.period = "own"
            self.date_from = fields.Date.to_date(f"{year}-01-01")
            self.date_to = fields.Date.to_date(f"{year}-12-31")

    # === CRUD === #

    @api.model
    def default_get(self, fields):
        """From a list: its register, with the rows that were chosen there."""
        values = super().default_get(fields)
        code = self.env.context.get("fcrm_report")
        if code:
            report = self.env["followup.report"].search([("code", "=", code)])
            values["report_id"] = report.id
            chosen = self.env.context.get("active_ids")
            kind = report._get_kind() if report else None
            is_register = isinstance(kind, Register)
            if is_register and self.env.context.get("active_model") == kind.model:
                values["record_ids"] = chosen
        return values

    # === ACTIONS === #

    def action_pdf(self):
        """The report as a PDF."""
        options = self._prepare()
        kind = options.report_id._get_kind()
        if isinstance(kind, Sheets):
            records = kind.get_records(options)
            report = self.env.ref(f"followup_crm.{self.report_id.code}_report")
            return report.report_action(records)
        return self.env.ref(DOCUMENT).report_action(options)

    def action_xlsx(self):
        """The report as a workbook."""
        options = self._prepare()
        self._check_export()
        kind = options.report_id._get_kind()
        if isinstance(kind, Sheets):
            kind.get_records(options)
        return {
            "type": "ir.actions.act_url",
            "url": f"/followup/report/print/{self.id}.xlsx",
            "target": "download",
        }

    def action_schedule(self):
        """A schedule that mails this report again and again."""
        options = self._prepare()
        self.env["followup.report.schedule"].check_access("create")
        names = ("report_id", "company_id", "currency_id", "top", "measure", "ranked")
        names += ("compare",)
        values = {
            f"default_{name}": getattr(options[name], "id", options[name])
            for name in names
        }
        for name in ("customer_ids", "tier_ids", "owner_ids", "country_ids"):
            values[f"default_{name}"] = options[name].ids
        if options.period != "own":
            values["default_period"] = options.period
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New scheduled report"),
            "res_model": "followup.report.schedule",
            "view_mode": "form",
            "context": {**values, "default_name": options.report_id.name},
        }

    # === BUSINESS === #

    def _prepare(self):
        """Check that the user may print this.

        :return: the same in the company that it is about
        """
        self.ensure_one()
        self.check_access("read")
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("You do not work for this company."))
        options = self.with_company(self.company_id)
        options.report_id._check_allowed()
        options._check_records()
        if "currency" in (options.parameters or ""):
            # Refused here, and not only when the file is being made.
            options._get_rate()
        return options

    def _check_records(self):
        """Raise if something is chosen that the user may not see."""
        if not self.record_ids:
            return
        kind = self.report_id._get_kind()
        if not isinstance(kind, Register):
            raise UserError(self.env._("This report is not about chosen records."))
        model = self.env[kind.model].with_context(active_test=False)
        found = model.search_count([("id", "in", self.record_ids)])
        if found != len(set(self.record_ids)):
            raise AccessError(
                self.env._("You may not see all of what was chosen. Choose anew.")
            )

    def _make_document(self, paper=False):
        """The tables of the report: ``tools.document.Document``."""
        options = self._prepare()
        return options.report_id._get_kind().make(options, paper)

    def _is_empty(self):
        options = self._prepare()
        return options.report_id._get_kind().is_empty(options)

    def _render_xlsx(self):
        """The workbook in bytes; needs the right to export."""
        options = self._prepare()
        options._check_export()
        kind = options.report_id._get_kind()
        if isinstance(kind, Sheets):
            content, what = self._render_sheets(kind, options)
        else:
            content, what = document.render(kind.make(options)), kind.describe(options)
        # Who took out what is in the server's log.
        _logger.info(
            "User %s exported report %s (%s)", self.env.uid, self.report_id.code, what
        )
        return content

    def _render_sheets(self, kind, options):
        records = kind.get_records(options)
        what = f"{records._name} {records.ids}"
        if kind.workbook == "plan_sheet":
            labels, facts = records._get_sheet_labels(), records._get_sheet_facts()
            return plan_sheet.render(records._get_sheets(), labels, facts), what
        report = getattr(records, kind.method)()
        return RENDERERS[kind.workbook].render(report), what

    def _render_pdf(self):
        """The PDF in bytes."""
        options = self._prepare()
        kind = options.report_id._get_kind()
        reports = options.env["ir.actions.report"]
        if isinstance(kind, Sheets):
            name = f"followup_crm.{self.report_id.code}_report"
            ids = kind.get_records(options).ids
        else:
            name, ids = DOCUMENT, options.ids
        return reports._render_qweb_pdf(name, ids)[0]

    def _get_filename(self, ending):
        begin, end = self._get_dates()
        words = [self.report_id.name]
        if "period" in self.parameters or "year" in self.parameters:
            words.append(f"{begin} {end}")
        return f"{' '.join(words)}.{ending}".replace("/", "-")
