from odoo import api, models

from ..interaction.today import SHOWN


class Interaction(models.Model):
    """Customers that are about to leave their owner, on the work list (F6, F11)."""

    _inherit = "followup.interaction"

    @api.model
    def _get_today_sections(self):
        sections = super()._get_today_sections()
        files = self.env["followup.customer"]
        domain = [("user_id", "=", self.env.uid), ("pool_warned", "=", True)]
        warned = files.search(domain, limit=SHOWN)
        count = files.search_count(domain) if len(warned) == SHOWN else len(warned)
        return [
            *sections,
            {
                "key": "warned",
                "title": self.env._("About to leave for the pool"),
                "plain": True,
                "count": count,
                "rows": [self._get_warned_row(customer) for customer in warned],
            },
        ]

    @api.model
    def _get_warned_row(self, customer):
        """What the work list shows of a customer that is about to leave."""
        return {
            "id": customer.id,
            "key": f"customer {customer.id}",
            "model": "followup.customer",
            "customer_id": customer.id,
            "customer": customer.name,
            "code": customer.code,
            "tier": customer.tier_id.name or "",
            "tier_color": customer.tier_color,
            "purpose": customer.pool_note or "",
            "phone": customer.phone or "",
            "person": customer.person_in_charge_id.name or "",
        }
