from odoo import api, fields, models

from ..interaction.today import SHOWN


class Interaction(models.Model):
    """The weekly checks of key accounts on the work list (A4)."""

    _inherit = "followup.interaction"

    @api.model
    def _get_today_sections(self):
        """This week's checks of the current user that are not done."""
        checks = self.env["followup.account.check"]
        domain = [("user_id", "=", self.env.uid), ("state", "=", "open")]
        found = checks.search(domain, limit=SHOWN, order="date_deadline, id")
        count = len(found)
        return [
            *super()._get_today_sections(),
            {
                "key": "account_checks",
                "title": self.env._("Key accounts to check"),
                "plain": True,
                "color": "info",
                "count": checks.search_count(domain) if count == SHOWN else count,
                "rows": [check._get_today_row() for check in found],
            },
        ]


class AccountCheck(models.Model):
    """A check in one line, for the work list."""

    _inherit = "followup.account.check"

    def _get_today_row(self):
        """What the work list shows of this check."""
        self.ensure_one()
        customer = self.customer_id
        late = (fields.Date.context_today(self) - self.date_deadline).days
        purpose = self.env._("Weekly check")
        if self.needs_reason:
            purpose = self.env._(
                "Weekly check: turnover changed by %(change)s %%, why?",
                change=f"{self.change:+.0f}",
            )
        return {
            "id": self.id,
            "key": f"account check {self.id}",
            "model": self._name,
            "customer_id": customer.id,
            "customer": customer.name,
            "code": customer.code,
            "tier": customer.tier_id.name or "",
            "tier_color": customer.tier_color,
            "purpose": purpose,
            "late_days": max(late, 0),
            "phone": customer.phone or "",
            "person": customer.person_in_charge_id.name or "",
        }
