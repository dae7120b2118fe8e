from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from .dashboard import SHOWN

# Satisfaction is compared by quarters, complaints are counted over a year.
QUARTERS = 4
RISK_COLORS = {"late": "danger", "at_risk": "warning", "on_track": "success"}


class Dashboard(models.AbstractModel):
    """How things stand: panels of bars and short lists (S2)."""

    _inherit = "followup.dashboard"

    @api.model
    def _get_panels(self, role):
        """Panels of a role in the order of the page; other rooms add theirs."""
        panels = {
            "user": (
                self._panel_months,
                self._panel_deliveries,
                self._panel_classes,
                self._panel_moves,
            ),
            "officer": (
                self._panel_oldest,
                self._panel_promises,
                self._panel_states,
                self._panel_categories,
                self._panel_satisfaction,
            ),
            "manager": (
                self._panel_months,
                self._panel_questions,
                self._panel_pareto,
                self._panel_classes,
                self._panel_moves,
                self._panel_owners,
                self._panel_risks,
                self._panel_promises,
                self._panel_satisfaction,
                self._panel_activity,
            ),
        }
        return [method(role) for method in panels[role]]

    @api.model
    def _make_panel(self, key, title, rows, kind="bars", **more):
        """A panel; nothing to show is said by its ``empty`` text.

        :param kind: ``bars``: rows ``label``, ``value``, ``unit`` (number, amount,
            percent), ``color`` or ``tier_color``, ``hint``, ``action``; ``list``: rows
            ``title``, ``text``, ``badge``, ``color``, ``action``; ``months``: see
            ``_panel_months``
        :param more: ``action`` of the heading, ``empty``, ``note``
        """
        return {"key": key, "title": title, "kind": kind, "rows": rows, **more}

    @api.model
    def _count_by(self, model, domain, field):
        """Numbers by the values of a field, in the order of a selection."""
        records = self.env[model]
        domain = Domain(domain) & self._here(model)
        groups = records._read_group(domain, [field], ["__count"])
        if records._fields[field].type != "selection":
            return sorted(groups, key=lambda group: -group[1])
        found = dict(groups)
        options = records._fields[field]._description_selection(self.env)
        return [(key, name, found[key]) for key, name in options if key in found]

    def _bars_by(self, model, domain, field, colors=None):
        """Bars of a selection, each opening its list."""
        return [
            {
                "label": name,
                "value": number,
                "unit": "number",
                "color": (colors or {}).get(key, "primary"),
                "action": self._list(
                    name,
                    model,
                    Domain(domain) & Domain(field, "=", key) & self._here(model),
                ),
            }
            for key, name, number in self._count_by(model, domain, field)
        ]

    # === CONTACTS AND ORDERS === #

    def _panel_owners(self, role):
        """Whose customers wait longest: overdue contacts by owner."""
        model = "followup.customer"
        overdue = Domain("contact_state", "=", "overdue")
        groups = self._get_waiting()["overdue"]
        title = self.env._("Not contacted in time, by owner")
        return self._make_panel(
            "owners",
            title,
            [
                {
                    "label": user.name or self.env._("Without an owner"),
                    "value": number,
                    "unit": "number",
                    "color": "danger",
                    "action": self._list(
                        user.name or title,
                        model,
                        overdue & Domain("user_id", "=", user.id) & self._here(model),
                    ),
                }
                for user, number in groups[:SHOWN]
            ],
            empty=self.env._("Every customer was contacted in time."),
            action=self._list(title, model, overdue & self._here(model)),
        )

    def _panel_risks(self, role):
        model = "followup.order.tracking"
        is_open = Domain("state", "=", "open")
        return self._make_panel(
            "risks",
            self.env._("Orders under way"),
            self._bars_by(model, is_open, "risk", RISK_COLORS),
            empty=self.env._("No order is under way."),
            action="followup_crm.order_tracking_action_late",
        )

    def _panel_deliveries(self, role):
        """The orders whose goods leave next, or should have left."""
        trackings = self.env["followup.order.tracking"]
        domain = Domain("state", "=", "open") & self._get_scope(role)
        domain &= self._here(trackings._name)
        here = Domain("type_id.is_delivery", "=", True)
        here &= Domain("actual_date", "=", False)
        domain &= Domain("milestone_ids", "any", here)
        found = trackings.search_fetch(
            domain & Domain("forecast_delivery_date", "!=", False),
            ["name", "customer_id", "risk", "forecast_delivery_date"],
            order="forecast_delivery_date, id",
            limit=SHOWN,
        )
        labels = dict(trackings._fields["risk"]._description_selection(self.env))
        return self._make_panel(
            "deliveries",
            self.env._("My next deliveries"),
            [
                {
                    "title": tracking.display_name,
                    "text": format_date(self.env, tracking.forecast_delivery_date),
                    "badge": labels[tracking.risk],
                    "color": RISK_COLORS[tracking.risk],
                    "action": self._open(tracking),
                }
                for tracking in found
            ],
            kind="list",
            empty=self.env._("None of your orders waits to be shipped."),
            action="followup_crm.order_tracking_action",
        )

    @api.model
    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # === COMPLAINTS === #

    def _panel_oldest(self, role):
        """The complaints whose promise ends first."""
        complaints = self.env["followup.complaint"]
        domain = Domain("is_open", "=", True) & self._here(complaints._name)
        found = complaints.search(
            domain & Domain("next_deadline", "!=", False),
            order="next_deadline, id",
            limit=SHOWN,
        )
        colors = {"late": "danger", "warning": "warning", "ok": "success"}
        return self._make_panel(
            "oldest",
            self.env._("Next promises to keep"),
            [
                {
                    "title": f"{complaint.name} · {complaint.subject}",
                    "text": complaint.customer_id.sudo().name  # officers see all files
                    or complaint.complainant_company
                    or "",
                    "badge": complaint.time_left or "",
                    "color": colors.get(complaint.clock_state, "secondary"),
                    "action": self._open(complaint),
                }
                for complaint in found
            ],
            kind="list",
            empty=self.env._("No promise is running."),
            action="followup_crm.complaint_action",
        )

    def _panel_states(self, role):
        model = "followup.complaint"
        return self._make_panel(
            "states",
            self.env._("Open complaints by status"),
            self._bars_by(model, Domain("is_open", "=", True), "state"),
            empty=self.env._("No complaint is open."),
            action="followup_crm.complaint_action",
        )

    def _panel_categories(self, role):
        """What was complained about in the last 12 months."""
        model = "followup.complaint"
        since = fields.Date.context_today(self) - relativedelta(years=1)
        domain = Domain("received_date", ">=", fields.Date.to_string(since))
        groups = self._count_by(model, domain, "category_id")
        return self._make_panel(
            "categories",
            self.env._("Complaints of 12 months by category"),
            [
                {
                    "label": category.name or self.env._("Not judged yet"),
                    "value": number,
                    "unit": "number",
                    "color": "primary",
                    "action": self._list(
                        category.name or self.env._("Not judged yet"),
                        model,
                        domain
                        & Domain("category_id", "=", category.id)
                        & self._here(model),
                    ),
                }
                for category, number in groups[:SHOWN]
            ],
            empty=self.env._("Nobody complained in the last 12 months."),
            action="followup_crm.complaint_report_action",
        )

    def _panel_promises(self, role):
        """Which part of the promises of 90 days was kept."""
        model = "followup.complaint.report"
        since = fields.Date.context_today(self) - relativedelta(days=90)
        domain = Domain("received_date", ">=", fields.Date.to_string(since))
        names = ("acknowledge_kept", "propose_kept", "close_kept")
        [kept] = self.env[model]._read_group(
            domain & self._here(model), [], [f"{name}:avg" for name in names]
        )
        texts = (
            self.env._("Acknowledged in time"),
            self.env._("Proposed in time"),
            self.env._("Closed in time"),
        )
        action = self._list(
            self.env._("Complaints of 90 days"),
            model,
            domain & self._here(model),
            mode="pivot,graph",
        )
        return self._make_panel(
            "promises",
            self.env._("Promises of 90 days that were kept"),
            [
                {
                    "label": text,
                    "value": share,
                    "unit": "percent",
                    "color": "success" if share >= 90 else "warning",
                    "action": action,
                }
                for text, share in zip(texts, kept, strict=True)
                if share is not None and share is not False
            ],
            empty=self.env._("No complaint came in within 90 days."),
            action="followup_crm.complaint_report_action",
        )

    # === SATISFACTION === #

    def _panel_satisfaction(self, role):
        """Index by quarter, with the number of answers; officers see their own kind."""
        model = "followup.satisfaction.report"
        domain = self._get_answered_domain(role)
        groups = self.env[model]._read_group(
            domain, ["date:quarter"], ["index:avg", "nps:avg", "__count"]
        )
        title = self.env._("Satisfaction by quarter")
        if role == "officer":
            title = self.env._("Satisfaction after a complaint")
        rows = []
        for day, index, nps, number in groups:
            if index is None or index is False:
                continue
            until = fields.Date.to_string(day + relativedelta(months=3))
            quarter = Domain("date", ">=", fields.Date.to_string(day))
            quarter &= Domain("date", "<", until)
            rows.append(
                {
                    "label": f"Q{(day.month + 2) // 3} {day.year}",
                    "value": index,
                    "unit": "points",
                    "color": "success" if index >= 80 else "warning",
                    "hint": self._satisfaction_hint(nps, number),
                    "action": self._list(
                        title, model, domain & quarter, mode="pivot,graph"
                    ),
                }
            )
        return self._make_panel(
            "satisfaction",
            title,
            rows,
            empty=self.env._("Nobody answered within a year."),
            action="followup_crm.satisfaction_report_action",
        )

    def _get_answered_domain(self, role):
        """Answers of the last quarters, this one included."""
        kinds = ("complaint",) if role == "officer" else ("satisfaction", "loyalty")
        today = fields.Date.context_today(self)
        first = today.replace(day=1) - relativedelta(months=(today.month - 1) % 3)
        since = first - relativedelta(months=3 * (QUARTERS - 1))
        return (
            Domain("kind", "in", kinds)
            & Domain("answered", "=", 1)
            & Domain("date", ">=", fields.Date.to_string(since))
            & self._here("followup.satisfaction.report")
        )

    def _satisfaction_hint(self, nps, number):
        """How many answered, and the NPS where enough did."""
        if not isinstance(nps, int | float) or isinstance(nps, bool):
            return self.env._("%(number)s answers", number=number)
        return self.env._(
            "%(number)s answers, NPS %(nps)s", number=number, nps=round(nps)
        )
