from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, email_split, html2plaintext

from ...tools.conversation import addresses_of, clean, parse

MAX_TEXT = 20_000
SERVER_ONLY = frozenset(
    "user_id company_id state reason interaction_id message_id email_from".split()
)
REASONS = [
    ("none", "No customer has this address"),
    ("several", "Several customers have these addresses"),
    ("sender", "The sender is no user of Follow-up CRM"),
    ("pasted", "Put aside when it was pasted"),
]


class Incoming(models.Model):
    """A mail or chat that was forwarded or pasted (F14).

    It becomes a contact with the one customer whose address it carries. Where there is
    none, or more than one, it waits here until somebody sorts it out.
    """

    _name = "followup.incoming"
    _inherit = ["mail.thread", "followup.guarded.mixin"]
    _description = "Message to sort out"
    _order = "id desc"
    _server_only = SERVER_ONLY

    name = fields.Char(string="Subject", required=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Forwarded by",
        index="btree_not_null",
        readonly=True,
        default=lambda self: self.env.user,
    )
    email_from = fields.Char(string="Sender", readonly=True)
    date = fields.Datetime(readonly=True, default=fields.Datetime.now)
    method = fields.Selection(
        [("email", "E-mail"), ("message", "Instant message")],
        required=True,
        default="email",
    )
    text = fields.Text()
    addresses = fields.Char(readonly=True, help="The addresses found in it.")
    message_id = fields.Char(readonly=True, copy=False, string="Message id")
    state = fields.Selection(
        [("waiting", "To sort out"), ("attached", "Attached"), ("dropped", "Dropped")],
        string="Status",
        required=True,
        default="waiting",
        readonly=True,
        index=True,
    )
    reason = fields.Selection(REASONS, readonly=True)
    customer_id = fields.Many2one(
        "followup.customer",
        ondelete="set null",
        index="btree_not_null",
        domain="[('company_id', '=', company_id)]",
    )
    interaction_id = fields.Many2one(
        "followup.interaction",
        string="Contact",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    # A mail that is delivered twice makes one record, also at the same moment.
    _message_unique = models.UniqueIndex(
        "(message_id, company_id) WHERE message_id IS NOT NULL"
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Keep messages; whose they are and what came of them is not given from
        outside."""
        self._refuse_server_only({name for vals in vals_list for name in vals})
        return super().create(vals_list)

    def write(self, vals):
        """Only subject and customer are the user's to set."""
        self._refuse_server_only(vals)
        return super().write(vals)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail has come in by the alias: keep it, and attach it where it is clear."""
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(
            values.get("company_id") or self.env.company.id
        )
        known = self._find_message(msg_dict.get("message_id"), company)
        if known:
            return known
        user = self._find_sender(msg_dict, company)
        body = html2plaintext(msg_dict.get("body") or "")
        heads = [msg_dict.get(name) or "" for name in ("from", "to", "cc")]
        read = parse(body)
        addresses = read.addresses + addresses_of(" ".join(heads))
        values.update(
            name=clean(msg_dict.get("subject") or read.subject)[:200] or "–",
            company_id=company.id,
            user_id=user.id,
            email_from=clean(msg_dict.get("email_from") or "")[:200],
            date=msg_dict.get("date") or fields.Datetime.now(),
            text=clean(body)[:MAX_TEXT],
            addresses=", ".join(dict.fromkeys(addresses))[:1000],
            message_id=msg_dict.get("message_id") or False,
        )
        incoming = super().message_new(msg_dict, values)
        if user:
            incoming._sort()
        else:
            incoming.reason = "sender"
        return incoming

    @api.model
    def _find_message(self, message_id, company):
        if not message_id:
            return self.browse()
        return self.search(
            [("message_id", "=", message_id), ("company_id", "=", company.id)], limit=1
        )

    @api.model
    def _find_sender(self, msg_dict, company):
        """The user of Follow-up CRM who forwarded a mail, in this company."""
        sender = msg_dict.get("email_from") or msg_dict.get("from") or ""
        address = email_normalize((email_split(sender) or [""])[0])
        users = self.env["res.users"]
        if not address:
            return users
        # Elevated: the mail gateway finds out who wrote.
        found = users.sudo().search(
            [("email_normalized", "=", address), ("share", "=", False)]
        )
        followers = users._fcrm_get_followers(company)
        fitting = found.filtered(lambda user: user in followers)
        return fitting if len(fitting) == 1 else users

    # === ACTIONS === #

    def action_attach(self):
        """Make a contact with the chosen customer of it."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "waiting":
            raise UserError(self.env._("This message has been sorted out already."))
        if not self.customer_id:
            raise UserError(self.env._("Choose the customer first."))
        self.customer_id.check_access("write")
        people = self.env["followup.interaction"]._match_people(
            self._get_addresses(), self.company_id
        )
        contact = self._attach(
            self.customer_id, people.get(self.customer_id), self.env.user
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.interaction",
            "view_mode": "form",
            "res_id": contact.id,
        }

    def action_drop(self):
        """It is about no customer."""
        self.check_access("write")
        # Elevated: the status is closed to direct writing.
        self.sudo().filtered(lambda one: one.state == "waiting").state = "dropped"

    # === BUSINESS === #

    def _get_addresses(self):
        return [one for one in (self.addresses or "").split(", ") if one]

    def _sort(self):
        """Attach it to the one customer whose address it carries, or say why not.

        It is done with the rights of the user who forwarded it: customers of others
        are not found.
        """
        self.ensure_one()
        own = self.env["followup.interaction"].with_user(self.user_id).sudo(False)
        own = own.with_context(allowed_company_ids=self.company_id.ids)
        customer, people, reason = own._find_customer(
            self._get_addresses(), self.company_id
        )
        if customer:
            self._attach(customer, people, self.user_id)
        else:
            self.reason = reason

    def _attach(self, customer, people, user):
        """Make the done contact, as that user; the original is kept here."""
        contacts = self.env["followup.interaction"].with_user(user).sudo(False)
        contacts = contacts.with_context(allowed_company_ids=self.company_id.ids)
        day = fields.Datetime.context_timestamp(
            self.with_context(tz=user.tz or "UTC"), self.date
        ).date()
        contact = contacts.create(
            {
                "customer_id": customer.id,
                "user_id": user.id,
                "purpose": self.name,
                "method": self.method,
                "date": day,
                "content": self.text or self.name,
                "contact_ids": [(6, 0, (people or customer.partner_id.browse()).ids)],
            }
        )
        contact._done(day)
        # Elevated: what came of a message is closed to direct writing.
        self.sudo().write(
            {
                "customer_id": customer.id,
                "interaction_id": contact.id,
                "state": "attached",
            }
        )
        return contact
