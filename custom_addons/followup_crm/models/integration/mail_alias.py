from odoo import models


class MailAlias(models.Model):
    _inherit = "mail.alias"

    def _alias_bounce_incoming_email(self, message, message_dict, set_invalid=True):
        """A mail for complaints that failed is kept or tried again: nobody is told off.

        Who is refused because the address is for some people only is told, as ever.
        """
        if self.env.context.get("fcrm_mail_id") and set_invalid:
            return
        super()._alias_bounce_incoming_email(
            message, message_dict, set_invalid=set_invalid
        )
