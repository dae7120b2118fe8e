from odoo import fields, models


class CustomerRelation(models.Model):
    """A competitor, partner or former supplier of a customer (P6)."""

    _name = "followup.customer.relation"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Business relation of a customer"
    _order = "kind, name, id"
    _data_group = "market"

    kind = fields.Selection(
        [
            ("competitor", "Competitor of the customer"),
            ("partner", "Partner of the customer"),
            ("former_supplier", "Former supplier"),
        ],
        required=True,
    )
    name = fields.Char(required=True)
    country_id = fields.Many2one("res.country")
    period = fields.Char(help="When it was, for example 2019–2022.")
    note = fields.Text(
        string="How it went",
        help="For a former supplier: what was bought, and why it ended.",
    )
