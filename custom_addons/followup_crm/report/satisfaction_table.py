from odoo import api, models

from .complaint_record import values_of


class SatisfactionTableReport(models.AbstractModel):
    """Values of the PDF of the satisfaction statistics (table 13-10)."""

    _name = "report.followup_crm.satisfaction_table"
    _description = "Customer satisfaction statistics"

    @api.model
    def _get_report_values(self, docids, data=None):
        rounds = self.env["followup.satisfaction.round"].browse(docids).exists()
        return values_of(rounds, rounds._get_sheet_report(), docids)


class SatisfactionImprovementReport(models.AbstractModel):
    """Values of the PDF of the improvement report (改善报告, G4)."""

    _name = "report.followup_crm.satisfaction_improvement"
    _description = "Improvement report"

    @api.model
    def _get_report_values(self, docids, data=None):
        rounds = self.env["followup.satisfaction.round"].browse(docids).exists()
        return values_of(rounds, rounds._get_improvement_report(), docids)
