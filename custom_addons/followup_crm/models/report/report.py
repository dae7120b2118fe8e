from odoo import api, fields, models
from odoo.exceptions import AccessError

from .kinds import KINDS

SECTIONS = [
    ("customer", "Customers"),
    ("sales", "Dealings"),
    ("work", "Contacts and plans"),
    ("order", "Orders and goods"),
    ("complaint", "Complaints"),
    ("satisfaction", "Satisfaction"),
]


class ReportKind(models.Model):
    """What can be printed (S1): the list on the reports page.

    A report is one line of ``data/report/followup.report.csv`` and one of ``KINDS``,
    which both have its code.
    """

    _name = "followup.report"
    _description = "Report"
    _order = "section_sequence, sequence, id"

    name = fields.Char(required=True, translate=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    number = fields.Char(
        string="Table", readonly=True, help="Its number among the usual tables."
    )
    section = fields.Selection(
        SECTIONS, required=True, readonly=True, group_expand=True
    )
    section_sequence = fields.Integer(string="Order of sections", readonly=True)
    sequence = fields.Integer(readonly=True, default=10)
    description = fields.Char(translate=True, readonly=True)
    is_available = fields.Boolean(
        compute="_compute_is_available",
        search="_search_is_available",
        string="Is available",
        help="Whether you may read what it tells.",
    )

    _unique_code = models.Constraint("UNIQUE (code)", "This report is there already.")

    @api.depends_context("uid")
    def _compute_is_available(self):
        for report in self:
            kind = KINDS.get(report.code)
            report.is_available = bool(kind) and kind.is_allowed(self.env)

    @api.model
    def _search_is_available(self, operator, _value):
        if operator != "in":
            return NotImplemented
        allowed = [code for code, kind in KINDS.items() if kind.is_allowed(self.env)]
        return [("code", "in", allowed)]

    # === ACTIONS === #

    def action_open(self):
        """Ask for period and filters, then print."""
        self.ensure_one()
        self._check_allowed()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "followup.report.print",
            "view_mode": "form",
            "target": "new",
            "context": {"default_report_id": self.id},
        }

    # === BUSINESS === #

    def _get_kind(self):
        """What makes the report: an object of ``KINDS``."""
        self.ensure_one()
        return KINDS[self.code]

    def _check_allowed(self):
        """Raise unless the user may read what the report tells."""
        self.check_access("read")
        if not self.is_available:
            raise AccessError(
                self.env._(
                    "You may not read what “%(report)s” tells. Ask your administrator.",
                    report=self.name,
                )
            )
