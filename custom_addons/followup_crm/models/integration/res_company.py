from odoo import api, fields, models

from ...const import RECURRENCE_DAYS, STALE_MONTHS


class ResCompany(models.Model):
    _inherit = "res.company"

    fcrm_stale_months = fields.Integer(
        string="Data are stale after (months)",
        default=STALE_MONTHS,
        help="The owner of a customer file is reminded once when a group of its data"
        " has not been changed or confirmed for this many months.",
    )

    followup_sales_basis = fields.Selection(
        [("order", "Confirmed orders"), ("invoice", "Posted invoices")],
        string="What counts as a sale",
        required=True,
        default="order",
        help="The basis of turnover, classification and every report. Confirmed orders"
        " count what was ordered and not cancelled, by order date; posted invoices"
        " count what was invoiced less credit notes, by invoice date.",
    )

    fcrm_recurrence_days = fields.Integer(
        string="A complaint is a recurrence within (days)",
        default=RECURRENCE_DAYS,
        help="A complaint about the same product for the same cause within this time"
        " opens the corrective action again that should have prevented it.",
    )

    _fcrm_stale_months_positive = models.Constraint(
        "CHECK (fcrm_stale_months > 0)",
        "Customer data become stale after at least one month.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """A new company gets its own classification schemes and ways to complain."""
        companies = super().create(vals_list)
        self.env["followup.tier.scheme"]._make_for_companies(companies)
        self.env["followup.complaint.channel"]._make_for_companies(companies)
        return companies
