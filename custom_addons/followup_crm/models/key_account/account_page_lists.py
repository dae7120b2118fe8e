from odoo import api, fields, models
from odoo.tools import format_date

from .account_check_findings import BAD, FAIR, GOOD, PLAIN

STATUS_COLORS = {"gap": BAD, "never": BAD, "due": BAD, "soon": FAIR, "fine": GOOD}
SHOWN_EVENTS = 8
SHOWN_ISSUES = 6


class Account(models.Model):
    """The lists on the review page: people, what is open, judgement, events."""

    _inherit = "followup.account"

    def _get_people_rows(self):
        """Who visits whom: due ones first."""
        rows = self.contact_ids
        roles = dict(rows._fields["role"]._description_selection(self.env))
        statuses = dict(rows._fields["status"]._description_selection(self.env))
        order = list(STATUS_COLORS)
        return [
            {
                "id": row.id,
                "role": roles[row.role],
                "person": row.contact_id.name or self.env._("nobody named"),
                "function": row.function or "",
                # Elevated: a colleague's name.
                "ours": row.user_id.sudo().name or self.env._("nobody of us"),
                "last": format_date(self.env, row.last_date) if row.last_date else "",
                "next": format_date(self.env, row.next_date)
                if row.last_date and row.next_date
                else "",
                "status": statuses[row.status],
                "color": STATUS_COLORS[row.status],
                "can_plan": row.status != "gap",
            }
            for row in rows.sorted(lambda row: (order.index(row.status), row.sequence))
        ]

    def _get_issues(self):
        """Open complaints, late orders and letters: dict of customer id: rows."""
        result = {}
        complaints = self._get_open_records(
            "followup.complaint", [("is_open", "=", True)], SHOWN_ISSUES
        )
        orders = self._get_open_records(
            "followup.order.tracking",
            [("state", "=", "open"), ("risk", "!=", "on_track")],
            SHOWN_ISSUES,
            "days_late desc, id",
        )
        letters = self._get_open_records(
            "followup.account.intent", [("state", "in", ("sent", "signed"))]
        )
        titles = {
            "followup.complaint": self.env._("Complaint"),
            "followup.order.tracking": self.env._("Order"),
            "followup.account.intent": self.env._("Letter of intent"),
        }
        for found in (complaints, orders, letters):
            for customer_id, records in found.items():
                result.setdefault(customer_id, []).extend(
                    {
                        "model": record._name,
                        "id": record.id,
                        "title": titles[record._name],
                        "name": record.display_name,
                        "text": self._get_issue_text(record),
                        "color": self._get_issue_color(record),
                    }
                    for record in records
                )
        return result

    @api.model
    def _get_issue_text(self, record):
        if record._name == "followup.complaint":
            return dict(record._fields["state"]._description_selection(self.env))[
                record.state
            ]
        if record._name == "followup.order.tracking":
            if record.days_late > 0:
                return self.env._("%(days)s days late", days=record.days_late)
            return dict(record._fields["risk"]._description_selection(self.env))[
                record.risk
            ]
        return self.env._("%(part)s %% fulfilled", part=f"{record.fulfilment:.0f}")

    @api.model
    def _get_issue_color(self, record):
        if record._name == "followup.complaint":
            return BAD if record.severity == "critical" else FAIR
        if record._name == "followup.order.tracking":
            return BAD if record.risk == "late" else FAIR
        return PLAIN

    def _get_judgement(self):
        """What we think of it, and what we want."""
        customer = self.customer_id
        return [
            {"key": key, "title": title, "text": text or "", "color": color}
            for key, title, text, color in (
                ("strategy", self.env._("What we want"), self.strategy, "primary"),
                ("strengths", self.env._("Strengths"), customer.strengths, GOOD),
                ("weaknesses", self.env._("Weaknesses"), customer.weaknesses, FAIR),
                (
                    "opportunities",
                    self.env._("Outlook"),
                    customer.opportunities,
                    "info",
                ),
                ("risks", self.env._("Risks"), customer.risks, BAD),
            )
            if text
        ]

    def _get_event_rows(self):
        """The latest events."""
        kinds = dict(self.event_ids._fields["kind"]._description_selection(self.env))
        rows = []
        for event in self.event_ids[:SHOWN_EVENTS]:
            text = event.note or ""
            if event.before or event.after:
                text = f"{event.before or '–'} → {event.after or '–'}"
            day = fields.Datetime.context_timestamp(self, event.date)
            rows.append(
                {
                    "id": event.id,
                    "date": format_date(self.env, day),
                    "title": kinds[event.kind],
                    "text": text,
                }
            )
        return rows

    def _get_plan_text(self, plan):
        """The yearly plan: its id and how its forecast is reckoned."""
        if not plan:
            return None
        return {"id": plan.id, "text": plan.forecast_text}
