from odoo import api, fields, models

from .defect_type import SEVERITIES


class ProductDefect(models.Model):
    """Defective pieces that an inspection found, of one kind (K3)."""

    _name = "followup.product.defect"
    _inherit = ["followup.guarded.mixin"]
    _description = "Defect found"
    _order = "inspection_id desc, severity, id"
    _server_only = frozenset({"customer_id", "company_id", "tracking_id"})

    inspection_id = fields.Many2one(
        "followup.product.inspection", required=True, index=True, ondelete="cascade"
    )
    tracking_id = fields.Many2one(related="inspection_id.tracking_id", store=True)
    customer_id = fields.Many2one(
        related="inspection_id.customer_id", store=True, index=True
    )
    company_id = fields.Many2one(related="inspection_id.company_id", store=True)
    product_id = fields.Many2one(related="inspection_id.tracking_id.product_id")
    type_id = fields.Many2one("followup.defect.type", string="Kind of defect")
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
    )
    name = fields.Char(string="Description")
    quantity = fields.Integer(string="Pieces", required=True, default=1)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "A defect was found on at least one piece."
    )

    @api.depends("type_id", "name")
    def _compute_display_name(self):
        for defect in self:
            words = (defect.type_id.name, defect.name)
            defect.display_name = ", ".join(word for word in words if word)

    @api.depends("type_id")
    def _compute_severity(self):
        for defect in self:
            defect.severity = defect.type_id.severity or defect.severity or "major"

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_server_only({name for vals in vals_list for name in vals})
        defects = super().create(vals_list)
        if not self.env.su:
            defects.inspection_id._refuse_decided()
        return defects

    def write(self, vals):
        self._refuse_server_only(vals)
        if not self.env.su:
            self.inspection_id._refuse_decided()
            if "inspection_id" in vals:
                inspections = self.env["followup.product.inspection"]
                target = inspections.browse(vals["inspection_id"])
                (self.inspection_id | target).check_access("write")
                target._refuse_decided()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if not self.env.su:
            self.inspection_id._refuse_decided()
