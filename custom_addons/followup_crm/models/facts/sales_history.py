from calendar import monthrange
from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

MONTHS = [(str(number), f"{number:02d}") for number in range(1, 13)]


class SalesHistory(models.Model):
    """Dealings of the years before Odoo, imported (P4).

    One row per customer and year, or month. It is shown apart from what Odoo computes,
    and a period for which documents exist is refused, so that nothing counts twice.
    Amounts are untaxed, in the currency of the file's company.
    """

    _name = "followup.sales.history"
    _inherit = ["followup.customer.detail.mixin"]
    _description = "Dealings of earlier years"
    _rec_name = "year"
    _order = "date_to desc, id desc"

    year = fields.Integer(required=True, aggregator=None)
    month = fields.Selection(MONTHS, help="Empty: the figures of the whole year.")
    date_from = fields.Date(compute="_compute_period", store=True)
    date_to = fields.Date(compute="_compute_period", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary(required=True, string="Turnover", help="Untaxed.")
    margin = fields.Monetary()
    quantity = fields.Float(string="Volume")
    order_count = fields.Integer(string="Orders")
    note = fields.Char(string="Where the figure comes from")

    # Query: the earlier years within a window, per company.
    _company_period = models.Index("(company_id, date_to)")
    _plausible_year = models.Constraint(
        "CHECK (year BETWEEN 1900 AND 2100)",
        "The year has four digits, for example 2021.",
    )

    @api.depends("year", "month")
    def _compute_period(self):
        for row in self:
            year = row.year or 1900
            first = int(row.month) if row.month else 1
            last = int(row.month) if row.month else 12
            row.date_from = date(year, first, 1)
            row.date_to = date(year, last, monthrange(year, last)[1])

    @api.constrains("customer_id", "year", "month")
    def _check_overlap(self):
        """Refuse a period that another row, or a document in Odoo, covers already."""
        self.env.flush_all()
        clashes = self.env.execute_query(
            SQL(
                """
                SELECT h.id, o.id
                  FROM followup_sales_history h
                  JOIN followup_sales_history o ON o.customer_id = h.customer_id
                       AND o.id <> h.id AND o.date_from <= h.date_to
                       AND o.date_to >= h.date_from
                 WHERE h.id = ANY(%s)
                 ORDER BY h.id, o.id
                 LIMIT 1
                """,
                self.ids,
            )
        )
        for row_id, other_id in clashes:
            row = self.browse(row_id)
            raise ValidationError(
                self.env._(
                    "%(customer)s: %(period)s overlaps with %(other)s, which is"
                    " there already. Correct one of the two.",
                    customer=row.customer_id.display_name,
                    period=row._get_period_name(),
                    other=self.browse(other_id)._get_period_name(),
                )
            )
        for company, rows in self.grouped("company_id").items():
            rows._check_documents(company)

    def _check_documents(self, company):
        """Refuse rows in whose period Odoo has a document, which would count twice.

        One query for all rows, by the documents' own indexes on the partner.
        """
        found = self.env["followup.sales.month"]._contacts(self.customer_id)
        facts = self.env["followup.sales.fact"]
        clashes = self.env.execute_query(
            SQL(
                """
                SELECT h.id, d.date
                  FROM (%(documents)s) d
                  JOIN res_partner p ON p.id = d.partner_id
                  JOIN followup_customer f ON f.partner_id = p.commercial_partner_id
                       AND f.company_id = d.company_id
                  JOIN followup_sales_history h ON h.customer_id = f.id
                       AND d.date BETWEEN h.date_from AND h.date_to
                 WHERE d.source <> 'history' AND h.id = ANY(%(rows)s)
                   AND d.partner_id = ANY(%(partners)s)
                 ORDER BY h.id, d.date
                 LIMIT 1
                """,
                documents=facts._document_select(
                    company,
                    min(self.mapped("date_from")),
                    max(self.mapped("date_to")) + timedelta(days=1),
                ),
                rows=self.ids,
                partners=found.ids,
            )
        )
        for row_id, day in clashes:
            row = self.browse(row_id)
            raise ValidationError(
                self.env._(
                    "%(customer)s: Odoo has a sale of %(date)s within"
                    " %(period)s, which would count twice. Enter the months"
                    " before it one by one.",
                    customer=row.customer_id.display_name,
                    date=day,
                    period=row._get_period_name(),
                )
            )

    def _get_period_name(self):
        self.ensure_one()
        return f"{self.year}-{int(self.month):02d}" if self.month else str(self.year)

    @api.model
    def get_import_templates(self):
        """The template that Odoo's import offers to download (P4)."""
        return [
            {
                "label": self.env._("Template: dealings of earlier years"),
                "template": "/followup_crm/static/import/sales_history.csv",
            }
        ]

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._refresh_customers(rows.customer_id)
        return rows

    def write(self, vals):
        customers = self.customer_id
        result = super().write(vals)
        self._refresh_customers(customers | self.customer_id)
        return result

    def unlink(self):
        customers = self.customer_id
        result = super().unlink()
        self._refresh_customers(customers)
        return result

    def _refresh_customers(self, customers):
        """What is typed in is seen at once, in the months and in the figures."""
        # Elevated: to read the partners' ids, whoever typed it in.
        self.env["followup.sales.month"]._refresh(customers)
        customers._refresh_order_figures(customers.sudo().partner_id)
