from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import CONTACT_METHODS
from ..tools.conversation import clean, parse


class Paste(models.TransientModel):
    """Paste a mail or a chat: it is read, and becomes a contact (F14)."""

    _name = "followup.paste"
    _description = "Paste a conversation"

    text = fields.Text(
        required=True, string="Mail or chat", help="E-mail, WeChat or WhatsApp."
    )
    customer_id = fields.Many2one("followup.customer")
    candidate_ids = fields.Many2many(
        "followup.customer", compute="_compute_candidate_ids", string="By address"
    )
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Contact of the file"
    )
    method = fields.Selection(CONTACT_METHODS, default="message", required=True)
    purpose = fields.Char()
    date = fields.Date(required=True, default=fields.Date.context_today)
    contact_ids = fields.Many2many("res.partner", string="People met")
    next_step = fields.Char(string="Next step")
    next_date = fields.Date(string="Next contact on")

    @api.depends("text")
    def _compute_candidate_ids(self):
        contacts = self.env["followup.interaction"]
        for paste in self:
            found = contacts._match_people(
                parse(paste.text).addresses, self.env.company
            )
            paste.candidate_ids = self.env["followup.customer"].union(*found)

    @api.onchange("text")
    def _onchange_text(self):
        """Fill in what the text tells; a customer only where there is no doubt."""
        if not self.text:
            return
        read = parse(self.text)
        today = fields.Date.context_today(self)
        self.method = read.method or self.method
        self.purpose = read.subject or self.purpose
        if read.moment:
            self.date = min(read.moment.date(), today)
        contacts = self.env["followup.interaction"]
        company = self.env.company
        if not self.customer_id:
            self.customer_id = contacts._find_customer(read.addresses, company)[0]
        self.contact_ids = self._find_people(read)

    def _find_people(self, read):
        """People of the chosen customer, by address or else by their name."""
        if not self.customer_id:
            return self.contact_ids.browse()
        found = self.env["followup.interaction"]._match_people(
            read.addresses, self.env.company
        )
        by_address = found.get(self.customer_id._origin)
        if by_address:
            return by_address
        people = self.customer_id.partner_id.child_ids
        return people.filtered(
            lambda person: person.name and person.name in read.people
        )

    # === ACTIONS === #

    def action_save(self):
        """Make a done contact of it."""
        self.ensure_one()
        if not self.customer_id:
            raise UserError(
                self.env._("Choose the customer, or put the text aside for later.")
            )
        contacts = self.env["followup.interaction"]
        contact = contacts.create(
            {
                "customer_id": self.customer_id.id,
                "purpose": self.purpose
                or contacts._get_proposed_purpose(self.customer_id),
                "method": self.method,
                "date": self.date,
                "content": clean(self.text),
                "contact_ids": [(6, 0, self.contact_ids.ids)],
                "next_step": self.next_step,
                "next_date": self.next_date,
            }
        )
        contact._done(self.date)
        return {
            "type": "ir.actions.act_window",
            "res_model": "followup.interaction",
            "view_mode": "form",
            "res_id": contact.id,
        }

    def action_put_aside(self):
        """Keep it in the list of messages to sort out."""
        self.ensure_one()
        read = parse(self.text)
        # Elevated: the reason is closed to direct writing; it is the user's own.
        self.env["followup.incoming"].sudo().create(
            {
                "name": self.purpose or read.subject or read.text[:60],
                "text": clean(self.text),
                "method": "email" if self.method == "email" else "message",
                "addresses": ", ".join(read.addresses),
                "reason": "pasted",
            }
        )
        return {"type": "ir.actions.act_window_close"}
