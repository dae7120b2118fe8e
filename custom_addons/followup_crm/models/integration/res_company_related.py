from odoo import fields, models


class ResCompany(models.Model):
    """Which products count as bought together (Q5)."""

    _inherit = "res.company"

    fcrm_related_months = fields.Integer(
        string="Orders of the last months",
        default=24,
        help="Orders of so many months are counted; 0: all.",
    )
    fcrm_related_support = fields.Float(
        string="Least support (%)",
        default=0.2,
        digits=(16, 3),
        help="Of all orders, the part that holds both products.",
    )
    fcrm_related_confidence = fields.Float(
        string="Least confidence (%)",
        default=10,
        help="Of the orders with the one product, the part that holds the other one.",
    )
    fcrm_related_orders = fields.Integer(
        string="Orders that a class needs",
        default=100,
        help="A class with fewer orders is served with the counts of all customers.",
    )

    _fcrm_related_limits = models.Constraint(
        "CHECK (fcrm_related_months >= 0 AND fcrm_related_orders >= 1"
        " AND fcrm_related_support BETWEEN 0 AND 100"
        " AND fcrm_related_confidence BETWEEN 0 AND 100)",
        "Months and shares are not negative, and a class needs one order at least.",
    )
