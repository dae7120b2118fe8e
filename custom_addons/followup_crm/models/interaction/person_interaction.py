from odoo import models


class Person(models.Model):
    """What an erased person leaves behind: no date that a contact would tell."""

    _inherit = "followup.person"

    def unlink(self):
        """Contacts that were made for a personal date go with the data."""
        people = self.contact_id
        # Elevated: nobody but the account team sees them, and all of them go.
        contacts = (
            self.env["followup.interaction"]
            .sudo()
            .search([("is_personal", "=", True), ("contact_ids", "in", people.ids)])
        )
        result = super().unlink()
        contacts.unlink()
        return result
