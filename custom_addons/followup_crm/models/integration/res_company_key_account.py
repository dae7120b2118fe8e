from odoo import fields, models

WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class ResCompany(models.Model):
    """Which customers are key accounts, and how they are looked after (A1, A4, A6)."""

    _inherit = "res.company"

    fcrm_account_auto = fields.Boolean(
        string="Recognise key accounts by class",
        default=True,
        help="Customers in the classes below are key accounts. Off: by hand only.",
    )
    fcrm_account_tier_ids = fields.Many2many(
        "followup.tier",
        "fcrm_company_account_tier_rel",
        "company_id",
        "tier_id",
        string="Classes of key accounts",
        help="Of any scheme that is switched on. Empty: the first class of the policy"
        " scheme.",
    )
    fcrm_account_change_percent = fields.Integer(
        string="A change in turnover is marked from (%)",
        default=20,
        help="Turnover of the last three full months against the same months of last"
        " year: from this change on, the weekly check asks for the reason.",
    )
    fcrm_account_check_weekday = fields.Selection(
        WEEKDAYS,
        string="Weekly checks are due on",
        required=True,
        default="4",
    )
    fcrm_lane_orders = fields.Boolean(
        string="Orders of key accounts have priority",
        default=True,
        help="They are marked, and their deliveries get Odoo's priority, so that goods"
        " are reserved for them first.",
    )
    fcrm_lane_shipments = fields.Boolean(
        string="Shipments of key accounts have priority", default=True
    )
    fcrm_lane_complaints = fields.Boolean(
        string="Complaints of key accounts have priority", default=True
    )

    _fcrm_account_change_positive = models.Constraint(
        "CHECK (fcrm_account_change_percent > 0)",
        "A marked change in turnover is at least 1 %.",
    )

    def _fcrm_get_account_tiers(self):
        """The classes whose customers are key accounts.

        :return: ``followup.tier``, empty where the company recognises by hand only
        """
        self.ensure_one()
        tiers = self.env["followup.tier"]
        if not self.fcrm_account_auto:
            return tiers
        if self.fcrm_account_tier_ids:
            return self.fcrm_account_tier_ids.filtered(
                lambda tier: tier.scheme_id.active and tier.company_id == self
            )
        return tiers.search(
            [("scheme_id.is_policy", "=", True), ("company_id", "=", self.id)],
            order="sequence, id",
            limit=1,
        )
