from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...const import COMPLETENESS

RELIABILITIES = [
    ("confirmed", "Proven"),
    ("probable", "Probable"),
    ("hearsay", "Hearsay"),
    ("doubtful", "Doubtful"),
]


class Information(models.Model):
    """What was learnt about a customer, when, by whom, how, and how sure it is (P7).

    Personal data of decision makers do not belong here but in ``followup.person``.
    """

    _name = "followup.information"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Information about a customer"
    _rec_name = "content"
    _order = "date desc, id desc"

    date = fields.Date(
        required=True, default=fields.Date.context_today, string="Collected on"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Collected by",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    content = fields.Text(
        required=True,
        string="What we learnt",
        help="One fact or observation. Personal data of people belong under Persons.",
    )
    data_group = fields.Selection(
        selection="_selection_data_group",
        required=True,
        default="basic",
        string="About",
        help="The part of the customer file that this brings up to date.",
    )
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    source_partner_id = fields.Many2one(
        "res.partner", string="Learnt from", help="The person who told it, if any."
    )
    method_id = fields.Many2one(
        "followup.information.method",
        ondelete="restrict",
        default=lambda self: self._default_method_id(),
    )
    channel_id = fields.Many2one("followup.information.channel", ondelete="restrict")
    reliability = fields.Selection(
        RELIABILITIES, required=True, default="probable", string="How sure"
    )

    # Query: the information of one file, latest first.
    _customer_date = models.Index("(customer_id, date DESC, id DESC)")

    @api.constrains("date")
    def _check_date(self):
        for information in self:
            if information.date > fields.Date.context_today(information):
                raise ValidationError(
                    self.env._(
                        "'%(content)s' cannot have been learnt on %(date)s, which is"
                        " yet to come.",
                        content=information.content,
                        date=information.date,
                    )
                )

    def _default_method_id(self):
        """The method that fits where the user is, as told by the caller's context."""
        xmlid = self.env.context.get("fcrm_information_method", "meeting")
        return self.env.ref(
            f"followup_crm.information_method_{xmlid}", raise_if_not_found=False
        )

    @api.model
    def _selection_data_group(self):
        labels = self.env["followup.customer"]._get_data_group_labels()
        return [(group, labels[group]) for group in COMPLETENESS if group != "personal"]

    def _get_data_group(self):
        return self.data_group
