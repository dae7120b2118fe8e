from odoo import api, models
from odoo.fields import Domain

from ..interaction.today import SHOWN
from .states import WAITING_STATES


class Interaction(models.Model):
    """Requests that wait for my answer, on the work list."""

    _inherit = "followup.interaction"

    @api.model
    def _get_today_sections(self):
        requests = self.env["followup.request"]
        domain = Domain("user_id", "=", self.env.uid) & Domain(
            "state", "in", WAITING_STATES
        )
        found = requests.search(domain, limit=SHOWN)
        count = len(found)
        return [
            *super()._get_today_sections(),
            {
                "key": "requests",
                "title": self.env._("Requests to answer"),
                "plain": True,
                "color": "warning",
                "count": requests.search_count(domain) if count == SHOWN else count,
                "rows": [request._get_today_row() for request in found],
            },
        ]


class Request(models.Model):
    """A request in one line, for the work list."""

    _inherit = "followup.request"

    def _get_today_row(self):
        """What the work list shows of this request."""
        self.ensure_one()
        # Elevated: who answers a request knows whose it is, without the file.
        customer = self.sudo().customer_id
        parts = [self.display_name, self.time_left]
        return {
            "id": self.id,
            "key": f"request {self.id}",
            "model": self._name,
            "customer_id": customer.id,
            "customer": customer.name
            or self.contact_company
            or self.contact_name
            or "",
            "code": customer.code or "",
            "tier": customer.tier_id.name or "",
            "tier_color": customer.tier_color,
            "purpose": " · ".join(part for part in parts if part),
            "late_days": 0,
            "phone": self.phone or self.partner_id.phone or "",
            "person": self.contact_name or self.partner_id.name or "",
        }
