from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from .interaction import OPEN_STATES

GREETING_KINDS = ("holiday", "birthday")
GREETING_STATES = [
    ("ready", "Ready to send"),
    ("sent", "Sent"),
    ("opted_out", "Wants no e-mails"),
    ("no_address", "No e-mail address"),
    ("closed", "Not open any more"),
]


class Interaction(models.Model):
    """Greetings by mail (F5): in the recipient's language, previewed, never twice."""

    _inherit = "followup.interaction"

    greeted_on = fields.Date(string="Greeted on", readonly=True, copy=False)
    greeted_partner_id = fields.Many2one(
        "res.partner",
        compute="_compute_greeted_partner_id",
        string="Greeted",
        help="The first of the people, else the person in charge, else the company.",
    )
    greeting_state = fields.Selection(
        GREETING_STATES, compute="_compute_greeting_state", string="Greeting"
    )

    @api.depends("contact_ids", "customer_id")
    def _compute_greeted_partner_id(self):
        for contact in self:
            people = contact.contact_ids
            contact.greeted_partner_id = (
                people.filtered("email")[:1]
                or people[:1]
                or contact.customer_id.person_in_charge_id
                or contact.customer_id.partner_id
            )

    @api.depends("contact_ids", "customer_id", "state", "kind", "greeted_on")
    def _compute_greeting_state(self):
        for contact in self:
            if contact.kind not in GREETING_KINDS:
                contact.greeting_state = False
            elif contact.greeted_on:
                contact.greeting_state = "sent"
            elif contact.state not in OPEN_STATES:
                contact.greeting_state = "closed"
            elif not contact.greeted_partner_id.email_normalized:
                contact.greeting_state = "no_address"
            elif contact.greeted_partner_id.is_blacklisted:
                contact.greeting_state = "opted_out"
            else:
                contact.greeting_state = "ready"

    # === ACTIONS === #

    def action_greet(self):
        """Open the preview of the greetings for these contacts."""
        self.check_access("write")
        greetings = self.filtered(lambda contact: contact.kind in GREETING_KINDS)
        if not greetings:
            raise UserError(
                self.env._("Choose contacts for a holiday, a birthday or the like.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send greetings"),
            "res_model": "followup.greeting",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_interaction_ids": [(6, 0, greetings.ids)]},
        }

    # === BUSINESS === #

    def _get_greeting_template(self):
        """The mail template of this greeting."""
        self.ensure_one()
        # Elevated: which template a holiday has is read by everybody.
        template = self.holiday_id.sudo().template_id
        name = "holiday" if self.kind == "holiday" else "birthday"
        return (
            template
            or self.env.ref(f"followup_crm.mail_template_greeting_{name}").sudo()
        )

    def _render_greeting(self):
        """Subject and body in the recipient's language.

        :return: (text, html)
        """
        self.ensure_one()
        template = self._get_greeting_template()
        return tuple(
            template._render_field(name, self.ids, compute_lang=True)[self.id]
            for name in ("subject", "body_html")
        )

    def _send_greetings(self):
        """Send those that are ready, each once; a person only once per occasion.

        :return: number of greetings sent
        """
        self.check_access("write")
        self._lock()
        self.invalidate_recordset(["state", "greeted_on", "greeting_state"])
        ready = self.filtered(lambda contact: contact.greeting_state == "ready")
        for contact in ready:
            contact._send_greeting()
        return len(ready)

    def _send_greeting(self):
        subject, body = self._render_greeting()
        # Elevated: users may not write mails of the queue; the text is the template's.
        self._get_greeting_template().send_mail(
            self.id,
            email_values={"recipient_ids": [(6, 0, self.greeted_partner_id.ids)]},
        )
        self.sudo().write({"greeted_on": fields.Date.context_today(self)})
        self.content = f"{subject}\n{html2plaintext(body).strip()}"
        self.method = "email"
        self._done()
