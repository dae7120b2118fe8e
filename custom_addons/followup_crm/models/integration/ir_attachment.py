from odoo import models
from odoo.exceptions import AccessError

COMPLAINT = "followup.complaint"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """Who may read a complaint as its customer sees no internal files of it.

        Odoo opens all files of a record to whoever may read the record.
        """
        result = super()._check_access(operation)
        if self.env.su or not self.env.user.share:
            return result
        forbidden, error = result or (self.browse(), None)
        hidden = (self - forbidden)._fcrm_hidden_from_customer()
        if not hidden:
            return result
        if error is None:

            def error():
                return AccessError(self.env._("You may not open this file."))

        return forbidden | hidden, error

    def _fcrm_hidden_from_customer(self):
        """Files of complaints that were not exchanged with the customer."""
        # Elevated: only to find out what belongs to which message.
        own = self.sudo().filtered(
            lambda one: (one.res_model or "").startswith(COMPLAINT)
        )
        if not own:
            return self.browse()
        complaints = self.env[COMPLAINT].sudo().browse(
            own.filtered(lambda one: one.res_model == COMPLAINT).mapped("res_id")
        )
        shown = self.browse()
        for complaint in complaints.exists():
            shown |= complaint._get_portal_attachments().sudo(False)
        return self.browse(own.ids) - self.browse(shown.ids)
