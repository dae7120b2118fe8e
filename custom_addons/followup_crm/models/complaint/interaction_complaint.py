from odoo import models

from .states import OPEN_STATES


class Interaction(models.Model):
    """What whoever contacts a customer has to know of its complaints (F2)."""

    _inherit = "followup.interaction"

    def _collect_open_issues(self, customers, issues):
        # Elevated: it is read for the preparation of a contact that the user may see.
        complaints = self.env["followup.complaint"].sudo()
        states = dict(complaints._fields["state"]._description_selection(self.env))
        for complaint in complaints.search(
            [("customer_id", "in", customers.ids), ("state", "in", OPEN_STATES)]
        ):
            text = self.env._(
                "%(number)s %(subject)s (%(state)s)",
                number=complaint.name,
                subject=complaint.subject or "",
                state=states[complaint.state],
            )
            key = f"complaint:{complaint.id}"
            issues[complaint.customer_id.id][key] = ("complaint", 5, text)
        return super()._collect_open_issues(customers, issues)
