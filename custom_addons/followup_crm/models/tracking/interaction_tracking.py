from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..interaction.today import SHOWN


class Interaction(models.Model):
    """Orders that are late, in the preparation of a contact and on the work list."""

    _inherit = "followup.interaction"

    def _collect_open_issues(self, customers, issues):
        # Elevated: it is read for the preparation of a contact that the user may see.
        trackings = self.env["followup.order.tracking"].sudo()
        for tracking in trackings.search(
            [
                ("customer_id", "in", customers.ids),
                ("state", "=", "open"),
                ("risk", "!=", "on_track"),
            ]
        ):
            key = f"order:{tracking.id}"
            text = tracking._get_issue_text()
            issues[tracking.customer_id.id][key] = ("order", 7, text)
        return super()._collect_open_issues(customers, issues)

    @api.model
    def _get_today_sections(self):
        """Orders with a milestone of mine that is due or overdue, or that are late."""
        trackings = self.env["followup.order.tracking"]
        domain = self._get_due_order_domain()
        found = trackings.search(domain, limit=SHOWN)
        count = len(found)
        return [
            *super()._get_today_sections(),
            {
                "key": "orders",
                "title": self.env._("Orders to act on"),
                "plain": True,
                "color": "warning",
                "count": trackings.search_count(domain) if count == SHOWN else count,
                "rows": [tracking._get_today_row() for tracking in found],
            },
        ]

    @api.model
    def _get_due_order_domain(self):
        """Orders of which the current user has something to do today."""
        due = Domain("user_id", "=", self.env.uid) & Domain("actual_date", "=", False)
        due &= Domain("forecast_date", "<=", fields.Date.context_today(self))
        late = Domain("user_id", "=", self.env.uid) & Domain("risk", "=", "late")
        return Domain("state", "=", "open") & (
            Domain("milestone_ids", "any", list(due)) | late
        )


class OrderTracking(models.Model):
    """An order in one line, for lists of other rooms."""

    _inherit = "followup.order.tracking"

    def _get_issue_text(self):
        """That the order is late or at risk, why, and when it is expected."""
        self.ensure_one()
        labels = dict(self._fields["risk"]._description_selection(self.env))
        parts = [f"{self.display_name}: {labels[self.risk]}"]
        if self.late_reason:
            parts.append(self.late_reason)
        if self.days_late and self.forecast_delivery_date:
            day = format_date(self.env, self.forecast_delivery_date)
            parts.append(self.env._("expected on %(day)s", day=day))
        return " · ".join(parts)

    def _get_today_row(self):
        """What the work list shows of this order."""
        self.ensure_one()
        # Elevated: who works on an order knows whose it is, without the file.
        customer = self.customer_id.sudo()
        return {
            "id": self.id,
            "key": f"order {self.id}",
            "model": self._name,
            "customer_id": customer.id,
            "customer": customer.name,
            "code": customer.code,
            "tier": customer.tier_id.name or "",
            "tier_color": customer.tier_color,
            "purpose": self._get_today_purpose(),
            "late_days": self.days_late,
            "phone": customer.phone or "",
            "person": customer.person_in_charge_id.name or "",
        }

    def _get_today_purpose(self):
        """Number, what is due of the current user, and what holds the order up."""
        today = fields.Date.context_today(self)
        due = self.milestone_ids.filtered(
            lambda m: (
                m.user_id == self.env.user
                and not m.actual_date
                and m.forecast_date
                and m.forecast_date <= today
            )
        )
        parts = [", ".join(due.type_id.mapped("name")), self.late_reason]
        what = " · ".join(part for part in parts if part)
        return f"{self.display_name}: {what}" if what else self.display_name
