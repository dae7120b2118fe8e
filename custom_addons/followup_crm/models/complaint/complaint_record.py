from odoo import api, models
from odoo.exceptions import UserError

from ...tools.sheet import Report, Sheet, table, text_cell

# More than these nobody prints at a time.
MAX_RECORDS = 500
REGISTERED = (
    "subject received_date channel received_by_id user_id customer_id partner_id"
    " complainant_name complainant_company email_from phone order_id picking_id"
    " product_id lot_id move_id quantity wanted wish description"
).split()
JUDGED = "category_id severity nature cause_id".split()
PROMISED = (
    "acknowledge_deadline acknowledged_date contain_deadline contained_date"
    " propose_deadline proposed_date capa_deadline capa_date close_deadline closed_date"
).split()
INVESTIGATED = (
    "containment sample_result inspection_note findings root_cause responsible_kind"
    " responsible_department responsible_user_id responsible_partner_id"
).split()
DIRECTED = "instruction directed_by_id directed_date consequences".split()
RESULT = (
    "outcome refusal_reason agreed_date remedied_date result_text told_date"
    " remedy_cost revisit_date revisited_on revisit_result reopen_count"
).split()
REGISTER = (
    "name received_date customer_id subject channel category_id severity cause_id"
    " responsible_kind responsible_department state outcome remedy_cost closed_date"
    " revisit_result"
).split()


class Complaint(models.Model):
    """The complaint record (客户投诉记录表, table 13-11), for PDF and Excel."""

    _name = "followup.complaint"
    _inherit = ["followup.complaint", "followup.sheet.mixin"]

    # === ACTIONS === #

    def action_print_record_xlsx(self):
        """Download the records of these complaints as one workbook."""
        self._check_sheet_access()
        return self._get_workbook_action("complaint_record")

    # === BUSINESS === #

    def _check_sheet_access(self):
        if len(self) > MAX_RECORDS:
            raise UserError(
                self.env._(
                    "At most %(limit)s complaints can be printed at a time: choose"
                    " fewer, or use Export for a plain list.",
                    limit=MAX_RECORDS,
                )
            )
        self.check_access("read")

    def _get_sheet_report(self):
        """The records of these complaints with what stands above them.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self._check_sheet_access()
        labels = {
            name: values["string"]
            for name, values in self.fields_get(attributes=["string"]).items()
        }
        return Report(
            title=self.env._("Complaint record"),
            facts=self._get_print_facts(
                self._get_sheet_labels(), self.company_id, len(self)
            ),
            sheets=tuple(
                Sheet(
                    code=complaint.name or "",
                    name=complaint.subject or "",
                    sections=tuple(filter(None, complaint._get_sheet_sections(labels))),
                    register=tuple(
                        self._get_sheet_cell(complaint, name) for name in REGISTER
                    ),
                )
                for complaint in self
            ),
            register_headings=tuple(labels[name] for name in REGISTER),
            labels=self._get_sheet_labels(),
        )

    @api.model
    def _get_sheet_labels(self):
        return self._get_print_labels(
            count=self.env._("Number of complaints"),
            register=self.env._("Complaints"),
            code=self.env._("Complaint number"),
        )

    def _get_sheet_sections(self, labels):
        """The sections of one record; empty ones are left out by the caller."""
        parts = (
            (self.env._("Received"), REGISTERED),
            (self.env._("Judged"), JUDGED),
            (self.env._("Promised and kept"), PROMISED),
            (self.env._("Investigated"), INVESTIGATED),
            (self.env._("Directed"), DIRECTED),
        )
        return [
            *(self._get_sheet_pairs(t, self, names, labels) for t, names in parts),
            self._get_sheet_table(
                self.env._("Proposals"),
                self.proposal_ids,
                ("name", "kind", "cost", "state", "answered_via", "answered_by"),
            ),
            self._get_sheet_pairs(self.env._("Result"), self, RESULT, labels),
            self._get_sheet_table(
                self.env._("Corrective and preventive actions"),
                self.action_ids | self.recurring_action_ids,
                ("name", "kind", "user_id", "department", "date_deadline", "state"),
            ),
            self._get_sheet_history(),
        ]

    def _get_sheet_history(self):
        """When which state began, from the log."""
        # Elevated: the log of a complaint that the user may read.
        values = self.sudo().message_ids.tracking_value_ids.filtered(
            lambda value: value.field_id.name == "state"
        )
        rows = [
            [
                self._get_sheet_datetime(self, None, value.create_date),
                text_cell(value.old_value_char),
                text_cell(value.new_value_char),
                text_cell(value.create_uid.name),
            ]
            for value in values.sorted("id")
        ]
        headings = [
            self.env._("Date"),
            self.env._("From"),
            self.env._("To"),
            self.env._("User"),
        ]
        return table(self.env._("History"), headings, rows)
