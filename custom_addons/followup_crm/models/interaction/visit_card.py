from collections import Counter

from odoo import fields, models

from ...tools.sheet import Pairs, Report, Sheet, text_cell

CARD_MONTHS = 24
CARD_CONTACTS = 200
# Neither tier nor review stand on it: customers see this paper now and then.
CARD_FIELDS = (
    "date",
    "method",
    "purpose",
    "contact_ids",
    "content",
    "result",
    "next_step",
    "user_id",
)
HEAD_FIELDS = ("user_id", "person_in_charge_id", "last_contact_date")


class Customer(models.Model):
    """The visit history card (访问履历卡, A3): whom we met, what came of it."""

    _inherit = "followup.customer"

    def action_print_visit_card_xlsx(self):
        """Download the cards of these customers as one workbook."""
        self._check_sheet_access()
        return self._get_workbook_action("visit_card")

    def _get_card_contacts(self, date_from=None, date_to=None):
        """Done contacts by customer, latest first; personal dates stay out.

        :return: dict of customer → ``followup.interaction``
        """
        today = fields.Date.context_today(self)
        date_from = date_from or fields.Date.subtract(today, months=CARD_MONTHS)
        domain = [
            ("state", "=", "done"),
            ("is_personal", "!=", True),
            ("date", ">=", date_from),
            ("date", "<=", date_to or today),
        ]
        # The card names the company already.
        plain = self.with_context(partner_display_name_hide_company=True)
        return plain._get_sheet_details("followup.interaction", domain, CARD_CONTACTS)

    def _get_visit_card_report(self):
        """The cards of these customers, for PDF and workbook.

        :return: ``tools.sheet.Report`` in the user's language
        """
        self._check_sheet_access()
        labels = {**self._get_sheet_labels(), "customer": self.env._("Customer")}
        names = self._get_sheet_field_labels()
        contacts = self._get_card_contacts()
        title = self.env._("Visit history card")
        return Report(
            title=title,
            facts=self._get_print_facts(labels, self.company_id, len(self)),
            sheets=tuple(
                Sheet(
                    code=customer.code or "",
                    name=customer.name or "",
                    sections=tuple(
                        section
                        for section in (
                            self._get_sheet_pairs(
                                self.env._("Overview"), customer, HEAD_FIELDS, names
                            ),
                            self._get_contact_counts(contacts[customer]),
                            self._get_sheet_table(
                                self.env._("Contacts so far"),
                                contacts[customer],
                                CARD_FIELDS,
                            ),
                        )
                        if section
                    ),
                )
                for customer in self
            ),
            labels=labels,
        )

    def _get_contact_counts(self, contacts):
        """Section: how often by which method."""
        counts = Counter(contacts.mapped("method"))
        methods = dict(contacts._fields["method"]._description_selection(self.env))
        return Pairs(
            self.env._("Contacts by method"),
            tuple(
                (methods[method], text_cell(str(counts[method])))
                for method in methods
                if counts[method]
            ),
        )
