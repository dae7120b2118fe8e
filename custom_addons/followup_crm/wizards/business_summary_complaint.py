from odoo import models
from odoo.tools import date_utils

COLUMNS = ("received_date", "name", "subject", "severity", "state", "remedy_cost")


class BusinessSummary(models.TransientModel):
    """The complaints of the period in the business summary (F13)."""

    _inherit = "followup.business.summary"

    def _get_sections(self, customers):
        sections = super()._get_sections(customers)
        end = date_utils.add(self.date_to, days=1)
        found = customers._get_sheet_details(
            "followup.complaint",
            [("received_date", ">=", self.date_from), ("received_date", "<", end)],
        )
        for customer in customers:
            table = self._get_sheet_table(
                self.env._("Complaints"), found[customer], COLUMNS
            )
            sections[customer].append(table)
        return sections
