import logging

from odoo import http
from odoo.http import request

from ..report.xlsx import customer_sheet
from .report_xlsx import ReportXlsxController

_logger = logging.getLogger(__name__)


class OrderTrackingXlsxController(ReportXlsxController):
    """The register of orders as a workbook."""

    @http.route(
        "/followup/report/order_tracking.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def order_tracking(self, ids=""):
        """The order tracking tables of some orders.

        :param ids: ids of ``followup.order.tracking``, separated by commas; if the user
            may not see one of them, the answer is the same as if it did not exist
        """
        self._check_export()
        trackings = self._get_records("followup.order.tracking", ids)
        report = trackings._get_sheet_report()
        _logger.info(
            "User %s exported the trackings %s", request.env.uid, trackings.ids
        )
        return self._make_response(
            customer_sheet.render(report), f"{report.title}.xlsx"
        )
