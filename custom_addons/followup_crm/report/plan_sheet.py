from odoo import api, models


class PlanSheetReport(models.AbstractModel):
    """Values of the PDF of the monthly contact plan (S1, table 13-6)."""

    _name = "report.followup_crm.plan_sheet"
    _description = "Monthly contact plan"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        plans = self.env["followup.interaction.plan"].browse(docids).exists()
        return {
            "doc_ids": docids,
            "doc_model": "followup.interaction.plan",
            "docs": plans,
            "sheets": plans._get_sheets(),
            "labels": plans._get_sheet_labels(),
            "printed": plans._get_sheet_facts(),
        }
