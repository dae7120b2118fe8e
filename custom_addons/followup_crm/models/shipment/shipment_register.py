from odoo import models

REGISTER_FIELDS = (
    "name",
    "tier_id",
    "customer_id",
    "client_references",
    "state",
    "warning_level",
    "mode",
    "carrier_id",
    "vessel",
    "flight",
    "container_numbers",
    "bl_number",
    "awb_number",
    "incoterm_id",
    "port_loading",
    "port_discharge",
    "etd",
    "atd",
    "eta",
    "ata",
    "delivered_on",
    "delivered_to",
    "days_late",
    "package_count",
    "gross_weight",
    "volume",
    "lc_number",
    "lc_latest_shipment",
    "lc_presentation_date",
    "user_id",
)
# What fits across a page.
PAPER_FIELDS = (
    "name",
    "customer_id",
    "client_references",
    "state",
    "mode",
    "container_numbers",
    "bl_number",
    "awb_number",
    "port_loading",
    "port_discharge",
    "etd",
    "atd",
    "eta",
    "ata",
    "delivered_on",
    "days_late",
)


class Shipment(models.Model):
    """The register of shipments (出货跟踪表, table 13-8), S1."""

    _name = "followup.shipment"
    _inherit = ["followup.shipment", "followup.register.mixin"]
    _register_fields = REGISTER_FIELDS
    _paper_fields = PAPER_FIELDS

    def _get_register_title(self):
        return self.env._("Shipment tracking")

    def action_print_register_xlsx(self):
        """Download these shipments as a workbook."""
        return self._download_register("shipment")
