from odoo import fields, models

from .states import SEVERITIES, WISHES


class ComplaintCompensation(models.Model):
    """A row of the compensation table (赔偿制度): what we concede for what (C16).

    What costs more than its limit needs a manager's approval.
    """

    _name = "followup.complaint.compensation"
    _inherit = ["followup.list.mixin"]
    _description = "Compensation table"

    company_id = fields.Many2one("res.company", help="Empty for all companies.")
    category_ids = fields.Many2many(
        "followup.complaint.category",
        "followup_compensation_category_rel",
        "compensation_id",
        "category_id",
        string="Categories",
        help="Empty for all categories.",
    )
    severity = fields.Selection(SEVERITIES, help="Empty for every severity.")
    kind = fields.Selection(WISHES, required=True, default="credit")
    percent = fields.Float(
        string="Up to (% of the order)",
        help="Limit as a share of the order's untaxed amount; 0 for none.",
    )
    amount = fields.Float(
        string="Up to (amount)",
        help="Limit in the currency of the company; 0 for none.",
    )
    customer_text = fields.Text(
        string="Words for the customer",
        translate=True,
        help="Proposed as what the customer is told when it is settled at once.",
    )

    def _get_limit(self, order_amount):
        """What this row allows at most for an order, or None where it sets no limit.

        :param order_amount: untaxed amount of the order in company currency
        """
        self.ensure_one()
        limits = []
        if self.percent and order_amount:
            limits.append(order_amount * self.percent / 100)
        if self.amount:
            limits.append(self.amount)
        return min(limits, default=None)
