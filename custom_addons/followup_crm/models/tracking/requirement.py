from odoo import api, fields, models

GROUPS = [
    ("packing", "Packing"),
    ("labels", "Labels"),
    ("tests", "Tests"),
    ("documents", "Documents"),
    ("other", "Other"),
]


class Requirement(models.Model):
    """What a customer wants on every order of its own: its requirement sheet (K9)."""

    _name = "followup.requirement"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Requirement of a customer"
    _order = "customer_id, sequence, id"

    name = fields.Char(required=True, string="Requirement")
    description = fields.Text(string="Details")
    group = fields.Selection(
        GROUPS, required=True, default="packing", string="Concerns"
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.model_create_multi
    def create(self, vals_list):
        """A new requirement holds for the orders that are under way, too."""
        requirements = super().create(vals_list)
        # Elevated: it holds for the orders of all merchandisers.
        trackings = self.env["followup.order.tracking"].sudo()
        trackings.search(
            [
                ("customer_id", "in", requirements.customer_id.ids),
                ("state", "=", "open"),
            ]
        )._insert_requirements()
        return requirements
