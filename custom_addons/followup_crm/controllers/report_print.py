from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from .report_xlsx import XLSX


class ReportPrintController(http.Controller):
    """Workbooks of the reports page: a GET that changes nothing."""

    @http.route(
        "/followup/report/print/<int:print_id>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def workbook(self, print_id):
        """The workbook that the user asked for on the page.

        :param print_id: ``followup.report.print``; another's does not exist
        """
        prints = request.env["followup.report.print"]
        if not prints.has_access("read"):
            raise NotFound
        options = prints.search([("id", "=", print_id)])
        if not options:
            raise NotFound
        content = options._render_xlsx()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(options._get_filename("xlsx"))),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "private, no-store"),
        ]
        return request.make_response(content, headers)
