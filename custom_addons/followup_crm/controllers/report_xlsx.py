import logging

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from ..report.xlsx import (
    customer_sheet,
    customer_template,
    plan_sheet,
    register,
    visit_card,
)

_logger = logging.getLogger(__name__)

# The registers that can be downloaded, by the name in the address.
REGISTERS = {
    "shipment": "followup.shipment",
    "product_tracking": "followup.product.tracking",
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Name in the address: whose records, what makes the report of them, what draws it.
WORKBOOKS = {
    "account_card": ("followup.account", "_get_card_report", customer_sheet),
    "business_summary": (
        "followup.business.summary",
        "_get_summary_report",
        customer_sheet,
    ),
    "complaint_card": (
        "followup.customer",
        "_get_complaint_card_report",
        customer_sheet,
    ),
    "complaint_record": ("followup.complaint", "_get_sheet_report", customer_sheet),
    "customer_sheet": ("followup.customer", "_get_sheet_report", customer_sheet),
    "order_tracking": ("followup.order.tracking", "_get_sheet_report", customer_sheet),
    "satisfaction_improvement": (
        "followup.satisfaction.round",
        "_get_improvement_report",
        customer_sheet,
    ),
    "satisfaction_table": (
        "followup.satisfaction.round",
        "_get_sheet_report",
        customer_sheet,
    ),
    "visit_card": ("followup.customer", "_get_visit_card_report", visit_card),
}


class ReportXlsxController(http.Controller):
    """Workbooks to download: each a GET that changes nothing."""

    @http.route(
        "/followup/report/<string:name>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def workbook(self, name, ids=""):
        """A workbook about some records.

        :param name: one of ``WORKBOOKS``
        :param ids: their ids, separated by commas; if the user may not see one of
            them, the answer is the same as if it did not exist
        """
        if name not in WORKBOOKS:
            raise NotFound
        model, method, renderer = WORKBOOKS[name]
        self._check_export()
        records = self._get_records(model, ids)
        report = getattr(records, method)()
        self._log_export(records)
        sheets = report.sheets
        subject = sheets[0].code if len(sheets) == 1 else len(sheets)
        return self._make_response(
            renderer.render(report), f"{report.title} {subject}.xlsx"
        )

    @http.route(
        "/followup/report/plan_sheet.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def plan_sheet(self, ids=""):
        """Some monthly contact plans.

        :param ids: ids of ``followup.interaction.plan``, separated by commas; what the
            user may not see does not exist
        """
        self._check_export()
        plans = self._get_records("followup.interaction.plan", ids)
        labels = plans._get_sheet_labels()
        content = plan_sheet.render(
            plans._get_sheets(), labels, plans._get_sheet_facts()
        )
        self._log_export(plans)
        name = plans.display_name if len(plans) == 1 else len(plans)
        return self._make_response(content, f"{labels['title']} {name}.xlsx")

    @http.route(
        "/followup/report/register/<string:name>.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def register(self, name, ids=""):
        """A register of some records.

        :param name: a key of ``REGISTERS``
        :param ids: ids of its model, separated by commas; all of them or 404
        """
        if name not in REGISTERS:
            raise NotFound
        self._check_export()
        records = self._get_records(REGISTERS[name], ids)
        self._log_export(records)
        printed = records._get_register()
        return self._make_response(register.render(printed), f"{printed.title}.xlsx")

    @http.route(
        "/followup/import/customer_template.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def customer_template(self):
        """The template for importing customers, for users who may make them."""
        customers = request.env["followup.customer"]
        customers.check_access("create")
        labels = customers._get_import_labels()
        content = customer_template.render(customers._get_import_columns(), labels)
        return self._make_response(content, f"{labels['title']}.xlsx")

    def _log_export(self, records):
        """Who took out what is in the server's log."""
        _logger.info(
            "User %s exported %s of %s", request.env.uid, records._name, records.ids
        )

    def _check_export(self):
        request.env["followup.sheet.mixin"]._check_export()

    def _get_records(self, model, ids):
        """The records with these ids that the user may read; all of them or 404."""
        try:
            wanted = list(dict.fromkeys(int(part) for part in ids.split(",")))
        except ValueError as error:
            raise NotFound from error
        found = request.env[model].with_context(active_test=False)
        found = found.search([("id", "in", wanted)])
        if set(found.ids) != set(wanted):
            raise NotFound
        return found.browse(wanted)

    def _make_response(self, content, filename):
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(filename)),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "private, no-store"),
        ]
        return request.make_response(content, headers)
