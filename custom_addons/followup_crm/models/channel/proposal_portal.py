from odoo import models

# What a customer may read of a proposal; what it costs us is internal.
PORTAL_FIELDS = frozenset(
    """id display_name name complaint_id company_id currency_id sequence kind
    description amount state offered_date answered_date answered_via answered_by
    create_date write_date""".split()
)


class ComplaintProposal(models.Model):
    _inherit = "followup.complaint.proposal"

    def _has_field_access(self, field, operation):
        """Customers read what is offered to them, and none of what it costs us."""
        if not self.env.su and self.env.user.share:
            return operation == "read" and field.name in PORTAL_FIELDS
        return super()._has_field_access(field, operation)
