import base64

from odoo import api, fields, models

from ..tools.person_workbook import build_workbook

CONTACT_FIELDS = ("name", "function", "email", "phone", "contact_address", "comment")
PERSON_FIELDS = (
    "customer_id",
    "role",
    "purpose",
    "legal_basis",
    "consent_date",
    "keep_until",
    "collected_on",
    "collected_by_id",
    "method_id",
    "reliability",
)
DATE_FIELDS = ("kind", "label", "month", "day", "year", "remind")
ACCESS_FIELDS = ("date", "user_id", "action", "reason", "note", "field_labels")


class PersonExport(models.TransientModel):
    """Everything that is held on a person, as a workbook for him or her (R3).

    For requests of access (article 15 of the GDPR). Covers the records on this contact
    in all files that the user may see. Making it is logged; the workbook is built when
    it is downloaded and stored nowhere.
    """

    _name = "followup.person.export"
    _inherit = ["followup.person.window"]
    _description = "Export of personal data"
    _rec_name = "file_name"
    _transient_max_hours = 1
    _access_action = "export"

    person_id = fields.Many2one(required=True)
    reason = fields.Selection(default="request")
    file = fields.Binary(compute="_compute_file")
    file_name = fields.Char(compute="_compute_file_name", string="File name")

    @api.depends("person_id")
    def _compute_file_name(self):
        for export in self:
            export.file_name = self.env._(
                "Personal data of %(name)s.xlsx", name=export.person_id.contact_id.name
            )

    @api.depends_context("uid", "lang")
    def _compute_file(self):
        self._origin._check_open()
        for export in self:
            if not export._origin:
                export.file = False
                continue
            sections = export._origin._get_sections()
            export.file = base64.b64encode(build_workbook(sections))

    # === ACTIONS === #

    def action_export(self):
        """Show the file to download, in the same dialog."""
        self.ensure_one()
        self._check_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Export for the person"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # === BUSINESS === #

    def _get_shown_persons(self):
        """All records on the same contact that the user may see."""
        persons = self.env["followup.person"].search(
            [("contact_id", "in", self.person_id.contact_id.ids)]
        )
        by_contact = persons.grouped("contact_id")
        return {export: by_contact[export.person_id.contact_id] for export in self}

    def _get_sections(self):
        """List of (title, header, rows): the sheets of the workbook."""
        # Elevated: the checks of the window were made; these records are the user's.
        persons = self._get_shown_persons()[self].sudo()
        accesses = (
            self.env["followup.person.access"]
            .sudo()
            .search([("person_id", "in", persons.ids)])
        )
        names = [*PERSON_FIELDS, *self.env["followup.person"]._get_personal_fields()]
        return [
            self._get_upright_section(
                self.env._("Contact"), persons.contact_id, CONTACT_FIELDS
            ),
            self._get_upright_section(self.env._("Personal data"), persons, names),
            self._get_table_section(
                self.env._("Important dates"), persons.date_ids, DATE_FIELDS
            ),
            self._get_table_section(
                self.env._("Who had access"), accesses, ACCESS_FIELDS
            ),
        ]

    def _get_upright_section(self, title, records, names):
        """One line per field, one column per record."""
        labels = self._get_labels(records, names)
        text = self.env["followup.person"]._get_display_text
        rows = [
            [labels[name], *(text(record, name) for record in records)]
            for name in names
        ]
        return title, None, rows

    def _get_table_section(self, title, records, names):
        """One line per record, one column per field."""
        labels = self._get_labels(records, names)
        text = self.env["followup.person"]._get_display_text
        rows = [[text(record, name) for name in names] for record in records]
        return title, [labels[name] for name in names], rows

    def _get_labels(self, records, names):
        return {
            name: records._fields[name]._description_string(self.env) for name in names
        }
