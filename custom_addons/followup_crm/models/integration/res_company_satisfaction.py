from odoo import fields, models


class ResCompany(models.Model):
    """How often customers are asked, and from how many answers on figures count."""

    _inherit = "res.company"

    fcrm_survey_days = fields.Integer(
        string="Rounds to the same contact (days apart)",
        default=180,
        help="A contact gets no second satisfaction or loyalty survey sooner.",
    )
    fcrm_survey_short_days = fields.Integer(
        string="Short questions to the same contact (days apart)",
        default=90,
        help="No short question so soon after any other survey.",
    )
    fcrm_survey_customer_days = fields.Integer(
        string="Customer for at least (days)",
        default=60,
        help="Customers whose first order is more recent are not asked.",
    )
    fcrm_survey_reminder_days = fields.Integer(
        string="Reminder after (days)",
        default=5,
        help="Who has not answered is reminded once; 0 for no reminder.",
    )
    fcrm_survey_least = fields.Integer(
        string="Figures count from (answers)",
        default=10,
        help="With fewer answers figures are grey, and the recommendation is hidden.",
    )
    fcrm_survey_delivery = fields.Boolean(
        string="Ask after a delivery",
        help="Three days after goods left, the recipient gets a short question.",
    )
    fcrm_survey_complaint = fields.Boolean(
        string="Ask after a complaint",
        help="A day after a complaint was closed, the customer gets a short question.",
    )

    _fcrm_survey_positive = models.Constraint(
        "CHECK (fcrm_survey_days >= 0 AND fcrm_survey_short_days >= 0"
        " AND fcrm_survey_customer_days >= 0 AND fcrm_survey_reminder_days >= 0"
        " AND fcrm_survey_least > 0)",
        "The figures for surveys cannot be negative.",
    )
