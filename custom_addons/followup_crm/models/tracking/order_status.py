from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...report.xlsx import customer_sheet
from ...tools.sheet import Cell, Report, Sheet, table, text_cell
from ..apart import work_apart

STATUS_BATCH = 50
STATUS_DAYS = 7
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _send(customer):
    customer._send_status()


class Customer(models.Model):
    """The order status report (进度表, K8): all open orders of a customer, to mail."""

    _inherit = "followup.customer"

    status_weekly = fields.Boolean(
        string="Weekly order status",
        help="The state of its open orders is sent to the customer once a week.",
    )
    status_contact_ids = fields.Many2many(
        "res.partner",
        "followup_customer_status_contact_rel",
        "customer_id",
        "contact_id",
        string="Order status to",
        help="Who gets it; empty: the person in charge, else the company's address.",
    )
    status_sent_date = fields.Date(
        string="Order status sent on", readonly=True, copy=False
    )

    # === ACTIONS === #

    def action_send_status(self):
        """Open a mail to the customer with the state of its open orders."""
        self.ensure_one()
        self.check_access("read")
        here = self._in_customer_language()
        attachments = here._make_status_attachments()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Order status"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": here._get_status_contacts().ids,
                "default_subject": here._get_status_subject(),
                "default_body": here._get_status_body(),
                "default_attachment_ids": attachments.ids,
                "lang": here.env.lang,
            },
        }

    # === BUSINESS === #

    @api.model
    def _cron_send_status(self):
        """Send the weekly order status where it is wanted and due."""
        due = fields.Date.context_today(self) - timedelta(days=STATUS_DAYS)
        domain = Domain("status_weekly", "=", True) & (
            Domain("status_sent_date", "=", False)
            | Domain("status_sent_date", "<=", due)
        )
        cron = self.env["ir.cron"]
        while customers := self.search(domain, limit=STATUS_BATCH, order="id"):
            # A mail goes out with its transaction: each is worked off by itself.
            failed = [one.id for one in customers if work_apart(one, _send)]
            domain &= Domain("id", "not in", failed)
            left = self.search_count(domain)
            if not cron._commit_progress(len(customers), remaining=left):
                break

    def _send_status(self):
        """Send it now; customers without open orders get nothing."""
        self.ensure_one()
        here = self._in_customer_language()
        contacts = here._get_status_contacts()
        if here._get_status_trackings() and contacts:
            here.message_post(
                subject=here._get_status_subject(),
                body=here._get_status_body(),
                partner_ids=contacts.ids,
                attachment_ids=here._make_status_attachments().ids,
                message_type="comment",
                subtype_xmlid="mail.mt_note",
                email_layout_xmlid="mail.mail_notification_light",
            )
        self.status_sent_date = fields.Date.context_today(self)

    def _in_customer_language(self):
        """This file with the customer's language in the context."""
        lang = self.partner_id.lang or self.env.lang
        return self.with_context(lang=lang)

    def _get_status_contacts(self):
        """Who gets the order status."""
        contacts = self.status_contact_ids or self.person_in_charge_id
        return (contacts or self.partner_id).filtered("email")

    def _get_status_trackings(self):
        """The open orders of this customer that the user may see."""
        return self.env["followup.order.tracking"].search(
            [("customer_id", "=", self.id), ("state", "=", "open")],
            order="next_date, id",
        )

    def _get_status_subject(self):
        return self.env._(
            "Your orders with %(company)s as of %(date)s",
            company=self.company_id.sudo().name,  # the customer knows it
            date=format_date(self.env, fields.Date.context_today(self)),
        )

    def _get_status_body(self):
        """The mail with its table, in the language of the context."""
        return self.env["ir.qweb"]._render(
            "followup_crm.order_status_mail",
            {
                "customer": self,
                "rows": self._get_status_trackings()._get_progress(),
                "format_date": lambda date: format_date(self.env, date),
            },
            lang=self.env.lang,
        )

    def _make_status_attachments(self):
        """The report as PDF and as workbook, for the mail."""
        report = self._get_status_report()
        name = f"{report.title} {self.code or ''}".strip()
        files = [(f"{name}.xlsx", XLSX, customer_sheet.render(report))]
        pdf = self.env["ir.actions.report"]
        if pdf.get_wkhtmltopdf_state() != "install":
            content, _kind = pdf._render_qweb_pdf(
                "followup_crm.order_status_report", self.ids
            )
            files.insert(0, (f"{name}.pdf", "application/pdf", content))
        return self.env["ir.attachment"].create(
            [
                {
                    "name": filename,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": "mail.compose.message",
                    "res_id": 0,
                }
                for filename, mimetype, content in files
            ]
        )

    def _get_status_report(self):
        """The report of these customers.

        :return: ``tools.sheet.Report`` in the language of the context
        """
        self._check_sheet_access()
        labels = self._get_sheet_labels()
        headings = self._get_status_headings()
        sheets = []
        for customer in self:
            rows = customer._get_status_trackings()._get_progress()
            sheets.append(
                Sheet(
                    code=customer.code or "",
                    name=customer.name or "",
                    sections=(
                        table(
                            self.env._("Open orders"),
                            headings,
                            [self._get_status_cells(row) for row in rows],
                        ),
                        *(self._get_status_steps(row) for row in rows),
                    ),
                    register=(
                        text_cell(customer.code),
                        text_cell(customer.name),
                        Cell(str(len(rows)), len(rows)),
                    ),
                )
            )
        return Report(
            title=self.env._("Order status"),
            facts=self._get_print_facts(labels, self.company_id, len(self)),
            sheets=tuple(sheets),
            register_headings=(
                labels["code"],
                self.env._("Customer"),
                self.env._("Open orders"),
            ),
            labels=labels,
        )

    def _get_status_headings(self):
        return (
            self.env._("Order"),
            self.env._("Your order"),
            self.env._("Products"),
            self.env._("Promised date"),
            self.env._("Expected date"),
            self.env._("Now"),
            self.env._("Next"),
        )

    def _get_status_cells(self, row):
        return [
            text_cell(row["order"]),
            text_cell(row["reference"]),
            text_cell(row["products"]),
            self._get_status_date(row["promised"]),
            self._get_status_date(row["expected"]),
            text_cell(row["now"]),
            text_cell(row["next"]),
        ]

    def _get_status_steps(self, row):
        """The stages of one order with their dates."""
        done = self.env._("done")
        return table(
            " · ".join(filter(None, [row["order"], row["reference"]])),
            (self.env._("Stage"), self.env._("Date"), self.env._("Status")),
            [
                [
                    text_cell(step["name"]),
                    self._get_status_date(step["date"]),
                    text_cell(done if step["done"] else self.env._("expected")),
                ]
                for step in row["steps"]
            ],
        )

    def _get_status_date(self, date):
        return Cell(format_date(self.env, date), date) if date else Cell()
