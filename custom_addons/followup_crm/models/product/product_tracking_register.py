from odoo import models

REGISTER_FIELDS = (
    "name",
    "tier_id",
    "customer_id",
    "product_id",
    "style_number",
    "order_id",
    "quantity",
    "factory_id",
    "date_wanted",
    "state",
    "specification_agreed_on",
    "specification_agreed_by",
    "sample_note",
    "inspection_note",
    "deviation_count",
    "open_problem_count",
    "complaint_count",
    "packing",
    "pieces_per_carton",
    "user_id",
)
# What fits across a page.
PAPER_FIELDS = (
    "name",
    "customer_id",
    "product_id",
    "style_number",
    "order_id",
    "quantity",
    "date_wanted",
    "state",
    "specification_agreed_on",
    "sample_note",
    "inspection_note",
    "deviation_count",
    "open_problem_count",
)


class ProductTracking(models.Model):
    """The register of tracked products (产品跟踪表, table 13-9), S1."""

    _name = "followup.product.tracking"
    _inherit = ["followup.product.tracking", "followup.register.mixin"]
    _register_fields = REGISTER_FIELDS
    _paper_fields = PAPER_FIELDS

    def _get_register_title(self):
        return self.env._("Product tracking")

    def action_print_register_xlsx(self):
        """Download these trackings as a workbook."""
        return self._download_register("product_tracking")
