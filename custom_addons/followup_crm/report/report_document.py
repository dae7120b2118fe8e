import base64

from odoo import api, models
from odoo.tools import format_date, formatLang

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..tools import chart, paper
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
            "tables": self._get_tables(document),
        }

    @api.model
    def _get_tables(self, document):
        """The tables; each but the first begins on a new page."""
        above = paper.title_height(len(document.facts) - 1)
        tables = []
        for listing in document.listings:
            tables.append(self._get_table(listing, above))
            above = 0
        return tables

    @api.model
    def _get_table(self, listing, above):
        """A table as the template takes it.

        :param above: height of what stands above it on the first page; 0 for the others
        """
        sums, columns = Sums(listing), listing.columns
        rows, beyond = take(sums.watch(listing.rows), MOST_ROWS)
        drawing = self._get_chart(listing)
        page = paper.NARROW if _wkhtml().is_patched_qt else paper.WIDE
        used = above + paper.HEADING + (paper.NOTE if listing.note else 0)
        if drawing:
            used += paper.CHART * page.width + paper.SPACE
        pieces = paper.divide(
            page,
            [column.weight for column in columns],
            [column.heading for column in columns],
            [self._get_texts(columns, row) for row in rows],
            [self._get_texts(columns, row) for row in sums.foot()],
            used,
        )
        return {
            "title": listing.title,
            "is_first": above > 0,
            "note": listing.note,
            "chart": drawing,
            "columns": self._get_columns(columns),
            "pieces": pieces,
            "more": self._get_more(len(rows), beyond),
        }

    @api.model
    def _get_columns(self, columns):
        whole = sum(column.weight for column in columns)
        return [
            {
                "heading": column.heading,
                "width": round(100 * column.weight / whole, 2),
                "class": "fcrm_number" if column.kind in NUMBERS else "",
            }
            for column in columns
        ]

    @api.model
    def _get_more(self, count, beyond):
        """What tells of rows that are not on paper."""
        if not beyond:
            return ""
        return self.env._(
            "The first %(count)s rows; %(beyond)s more are in the workbook. Sums"
            " are those of all.",
            count=count,
            beyond=beyond,
        )

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
