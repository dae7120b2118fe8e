from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.tools import SQL

from ..facts.customer_figures import RESPONSE_MONTHS


class Customer(models.Model):
    """Complaints are a response of a customer, beside orders and inquiries (P9)."""

    _inherit = "followup.customer"

    response_type = fields.Selection(selection_add=[("complaint", "Complaints")])

    def _response_select(self, company, today, customers=None):
        """Each complaint counts once; a tie is an order or an inquiry."""
        months = self.env["followup.sales.month"]
        return SQL(
            """
            %(others)s
             UNION ALL
            SELECT c.customer_id, 'complaint', 3
              FROM followup_complaint c
             WHERE c.company_id = %(company)s AND c.received_date >= %(since)s
               AND c.customer_id IS NOT NULL AND %(only)s
            """,
            others=super()._response_select(company, today, customers),
            company=company.id,
            since=today - relativedelta(months=RESPONSE_MONTHS),
            only=months._only(SQL("""c.customer_id"""), customers),
        )
