from odoo import api, models

from ..tools.sheet import Pairs, pack


class ComplaintRecordReport(models.AbstractModel):
    """Values of the PDF of the complaint record (table 13-11)."""

    _name = "report.followup_crm.complaint_record"
    _description = "Complaint record"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        complaints = self.env["followup.complaint"].browse(docids).exists()
        return values_of(complaints, complaints._get_sheet_report(), docids)


class ComplaintCardReport(models.AbstractModel):
    """Values of the PDF of the complaint history card (抱怨管理卡)."""

    _name = "report.followup_crm.complaint_card"
    _description = "Complaint history card"

    @api.model
    def _get_report_values(self, docids, data=None):
        customers = self.env["followup.customer"].browse(docids).exists()
        return values_of(customers, customers._get_complaint_card_report(), docids)


def values_of(records, report, docids):
    """What the common template of sheets needs."""
    return {
        "doc_ids": docids,
        "doc_model": records._name,
        "docs": records,
        "report": report,
        # The company is named on every sheet, whoever may read it: elevated.
        "pages": [
            (record.company_id.sudo(), sheet)
            for record, sheet in zip(records, report.sheets, strict=True)
        ],
        "printed": report.facts[1:3],
        "is_pairs": lambda section: isinstance(section, Pairs),
        "pack": pack,
    }
