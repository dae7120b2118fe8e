from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProductPicture(models.Model):
    """A picture of a sample, a defect or the packing (K3)."""

    _name = "followup.product.picture"
    _inherit = ["followup.product.detail.mixin"]
    _description = "Picture of a product"
    _order = "tracking_id, sequence, id"

    sequence = fields.Integer(default=10)
    name = fields.Char(string="What it shows")
    image = fields.Image(required=True, max_width=1920, max_height=1920)
    image_256 = fields.Image(
        related="image", max_width=256, max_height=256, store=True, string="Small"
    )
    sample_id = fields.Many2one(
        "followup.product.sample", index="btree_not_null", ondelete="cascade"
    )
    inspection_id = fields.Many2one(
        "followup.product.inspection", index="btree_not_null", ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A picture of a sample or an inspection belongs to its tracking."""
        for vals in vals_list:
            if vals.get("tracking_id"):
                continue
            for name in ("sample_id", "inspection_id"):
                if vals.get(name):
                    owner = self.env[self._fields[name].comodel_name].browse(vals[name])
                    vals["tracking_id"] = owner.tracking_id.id
        return super().create(vals_list)

    @api.constrains("tracking_id", "sample_id", "inspection_id")
    def _check_same_tracking(self):
        for picture in self:
            owners = picture.sample_id.tracking_id | picture.inspection_id.tracking_id
            if owners - picture.tracking_id:
                raise ValidationError(
                    self.env._("A picture belongs to a sample of its own product.")
                )
