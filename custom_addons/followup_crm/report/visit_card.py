from odoo import api, models

from ..tools.sheet import Pairs, pack


class VisitCardReport(models.AbstractModel):
    """Values of the PDF of the visit history card (A3)."""

    _name = "report.followup_crm.visit_card"
    _description = "Visit history card"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        customers = self.env["followup.customer"].browse(docids).exists()
        return self._get_values(customers, customers._get_visit_card_report())

    @api.model
    def _get_values(self, customers, report):
        """What the template of all sheets needs."""
        return {
            "doc_ids": customers.ids,
            "doc_model": "followup.customer",
            "docs": customers,
            "report": report,
            # The company is named on every sheet, whoever may read it.
            "pages": [
                (customer.company_id.sudo(), sheet)
                for customer, sheet in zip(customers, report.sheets, strict=True)
            ],
            "printed": report.facts[1:3] + report.facts[4:],
            "is_pairs": lambda section: isinstance(section, Pairs),
            "pack": pack,
        }


class BusinessSummaryReport(models.AbstractModel):
    """Values of the PDF of the periodic business summary (F13)."""

    _name = "report.followup_crm.business_summary"
    _inherit = "report.followup_crm.visit_card"
    _description = "Business summary"

    @api.model
    def _get_report_values(self, docids, data=None):
        # A summary belongs to the user who made it; its customers are checked again.
        summary = self.env["followup.business.summary"].browse(docids)[:1]
        return self._get_values(summary.customer_ids, summary._get_summary_report())
