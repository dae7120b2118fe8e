from odoo import fields, models

from ..tier.loose_many2one import LooseMany2one
from .value import ACTIVITIES


class ValueChange(models.Model):
    """A move of a customer between statuses: new, active, at risk… (V7).

    Written by the engine only; the first one of a customer comes from nowhere.
    """

    _name = "followup.value.change"
    _description = "Change of a customer's status"
    _rec_name = "customer_id"
    _order = "date desc, id desc"
    _log_access = False

    customer_id = fields.Many2one(
        "followup.customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = LooseMany2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(related="customer_id.user_id", string="Account owner")
    date = fields.Date(required=True, readonly=True)
    from_activity = fields.Selection(ACTIVITIES, string="From", readonly=True)
    to_activity = fields.Selection(ACTIVITIES, string="To", readonly=True)

    # Query: who was won, lost and regained in a period.
    _company_date = models.Index("(company_id, date)")
