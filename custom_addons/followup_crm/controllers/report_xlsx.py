import logging

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..report.xlsx import customer_sheet, customer_template, plan_sheet, visit_card

_logger = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ReportXlsxController(http.Controller):
    """Workbooks to download: each a GET that changes nothing."""

    @http.route(
        "/followup/report/customer_sheet.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def customer_sheet(self, ids=""):
        """The information sheets of some customers.

        :param ids: ids of ``followup.customer``, separated by commas; if the user may
            not see one of them, the answer is the same as if it did not exist
        """
        self._check_export()
        customers = self._get_records("followup.customer", ids)
        return self._make_sheets(customers, customers._get_sheet_report())

    @http.route(
        "/followup/report/complaint_record.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def complaint_record(self, ids=""):
        """The records of some complaints; 404 if the user may not see one of them."""
        self._check_export()
        complaints = self._get_records("followup.complaint", ids)
        return self._make_sheets(complaints, complaints._get_sheet_report())

    @http.route(
        "/followup/report/complaint_card.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def complaint_card(self, ids=""):
        """The complaint history cards of some customers."""
        self._check_export()
        customers = self._get_records("followup.customer", ids)
        return self._make_sheets(customers, customers._get_complaint_card_report())

    @http.route(
        "/followup/report/visit_card.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def visit_card(self, ids=""):
        """The visit history cards of some customers (A3).

        :param ids: ids of ``followup.customer``, separated by commas
        """
        self._check_export()
        customers = self._get_records("followup.customer", ids)
        report = customers._get_visit_card_report()
        _logger.info(
            "User %s exported the visit history of %s", request.env.uid, customers.ids
        )
        name = customers.code if len(customers) == 1 else len(customers)
        return self._make_response(
            visit_card.render(report), f"{report.title} {name}.xlsx"
        )

    @http.route(
        "/followup/report/business_summary.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def business_summary(self, ids=""):
        """A business summary (F13) that the user has put together.

        :param ids: id of ``followup.business.summary``
        """
        self._check_export()
        summary = self._get_records("followup.business.summary", ids)[:1]
        report = summary._get_report()
        _logger.info("User %s exported a business summary", request.env.uid)
        return self._make_response(
            customer_sheet.render(report), f"{report.title}.xlsx"
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
        _logger.info("User %s exported the plans %s", request.env.uid, plans.ids)
        name = plans.display_name if len(plans) == 1 else len(plans)
        return self._make_response(content, f"{labels['title']} {name}.xlsx")

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

    @http.route(
        "/followup/report/satisfaction_table.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def satisfaction_table(self, ids=""):
        """The satisfaction statistics (table 13-10) of some rounds."""
        self._check_export()
        rounds = self._get_records("followup.satisfaction.round", ids)
        return self._make_sheets(rounds, rounds._get_sheet_report())

    @http.route(
        "/followup/report/satisfaction_improvement.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def satisfaction_improvement(self, ids=""):
        """The improvement reports of some rounds."""
        self._check_export()
        rounds = self._get_records("followup.satisfaction.round", ids)
        return self._make_sheets(rounds, rounds._get_improvement_report())

    def _make_sheets(self, records, report):
        """The workbook of a report; who took out what is in the server's log."""
        _logger.info(
            "User %s exported %s of %s", request.env.uid, records._name, records.ids
        )
        name = report.sheets[0].code if len(records) == 1 else len(records)
        return self._make_response(
            customer_sheet.render(report), f"{report.title} {name}.xlsx"
        )

    def _check_export(self):
        if not request.env.user.has_group("base.group_allow_export"):
            raise AccessError(request.env._("You may not export data."))

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
