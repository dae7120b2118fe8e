from datetime import timedelta

from odoo import fields, models

from ..interaction.interaction import OPEN_STATES

REVISIT_AFTER = timedelta(days=7)


class Complaint(models.Model):
    """What the customer hears of us (C3, C6, C7), and the revisit (C8)."""

    _inherit = "followup.complaint"

    revisit_date = fields.Date(string="Revisit on", readonly=True, tracking=True)
    revisited_on = fields.Date(string="Revisited on", readonly=True, tracking=True)
    revisit_result = fields.Selection(
        [("satisfied", "Satisfied"), ("dissatisfied", "Not satisfied")],
        string="Revisit result",
        readonly=True,
        tracking=True,
    )

    def _get_customer_lang(self):
        """Language of whoever complained."""
        self.ensure_one()
        # Elevated: the language decides how we write, whoever writes.
        own = self.sudo()
        return own.partner_id.lang or own.customer_id.partner_id.lang or self.env.lang

    def _mail_customer(self, template_xmlid):
        """Write to the customer in its language; without an address, send nothing."""
        # Elevated: templates and the sending are nobody's own.
        template = self.env.ref(template_xmlid).sudo()
        for complaint in self:
            own = complaint.sudo()
            partner = own.partner_id.filtered("email")
            if not partner and not own.email_from:
                continue
            texts = {
                name: template._render_field(name, own.ids, compute_lang=True)[own.id]
                for name in ("subject", "body_html")
            }
            own.with_context(lang=own._get_customer_lang()).message_post(
                subject=texts["subject"],
                body=texts["body_html"],
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                author_id=self.env.user.partner_id.id,
                partner_ids=partner.ids,
                outgoing_email_to=False if partner else own.email_from,
            )

    def _message_post_after_hook(self, message, msg_vals):
        """The customer's answer ends the waiting, by mail or on the portal."""
        result = super()._message_post_after_hook(message, msg_vals)
        from_outside = not message.author_id or message.author_id.partner_share
        if from_outside and message.message_type in ("email", "comment"):
            self._resume()
        return result

    # === REVISIT === #

    def _plan_revisit(self):
        """Call again a week after closing: an interaction, or an activity (C8)."""
        self.ensure_one()
        date = fields.Date.context_today(self) + REVISIT_AFTER
        # Elevated: the date is closed to direct writing.
        self.sudo().write({"revisit_date": date, "revisit_result": False})
        if self.customer_id and self.user_id:
            self._make_revisit(date)
        elif self.user_id:
            self.activity_schedule(
                "followup_crm.mail_activity_type_complaint_revisit",
                date_deadline=date,
                user_id=self.user_id.id,
            )

    def _make_revisit(self, date):
        """The revisit as a contact with the customer; one for each closing."""
        # Elevated: contacts that the system proposes are nobody's own doing.
        self.env["followup.interaction"].sudo().create(
            {
                "customer_id": self.customer_id.id,
                "user_id": self.user_id.id,
                "kind": "revisit",
                "method": "phone",
                "date": date,
                "purpose": self.env._(
                    "Ask whether complaint %(number)s is settled: %(subject)s",
                    number=self.name,
                    subject=self.subject,
                ),
                "contact_ids": [(6, 0, self.partner_id.ids)],
                "source_key": self._get_revisit_key(),
            }
        )

    def _get_revisit_key(self):
        """What tells the contact of this closing from those of others."""
        return f"complaint {self.id} {self.reopen_count}"

    def _settle_revisit(self, said):
        """The customer was asked: the planned contact, or activity, is done."""
        self.activity_feedback(["followup_crm.mail_activity_type_complaint_revisit"])
        # Elevated: whoever asked the customer may tell, also for a colleague.
        contact = self.env["followup.interaction"].sudo()
        contact = contact.search(
            [
                ("customer_id", "=", self.customer_id.id),
                ("source_key", "=", self._get_revisit_key()),
                ("state", "in", OPEN_STATES),
            ]
        )
        if contact:
            contact.content = contact.content or said
            contact._done()

    def action_satisfied(self):
        """The customer was asked again and is satisfied."""
        self._check_state(("closed",))
        self._write_step(
            revisit_result="satisfied", revisited_on=fields.Date.context_today(self)
        )
        self._settle_revisit(self.env._("The customer is satisfied."))

    def _dissatisfied(self, reason):
        """The customer was asked again and is not satisfied: reopened (C8)."""
        self._check_state(("closed",))
        self._write_step(
            revisit_result="dissatisfied", revisited_on=fields.Date.context_today(self)
        )
        self._settle_revisit(
            self.env._("The customer is not satisfied: %(reason)s", reason=reason)
        )
        self._reopen(reason)
