from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ChannelCost(models.Model):
    """What a channel cost in a period: a stand, an entry, an agent's fee (N3)."""

    _name = "followup.channel.cost"
    _description = "Cost of a channel"
    _rec_name = "note"
    _order = "date_from desc, id desc"

    channel_id = fields.Many2one(
        "followup.information.channel",
        required=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        required=True,
        string="Counts from",
        default=fields.Date.context_today,
        help="The yield counts the whole cost on this day.",
    )
    date_to = fields.Date(string="Counts until")
    amount = fields.Monetary(required=True, string="Cost")
    note = fields.Char(string="What for", required=True)

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A cost cannot be negative."
    )

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for cost in self:
            if cost.date_to and cost.date_to < cost.date_from:
                raise ValidationError(
                    self.env._(
                        "'%(note)s' ends before it begins: put the dates right.",
                        note=cost.note,
                    )
                )
