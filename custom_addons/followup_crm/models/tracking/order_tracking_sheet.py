from odoo import models

from ...tools.sheet import Report, Sheet

REGISTER_FIELDS = (
    "name",
    "client_order_ref",
    "customer_id",
    "user_id",
    "order_date",
    "delivery_date",
    "forecast_delivery_date",
    "risk",
    "days_late",
    "late_reason",
    "next_type_id",
    "next_date",
    "progress",
    "lc_number",
    "lc_latest_shipment",
    "lc_expiry",
    "state",
)
MILESTONE_FIELDS = (
    "type_id",
    "planned_date",
    "forecast_date",
    "actual_date",
    "user_id",
    "evidence",
    "delay_cause",
    "note",
)


class OrderTracking(models.Model):
    """The order tracking table (订单跟踪表, table 13-7), for PDF and Excel."""

    _name = "followup.order.tracking"
    _inherit = ["followup.order.tracking", "followup.sheet.mixin"]

    # === ACTIONS === #

    def action_print_sheet_xlsx(self):
        """Download the register of these orders as one workbook."""
        self.check_access("read")
        return self._get_workbook_action("order_tracking")

    # === BUSINESS === #

    def _get_sheet_report(self):
        """The tables of these orders with what stands above them.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self.check_access("read")
        labels = self._get_sheet_labels()
        names = self._get_sheet_field_labels()
        return Report(
            title=self.env._("Order tracking table"),
            facts=self._get_print_facts(labels, self.company_id, len(self)),
            sheets=tuple(
                Sheet(
                    code=tracking.name,
                    name=tracking.customer_id.display_name or "",
                    sections=tracking._get_sheet_sections(names),
                    register=tuple(
                        self._get_sheet_cell(tracking, name) for name in REGISTER_FIELDS
                    ),
                )
                for tracking in self
            ),
            register_headings=tuple(names[name] for name in REGISTER_FIELDS),
            labels=labels,
        )

    def _get_sheet_sections(self, names):
        """The sections of one order, without the empty ones."""
        self.ensure_one()
        sections = [
            self._get_sheet_pairs(self.env._("Order"), self, REGISTER_FIELDS[1:], names)
        ]
        several = len(self.lot_ids) > 1
        for lot in self.lot_ids:
            title = lot.name if several else self.env._("Milestones")
            sections.append(
                self._get_sheet_table(title, lot.milestone_ids, MILESTONE_FIELDS)
            )
        sections.append(
            self._get_sheet_table(
                names["requirement_ids"],
                self.requirement_ids,
                ("group", "requirement_id", "checked_date", "checked_user_id", "note"),
            )
        )
        sections.append(
            self._get_sheet_table(
                names["exception_ids"],
                self.exception_ids,
                ("date", "kind", "name", "cause", "decision", "told_date", "user_id"),
            )
        )
        return tuple(section for section in sections if section)

    def _get_sheet_field_labels(self):
        descriptions = self.fields_get(attributes=["string"])
        return {name: values["string"] for name, values in descriptions.items()}

    def _get_sheet_labels(self):
        return self._get_print_labels(
            count=self.env._("Number of orders"),
            register=self.env._("Orders"),
            code=self.env._("Order"),
        )
