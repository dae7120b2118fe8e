from odoo import api, models

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..tools import paper


class RegisterReport(models.AbstractModel):
    """Values of the PDF of any register (S1)."""

    _name = "followup.register.report"
    _description = "Printed register"
    _register_model = None

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only what the user may see is printed; nobody learns which ids exist.
        records = self.env[self._register_model].browse(docids).exists()
        register = records._get_register(paper=True)
        section = register.as_table()
        page = paper.NARROW if _wkhtml().is_patched_qt else paper.WIDE
        return {
            "doc_ids": docids,
            "doc_model": self._register_model,
            "docs": records,
            "register": register,
            "section": section,
            "pieces": paper.divide_register(page, register, section),
            # The name of a company is no secret to its users.
            "company": records.company_id[:1].sudo() or self.env.company,
        }


class ShipmentRegisterReport(models.AbstractModel):
    """The register of shipments (table 13-8)."""

    _name = "report.followup_crm.shipment_register"
    _inherit = ["followup.register.report"]
    _description = "Shipment tracking"
    _register_model = "followup.shipment"


class ProductTrackingRegisterReport(models.AbstractModel):
    """The register of tracked products (table 13-9)."""

    _name = "report.followup_crm.product_tracking_register"
    _inherit = ["followup.register.report"]
    _description = "Product tracking"
    _register_model = "followup.product.tracking"
