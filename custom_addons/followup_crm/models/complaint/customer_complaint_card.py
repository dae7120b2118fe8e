from odoo import fields, models

from ...tools.sheet import Report, Sheet, table, text_cell

CARD = (
    "name received_date subject product_id category_id severity cause_id state outcome"
    " remedy_cost closed_date revisit_result"
).split()
ABOVE = ("code", "user_id", "tier_id", "phone", "email")


class Customer(models.Model):
    """The complaint history card (抱怨管理卡) of a customer, PDF and Excel (C15)."""

    _inherit = "followup.customer"

    # === ACTIONS === #

    def action_print_complaint_card_xlsx(self):
        """Download the complaint history cards of these customers as one workbook."""
        self._check_sheet_access()
        return self._get_workbook_action("complaint_card")

    # === BUSINESS === #

    def _get_complaint_card_report(self):
        """The complaint history cards of these customers.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self._check_sheet_access()
        complaints = self.env["followup.complaint"]
        found = complaints.search(
            [("customer_id", "in", self.ids)], order="received_date desc, id desc"
        )
        by_customer = found.grouped("customer_id")
        labels = self._get_sheet_field_labels()
        register = ("code", "name", "complaint_count", "open_complaint_count")
        return Report(
            title=self.env._("Complaint history card"),
            facts=self._get_print_facts(
                self._get_sheet_labels(), self.company_id, len(self)
            ),
            sheets=tuple(
                Sheet(
                    code=customer.code or "",
                    name=customer.name or "",
                    sections=tuple(
                        customer._get_complaint_card_sections(
                            by_customer.get(customer, found.browse()), labels
                        )
                    ),
                    register=tuple(
                        self._get_sheet_cell(customer, name) for name in register
                    ),
                )
                for customer in self
            ),
            register_headings=tuple(labels[name] for name in register),
            labels=self._get_sheet_labels(),
        )

    def _get_complaint_card_sections(self, complaints, labels):
        """What is known of the customer, its complaints, and their sum by category."""
        self.ensure_one()
        sections = (
            self._get_sheet_pairs(self.env._("Customer"), self, ABOVE, labels),
            self._get_sheet_table(self.env._("Complaints"), complaints, CARD),
            self._get_complaint_sums(complaints),
        )
        return [section for section in sections if section]

    def _get_complaint_sums(self, complaints):
        rows = []
        for category, group in complaints.grouped("category_id").items():
            closed = group.filtered(lambda complaint: not complaint.is_open)
            satisfied = group.filtered(lambda c: c.revisit_result == "satisfied")
            last = max(group.mapped("received_date"))
            rows.append(
                [
                    text_cell(category.name or self.env._("Not judged")),
                    text_cell(str(len(group))),
                    text_cell(str(len(closed))),
                    text_cell(str(len(satisfied))),
                    text_cell(
                        str(fields.Datetime.context_timestamp(self, last).date())
                    ),
                ]
            )
        headings = [
            self.env._("Category"),
            self.env._("Complaints"),
            self.env._("Closed"),
            self.env._("Satisfied at the revisit"),
            self.env._("Last on"),
        ]
        return table(self.env._("By category"), headings, rows)
