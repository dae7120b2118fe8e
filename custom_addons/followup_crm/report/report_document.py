import base64

from odoo import api, models
from odoo.tools import format_date, formatLang

from ..tools import chart
from ..tools.document import Sums, take

# More rows nobody reads on paper, and wkhtmltopdf takes minutes for them.
MOST_ROWS = 1500
NUMBERS = {"integer", "number", "money", "percent"}


class ReportDocument(models.AbstractModel):
    """Values of the PDF of any report that consists of tables (S1)."""

    _name = "report.followup_crm.report_document"
    _description = "Report of the reports page"

    @api.model
    def _get_report_values(self, docids, data=None):
        # Only one's own: others' are as if they did not exist.
        prints = self.env["followup.report.print"].search([("id", "in", docids)])
        return {
            "doc_ids": prints.ids,
            "doc_model": prints._name,
            "docs": prints,
            "pages": [
                # Elevated: logo and name of a company are no secret to its users.
                (options.company_id.sudo(), self._get_page(options))
                for options in prints
            ],
        }

    @api.model
    def _get_page(self, options):
        """A document as the template takes it: texts only."""
        document = options._make_document(paper=True)
        return {
            "title": document.title,
            "facts": document.facts,
            "empty": document.labels["empty"],
            "tables": [self._get_table(one) for one in document.listings],
        }

    @api.model
    def _get_table(self, listing):
        sums, columns = Sums(listing), listing.columns
        rows, beyond = take(sums.watch(listing.rows), MOST_ROWS)
        whole = sum(column.weight for column in columns)
        more = ""
        if beyond:
            more = self.env._(
                "The first %(count)s rows; %(beyond)s more are in the workbook. Sums"
                " are those of all.",
                count=len(rows),
                beyond=beyond,
            )
        return {
            "title": listing.title,
            "note": listing.note,
            "chart": self._get_chart(listing),
            "columns": [
                {
                    "heading": column.heading,
                    "width": round(100 * column.weight / whole, 2),
                    "class": "fcrm_number" if column.kind in NUMBERS else "",
                }
                for column in columns
            ],
            "rows": [self._get_texts(columns, row) for row in rows],
            "foot": [self._get_texts(columns, row) for row in sums.foot()],
            "more": more,
        }

    @api.model
    def _get_chart(self, listing):
        """The chart as an address of its picture; empty without."""
        drawing = chart.svg(listing.chart) if listing.chart else ""
        if not drawing:
            return ""
        encoded = base64.b64encode(drawing.encode()).decode()
        return f"data:image/svg+xml;base64,{encoded}"

    @api.model
    def _get_texts(self, columns, row):
        return [
            self._get_text(column, value)
            for column, value in zip(columns, row, strict=True)
        ]

    @api.model
    def _get_text(self, column, value):
        if value is None or value is False:
            return ""
        if column.kind == "date":
            return format_date(self.env, value)
        # A word stands in the first cell of sums.
        if column.kind not in NUMBERS or isinstance(value, str):
            return str(value)
        if column.kind == "percent":
            return f"{formatLang(self.env, 100 * value, digits=1)} %"
        if column.kind == "money":
            return formatLang(self.env, value, digits=column.decimals)
        digits = 0 if value == round(value) else 2
        return formatLang(self.env, value, digits=digits)
