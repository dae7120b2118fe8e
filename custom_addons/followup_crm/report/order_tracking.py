from odoo import api, models

from ..tools.sheet import Pairs, pack


class OrderTrackingReport(models.AbstractModel):
    """Values of the PDF of the order tracking table (K1, table 13-7)."""

    _name = "report.followup_crm.order_tracking"
    _description = "Order tracking table"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        trackings = self.env["followup.order.tracking"].browse(docids).exists()
        return _get_values(trackings, trackings._get_sheet_report())


class OrderStatusReport(models.AbstractModel):
    """Values of the PDF of the order status report (K8)."""

    _name = "report.followup_crm.order_status"
    _description = "Order status report"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        customers = self.env["followup.customer"].browse(docids).exists()
        return _get_values(customers, customers._get_status_report())


def _get_values(records, report):
    """What the template of sheets needs."""
    return {
        "doc_ids": records.ids,
        "doc_model": records._name,
        "docs": records,
        "report": report,
        # Elevated: the company is named on every sheet, whoever may read it.
        "pages": [
            (record.company_id.sudo(), sheet)
            for record, sheet in zip(records, report.sheets, strict=True)
        ],
        "printed": report.facts[1:3],
        "is_pairs": lambda section: isinstance(section, Pairs),
        "pack": pack,
    }
