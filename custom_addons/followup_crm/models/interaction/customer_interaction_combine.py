from odoo import models

from .interaction import OPEN_STATES


class Customer(models.Model):
    """Contacts when two files turn out to be one."""

    _inherit = "followup.customer"

    def _combine_into(self, target):
        """All contacts move; what was proposed for both files is proposed once."""
        sources = (self - target).sudo()  # as the combination itself
        if not sources or sources.company_id != target.company_id:
            return super()._combine_into(target)
        self._release_proposals(sources, target.sudo())
        result = super()._combine_into(target)
        target.sudo()._refresh_last_contact()
        return result

    def _release_proposals(self, sources, target):
        """Drop what the target has already been proposed, or an earlier source."""
        contacts = self.env["followup.interaction"].sudo()  # all of both files
        known = set(
            contacts.search(
                [("customer_id", "=", target.id), ("source_key", "!=", False)]
            ).mapped("source_key")
        )
        for contact in contacts.search(
            [("customer_id", "in", sources.ids), ("source_key", "!=", False)],
            order="id",
        ):
            if contact.source_key in known:
                if contact.state in OPEN_STATES:
                    contact.action_cancel()
                contact.source_key = False
            else:
                known.add(contact.source_key)
