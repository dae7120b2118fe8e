from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize


class IntakeChannelMixin(models.AbstractModel):
    """The e-mail address to which a company's customers write: an alias of Odoo."""

    _name = "followup.intake.channel.mixin"
    _inherit = ["mail.alias.mixin.optional"]
    _description = "Address for incoming mails"
    # What mails to the address become.
    _intake_model = ""

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", readonly=True
    )
    mail_server_name = fields.Char(
        string="Mail server that checks senders",
        help="The name with which your own mail server begins the header"
        " Authentication-Results, for example mx.example.com. Mails that it vouches for"
        " are marked as coming from a verified sender; without a name none are.",
    )
    is_receipt_sent = fields.Boolean(
        string="Confirm receipt",
        default=True,
        help="Whoever writes by mail or form gets the number at once.",
    )

    # === ALIAS === #

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id(self._intake_model)
        if self.id:
            values["alias_defaults"] = repr({"company_id": self.company_id.id})
            values["alias_domain_id"] = self.company_id.alias_domain_id.id
        return values

    # === BUSINESS === #

    @api.model
    def _make_for_companies(self, companies=None):
        """Give each company that has none its channel, closed until it is opened."""
        # Elevated: whoever makes a company makes its channel, too.
        here = self.sudo()
        companies = companies or here.env["res.company"].search(Domain.TRUE)
        missing = (
            companies - here.search([("company_id", "in", companies.ids)]).company_id
        )
        return here.create([{"company_id": company.id} for company in missing])

    @api.model
    def _of_company(self, company):
        """The channel of a company, elevated."""
        # Elevated: public pages and the mail gateway read it.
        found = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return found or self._make_for_companies(company)

    def _is_open_to_everyone(self):
        """Whether mails of strangers are taken, as they are at first."""
        return self.alias_id.alias_contact == "everyone"

    @api.model
    def _of_addresses(self, addresses):
        """The channels whose e-mail address is among these (in lower case)."""
        # Elevated: the mail gateway asks, whoever it runs as.
        channels = self.sudo()
        addresses = {email_normalize(one) or one for one in addresses}
        local_parts = {one.partition("@")[0] for one in addresses}
        if not addresses:
            return channels.browse()
        return channels.search(
            Domain("alias_id.alias_full_name", "in", list(addresses))
            | Domain("alias_id.alias_name", "in", list(local_parts))
            & Domain("alias_id.alias_incoming_local", "=", True)
        )
