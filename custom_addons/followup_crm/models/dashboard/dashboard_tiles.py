from odoo import api, fields, models
from odoo.fields import Domain

from ..interaction.interaction import OPEN_STATES


class Dashboard(models.AbstractModel):
    """What needs me today: numbers, each the length of a list (S2)."""

    _inherit = "followup.dashboard"

    @api.model
    def _get_tiles(self, role):
        """Tiles of a role, the most urgent first; other rooms add theirs."""
        tiles = {
            "user": (
                self._tile_overdue,
                self._tile_due,
                self._tile_customers_due,
                self._tile_orders,
                self._tile_shipments,
                self._tile_complaints,
                self._tile_quotations,
                self._tile_risk,
                self._tile_money,
            ),
            "officer": (
                self._tile_complaints_late,
                self._tile_complaints_soon,
                self._tile_complaints_new,
                self._tile_complaints,
                self._tile_revisits,
                self._tile_approvals,
                self._tile_actions,
            ),
            "manager": (
                self._tile_customers_due,
                self._tile_reviews,
                self._tile_plans,
                self._tile_standing,
                self._tile_orders_late,
                self._tile_shipments,
                self._tile_complaints_late,
                self._tile_approvals,
                self._tile_risk,
                self._tile_actions,
                self._tile_money,
            ),
        }
        return [method(role) for method in tiles[role]]

    @api.model
    def _make_tile(self, key, title, model, domain, color="warning", **more):
        """A number that opens its list; nothing where the user may not read it.

        :param color: of Bootstrap, shown when there is something to do
        :param more: ``value``, where it is known already; ``is_amount``; else see
            ``_list``
        """
        records = self.env[model]
        if not records.has_access("read"):
            return None
        value = more.pop("value", None)
        is_amount = more.pop("is_amount", False)
        if "company_id" in records._fields:
            domain &= self._here(model)
        if value is None:
            value = records.search_count(domain)
        return {
            "key": key,
            "title": title,
            "value": value,
            "is_amount": is_amount,
            "color": color if value else "success",
            "action": self._list(title, model, domain, **more),
        }

    # === CONTACTS === #

    @api.model
    def _contacts(self, operator):
        today = fields.Date.context_today(self)
        return (
            Domain("user_id", "=", self.env.uid)
            & Domain("state", "in", OPEN_STATES)
            & Domain("date", operator, fields.Date.to_string(today))
        )

    def _tile_overdue(self, role):
        return self._make_tile(
            "overdue",
            self.env._("Overdue contacts"),
            "followup.interaction",
            self._contacts("<"),
            "danger",
        )

    def _tile_due(self, role):
        return self._make_tile(
            "due",
            self.env._("Contacts of today"),
            "followup.interaction",
            self._contacts("="),
        )

    def _tile_customers_due(self, role):
        title, value = self.env._("Customers not contacted in time"), None
        if role == "user":
            title = self.env._("My customers not contacted in time")
        else:
            value = sum(number for _user, number in self._get_waiting()["overdue"])
        domain = Domain("contact_state", "=", "overdue") & self._get_scope(role)
        return self._make_tile(
            "customers_due", title, "followup.customer", domain, "danger", value=value
        )

    def _tile_reviews(self, role):
        contacts = self.env["followup.interaction"]
        return self._make_tile(
            "reviews",
            self.env._("Reports to review"),
            contacts._name,
            contacts._get_my_review_domain(),
        )

    def _tile_plans(self, role):
        return self._make_tile(
            "plans",
            self.env._("Contact plans to approve"),
            "followup.interaction.plan",
            Domain("state", "=", "submitted"),
        )

    def _tile_standing(self, role):
        return self._make_tile(
            "standing",
            self.env._("Standing to approve"),
            "followup.customer",
            Domain("standing_requested", "!=", False),
            value=self._get_waiting()["standing"],
        )

    # === ORDERS === #

    def _tile_orders(self, role):
        return self._make_tile(
            "orders",
            self.env._("Orders to act on"),
            "followup.order.tracking",
            self.env["followup.interaction"]._get_due_order_domain(),
            "danger",
        )

    def _tile_orders_late(self, role):
        return self._make_tile(
            "orders_late",
            self.env._("Late orders"),
            "followup.order.tracking",
            Domain("state", "=", "open") & Domain("risk", "=", "late"),
            "danger",
        )

    def _tile_shipments(self, role):
        domain = Domain("warning_level", "in", ("soon", "late"))
        return self._make_tile(
            "shipments",
            self.env._("Shipments with a warning"),
            "followup.shipment",
            domain & self._get_scope(role),
        )

    def _tile_quotations(self, role):
        return self._make_tile(
            "quotations",
            self.env._("Quotations without an answer"),
            "sale.order",
            Domain("state", "=", "sent") & Domain("user_id", "=", self.env.uid),
            "info",
        )

    # === COMPLAINTS === #

    def _tile_complaints(self, role):
        domain = Domain("is_open", "=", True) & self._get_scope(role)
        return self._make_tile(
            "complaints",
            self.env._("Open complaints"),
            "followup.complaint",
            domain,
            "info",
        )

    def _tile_complaints_late(self, role):
        return self._make_tile(
            "complaints_late",
            self.env._("Complaints past their promise"),
            "followup.complaint",
            Domain("is_open", "=", True) & Domain("clock_state", "=", "late"),
            "danger",
        )

    def _tile_complaints_soon(self, role):
        return self._make_tile(
            "complaints_soon",
            self.env._("Complaints soon due"),
            "followup.complaint",
            Domain("is_open", "=", True) & Domain("clock_state", "=", "warning"),
        )

    def _tile_complaints_new(self, role):
        return self._make_tile(
            "complaints_new",
            self.env._("Not acknowledged yet"),
            "followup.complaint",
            Domain("state", "=", "received"),
            "danger",
        )

    def _tile_revisits(self, role):
        return self._make_tile(
            "revisits",
            self.env._("To be called again"),
            "followup.complaint",
            Domain("state", "=", "closed")
            & Domain("revisit_date", "<=", "today")
            & Domain("revisit_result", "=", False),
        )

    def _tile_approvals(self, role):
        return self._make_tile(
            "approvals",
            self.env._("Complaints to be decided"),
            "followup.complaint",
            Domain("approval_ids.state", "=", "waiting"),
        )

    def _tile_actions(self, role):
        today = fields.Date.to_string(fields.Date.context_today(self))
        return self._make_tile(
            "actions",
            self.env._("Improvement actions overdue"),
            "followup.action",
            Domain("state", "=", "open") & Domain("date_deadline", "<", today),
            "danger",
        )

    # === VALUE === #

    def _tile_risk(self, role):
        return self._make_tile(
            "risk",
            self.env._("Customers at risk"),
            "followup.value",
            self._get_risk_domain(role),
            value=int(self._get_totals(role)["at_risk"]),
            view="followup_crm.value_view_list_risk",
            mode="list,kanban",
        )

    def _tile_money(self, role):
        domain = Domain("overdue", ">", 0)
        domain &= self._get_scope(role, "customer_id.user_id")
        return self._make_tile(
            "money",
            self.env._("Overdue payments"),
            "followup.value",
            domain,
            "danger",
            value=self._get_totals(role)["overdue"],
            is_amount=True,
            view="followup_crm.value_view_list_credit",
            mode="list,kanban",
        )
