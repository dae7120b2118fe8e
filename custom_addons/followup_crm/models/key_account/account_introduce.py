from odoo import fields, models
from odoo.exceptions import UserError

TEMPLATE = "followup_crm.mail_template_account_introduction"


class Account(models.Model):
    """The manager is introduced to the customer in writing (A6)."""

    _inherit = "followup.account"

    def _get_introduction_partners(self):
        """Whom the letter goes to: the person in charge and the decision makers."""
        self.ensure_one()
        people = self.customer_id.person_in_charge_id | (
            self.contact_ids.filtered(lambda row: row.role == "decision").contact_id
        )
        people = people.filtered("email")
        return people or self.customer_id.partner_id.filtered("email")

    def _get_introduction_lang(self):
        """The customer's language, else the user's."""
        self.ensure_one()
        person = self._get_introduction_partners()[:1]
        return person.lang or self.partner_id.lang or self.env.lang

    def _get_introduction_ids(self):
        """Ids of those the letter goes to, as a template takes them."""
        return ",".join(str(one.id) for one in self._get_introduction_partners())

    def action_introduce(self):
        """Open the letter in the customer's language, to read and change before."""
        self.ensure_one()
        self.check_access("write")
        if not self.manager_id:
            raise UserError(self.env._("Assign a key account manager first."))
        if not self._get_introduction_partners():
            raise UserError(
                self.env._(
                    "Nobody at %(customer)s has an e-mail address: add one to the"
                    " person in charge or to a decision maker.",
                    customer=self.customer_id.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Introduce the manager in writing"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": self.env.ref(TEMPLATE).id,
                "default_composition_mode": "comment",
                "force_email": True,
                "fcrm_introduce": True,
            },
        }

    def _message_post_after_hook(self, message, msg_vals):
        """The letter was sent: that is noted."""
        result = super()._message_post_after_hook(message, msg_vals)
        if self.env.context.get("fcrm_introduce"):
            for account in self:
                # Elevated: when it was sent is nobody's to write.
                account.sudo().introduced_date = fields.Date.context_today(self)
                account._note_event(
                    "introduced",
                    after=account.manager_id.name,
                    note=", ".join(message.sudo().partner_ids.mapped("name")),
                )
        return result
