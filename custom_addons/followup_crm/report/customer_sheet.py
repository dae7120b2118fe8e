from odoo import api, models

from ..tools.sheet import Pairs, pack


class CustomerSheetReport(models.AbstractModel):
    """Values of the PDF of the customer information sheet (S1, table 13-1)."""

    _name = "report.followup_crm.customer_sheet"
    _description = "Customer information sheet"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        customers = self.env["followup.customer"].browse(docids).exists()
        report = customers._get_sheet_report()
        return {
            "doc_ids": docids,
            "doc_model": "followup.customer",
            "docs": customers,
            "report": report,
            # Company and user are named on every sheet, whoever may read them.
            "pages": [
                (customer.company_id.sudo(), sheet)
                for customer, sheet in zip(customers, report.sheets, strict=True)
            ],
            "printed": report.facts[1:3],
            "is_pairs": lambda section: isinstance(section, Pairs),
            "pack": pack,
        }
