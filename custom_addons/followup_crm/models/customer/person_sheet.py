from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Taken from, and written to, the person with the user's own rights.
TERM_FIELDS = (
    "contact_id",
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
    "remind_birthday",
)
# How long after the data were hidden again a form that is still open may be saved.
SAVE_HOURS = 8


class PersonSheet(models.TransientModel):
    """The personal data of one person, revealed for a short time (P5, R3).

    Creating a sheet is the reveal: it needs a reason and is logged; so it is for the
    API. The data are read from, and written to, the person at every look; the sheet's
    own table holds none. A sheet without a person makes a new one.
    """

    _name = "followup.person.sheet"
    _inherit = ["followup.person.window", "followup.person.data.mixin"]
    _description = "Personal data, revealed"
    _rec_name = "contact_id"
    _transient_max_hours = SAVE_HOURS
    _access_action = "reveal"

    person_id = fields.Many2one(
        help="Empty to enter a new person.",
    )
    can_edit = fields.Boolean(compute="_compute_can_edit")
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Company of the contact"
    )
    contact_avatar = fields.Image(related="contact_id.avatar_128", string="Picture")
    contact_function = fields.Char(related="contact_id.function", string="Position")
    age = fields.Integer(compute="_compute_age")
    line_ids = fields.One2many(
        "followup.person.sheet.date", "sheet_id", string="Important dates"
    )

    # The terms; related with the user's own rights, so that they end with those.
    contact_id = fields.Many2one(
        related="person_id.contact_id", readonly=False, related_sudo=False
    )
    customer_id = fields.Many2one(
        related="person_id.customer_id", readonly=False, related_sudo=False
    )
    role = fields.Selection(
        related="person_id.role", readonly=False, related_sudo=False
    )
    purpose = fields.Selection(
        related="person_id.purpose", readonly=False, related_sudo=False
    )
    legal_basis = fields.Selection(
        related="person_id.legal_basis", readonly=False, related_sudo=False
    )
    consent_date = fields.Date(
        related="person_id.consent_date", readonly=False, related_sudo=False
    )
    keep_until = fields.Date(
        related="person_id.keep_until", readonly=False, related_sudo=False
    )
    collected_on = fields.Date(
        related="person_id.collected_on", readonly=False, related_sudo=False
    )
    collected_by_id = fields.Many2one(
        related="person_id.collected_by_id", readonly=False, related_sudo=False
    )
    method_id = fields.Many2one(
        related="person_id.method_id", readonly=False, related_sudo=False
    )
    reliability = fields.Selection(
        related="person_id.reliability", readonly=False, related_sudo=False
    )
    remind_birthday = fields.Boolean(
        related="person_id.remind_birthday", readonly=False, related_sudo=False
    )

    # The personal data; saved by ``create`` and ``write``.
    gender = fields.Selection(compute="_compute_personal", readonly=False)
    birthday = fields.Date(compute="_compute_personal", readonly=False)
    family = fields.Text(compute="_compute_personal", readonly=False)
    education = fields.Text(compute="_compute_personal", readonly=False)
    career = fields.Text(compute="_compute_personal", readonly=False)
    hobby_ids = fields.Many2many(compute="_compute_personal", readonly=False)
    gift_taste = fields.Text(compute="_compute_personal", readonly=False)
    attitude = fields.Selection(compute="_compute_personal", readonly=False)
    personality_type_id = fields.Many2one(compute="_compute_personal", readonly=False)
    social_standing = fields.Text(compute="_compute_personal", readonly=False)
    lifestyle = fields.Text(compute="_compute_personal", readonly=False)
    social_contacts = fields.Text(compute="_compute_personal", readonly=False)
    influence = fields.Selection(compute="_compute_personal", readonly=False)
    travel_plans = fields.Text(compute="_compute_personal", readonly=False)
    credit_standing = fields.Text(compute="_compute_personal", readonly=False)
    development_plan = fields.Text(compute="_compute_personal", readonly=False)
    ambitions = fields.Text(compute="_compute_personal", readonly=False)
    personal_remarks = fields.Text(compute="_compute_personal", readonly=False)

    @api.model
    def default_get(self, fields):
        """A sheet for a new person starts with the defaults of a person record."""
        values = super().default_get(fields)
        saving = self.env.context.get("fcrm_sheet_saving")
        if not saving and not values.get("person_id"):
            names = [name for name in TERM_FIELDS if name in fields]
            values = {**self.env["followup.person"].default_get(names), **values}
        return values

    # === COMPUTE METHODS === #

    @api.depends_context("uid")
    def _compute_personal(self):
        """The person's own values, after the checks of a window.

        A sheet that is not saved has no person yet, whatever ``person_id`` a caller
        puts into it: nothing is shown that was not logged.
        """
        self._origin._check_open()
        for sheet in self:
            # Elevated: the checks were made above.
            person = sheet._origin.sudo().person_id
            for name in self._get_personal_fields():
                sheet[name] = person[name]

    @api.depends_context("uid")
    def _compute_can_edit(self):
        # Elevated: to know the person; the right is the user's own.
        persons = self._origin.sudo().person_id.sudo(False)
        editable = persons._filtered_access("write")
        for sheet in self:
            person = sheet._origin.sudo().person_id.sudo(False)
            sheet.can_edit = not person or person in editable

    @api.depends("birthday")
    def _compute_age(self):
        today = fields.Date.context_today(self)
        for sheet in self:
            born = sheet.birthday
            sheet.age = relativedelta(today, born).years if born else 0

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Reveal the data of persons, or enter new persons; logged either way."""
        opened, entered, new_persons = [], [], []
        for vals in vals_list:
            own, terms, personal = self._split_vals(vals)
            for name in ("person_id", "reason", "note"):
                own.setdefault(name, self.env.context.get(f"default_{name}"))
            if not own["person_id"]:
                # The person is made below, with the user's own rights.
                new_persons.append(terms)
                terms = {}
            opened.append(own)
            entered.append((terms, personal))
        made = iter(self.env["followup.person"].create(new_persons))
        for own in opened:
            own["person_id"] = own["person_id"] or next(made).id
        persons = self.env["followup.person"].browse(o["person_id"] for o in opened)
        persons.check_access("read")
        # Elevated: dates are revealed by the sheet; the check was made above.
        known_dates = [person.sudo().date_ids.ids for person in persons]
        sheets = super(PersonSheet, self._without_defaults()).create(opened)
        sheets = sheets.with_env(self.env)
        for sheet, date_ids, (terms, personal) in zip(
            sheets, known_dates, entered, strict=True
        ):
            sheet._show_dates(date_ids)
            sheet._save(terms, personal)
        return sheets

    def _without_defaults(self):
        """Without defaults, which would be written over what the person has."""
        context = {
            name: value
            for name, value in self.env.context.items()
            if not name.startswith("default_")
        }
        return self.with_env(self.env(context=context)).with_context(
            fcrm_sheet_saving=True
        )

    def write(self, vals):
        own, terms, personal = self._split_vals(vals)
        self.check_access("write")
        if terms or personal or "line_ids" in own:
            self._reopen()
            self._save(terms, personal)
        return super().write(own)

    # === ACTIONS === #

    def action_open(self):
        """Show the data that were just revealed."""
        self.ensure_one()
        self._check_open()
        return {
            **self._get_form_action(),
            "name": self.env._("Personal data"),
            "res_id": self.id,
        }

    @api.model
    def _get_form_action(self, form="full"):
        """Window action of the sheet: the question for the reason, or the data."""
        xmlid = {
            "full": "followup_crm.person_sheet_view_form",
            "reveal": "followup_crm.person_sheet_view_form_reveal",
        }[form]
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "views": [(self.env.ref(xmlid).id, "form")],
            "target": "new",
        }

    # === BUSINESS === #

    def _split_vals(self, vals):
        """Values of the sheet itself, of the terms, and the personal ones."""
        personal_names = self._get_personal_fields()
        own, terms, personal = {}, {}, {}
        for name, value in vals.items():
            if name in personal_names:
                personal[name] = value
            elif name in TERM_FIELDS:
                terms[name] = value
            else:
                own[name] = value
        self._check_personal_vals(personal)
        return own, terms, personal

    def _check_editable(self):
        """Raise unless the user revealed these sheets and may change the persons."""
        # Elevated: only the sheet's own state is read.
        if any(sheet.create_uid.id != self.env.uid for sheet in self.sudo()):
            raise AccessError(
                self.env._("Someone else revealed these data. Reveal them yourself.")
            )
        self._check_access_to_persons("write")

    def _reopen(self):
        """Let a form that was open for long be saved; the change is logged anyway."""
        self._check_editable()
        # Elevated: users cannot prolong a sheet by hand.
        self.sudo().expires_at = self._get_expiry()

    def _save(self, terms, personal):
        """Write values to the persons, and log what was changed."""
        if not terms and not personal:
            return
        self._check_editable()
        for sheet in self:
            person = sheet.sudo().person_id.sudo(False)
            if terms:
                person.write(terms)
                # Apart from the personal data, so that the server's log of a refused
                # statement cannot quote them.
                person.flush_recordset()
            if personal:
                # Elevated: the fields are open to nobody; the checks were made above.
                person.sudo().write(personal)
                self.env["followup.person.access"]._log(
                    person,
                    "edit",
                    reason=sheet.reason,
                    note=sheet.note,
                    field_names=personal,
                )
        self.invalidate_recordset([*personal, *terms, "age"])

    def _show_dates(self, date_ids):
        """Add a line for each important date that the person had before."""
        self.ensure_one()
        # Elevated: a line is tied to a date by the server only.
        self.env["followup.person.sheet.date"].sudo().create(
            [{"sheet_id": self.id, "date_id": date_id} for date_id in date_ids]
        )
        self.invalidate_recordset(["line_ids"])
