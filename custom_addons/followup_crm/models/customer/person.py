from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import NO_ACCESS

from .information import RELIABILITIES

KEEP_MONTHS = 24
KEEP_MONTHS_PARAMETER = "followup_crm.person_keep_months"
# On what terms the data are held: a change of these is logged.
TERMS = ("purpose", "legal_basis", "consent_date", "keep_until")


class Person(models.Model):
    """Personal data of a decision maker, held on one contact of one customer (P5, R3).

    The personal fields are open to nobody: not to read, search, group, sort, export,
    import or track, whatever the rights. They are shown by ``followup.person.sheet``,
    after a reveal that is logged with its reason, and are changed there only. What is
    open to the group "Personal data" tells on what terms they are held: who the person
    is, the role in the decision (which anybody who talks to the customer learns, and
    without which nobody would know whose data to reveal), purpose, legal basis, time
    and provenance. There is no chatter, so nothing is tracked or mailed.

    Nobody deletes a person record; the erasure and the end of the time do.
    """

    _name = "followup.person"
    _inherit = ["followup.customer.detail.mixin", "followup.person.data.mixin"]
    _description = "Decision maker"
    _rec_name = "contact_id"
    _order = "customer_id, role, id"
    _data_group = "personal"

    contact_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('commercial_partner_id', '=', customer_partner_id),"
        " ('is_company', '=', False)]",
        help="A contact of the customer, or the customer itself if it is a person.",
    )
    customer_partner_id = fields.Many2one(
        related="customer_id.partner_id", string="Company of the contact"
    )
    contact_function = fields.Char(related="contact_id.function", string="Position")
    contact_avatar = fields.Image(related="contact_id.avatar_128", string="Picture")
    role = fields.Selection(
        [
            ("decision_maker", "Decision maker"),
            ("influencer", "Influencer"),
            ("buyer", "Buyer"),
            ("user", "End user"),
            ("gatekeeper", "Gatekeeper"),
            ("finance", "Finance"),
            ("technical", "Technical and quality"),
        ],
        string="Role in the decision",
        required=True,
        default="decision_maker",
    )

    # On what terms the data are held (R3)
    purpose = fields.Selection(
        [
            ("relationship", "Caring for the relationship"),
            ("negotiation", "Preparing talks and negotiations"),
            ("hospitality", "Visits, invitations and gifts"),
            ("contract", "Carrying out contracts"),
        ],
        string="Kept for",
        required=True,
        help="Keep only what serves this purpose.",
    )
    legal_basis = fields.Selection(
        [
            ("interest", "Legitimate interest"),
            ("consent", "Consent"),
            ("contract", "Contract"),
        ],
        string="Legal basis",
        required=True,
        default="interest",
    )
    consent_date = fields.Date(
        string="Consent given on", help="Needed where consent is the legal basis."
    )
    keep_until = fields.Date(
        string="Keep until",
        required=True,
        default=lambda self: self._default_keep_until(),
        index=True,
        help="On this day the personal data are erased. The owner is reminded a month"
        " before, and may extend the time while the purpose holds.",
    )
    is_reminded = fields.Boolean(
        readonly=True,
        copy=False,
        groups=NO_ACCESS,
        help="The owner was reminded of the end of the time.",
    )

    # Provenance (P7)
    collected_on = fields.Date(string="Collected on", default=fields.Date.context_today)
    collected_by_id = fields.Many2one(
        "res.users",
        string="Collected by",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    method_id = fields.Many2one("followup.information.method", ondelete="restrict")
    reliability = fields.Selection(
        RELIABILITIES, string="How sure", required=True, default="probable"
    )

    # Personal data (P5)
    gender = fields.Selection(groups=NO_ACCESS)
    birthday = fields.Date(groups=NO_ACCESS)
    family = fields.Text(groups=NO_ACCESS)
    education = fields.Text(groups=NO_ACCESS)
    career = fields.Text(groups=NO_ACCESS)
    hobby_ids = fields.Many2many(
        relation="followup_person_hobby_rel",
        column1="person_id",
        column2="hobby_id",
        ondelete="restrict",
        groups=NO_ACCESS,
    )
    gift_taste = fields.Text(groups=NO_ACCESS)
    attitude = fields.Selection(groups=NO_ACCESS)
    personality_type_id = fields.Many2one(ondelete="restrict", groups=NO_ACCESS)
    social_standing = fields.Text(groups=NO_ACCESS)
    lifestyle = fields.Text(groups=NO_ACCESS)
    social_contacts = fields.Text(groups=NO_ACCESS)
    influence = fields.Selection(groups=NO_ACCESS)
    travel_plans = fields.Text(groups=NO_ACCESS)
    credit_standing = fields.Text(groups=NO_ACCESS)
    development_plan = fields.Text(groups=NO_ACCESS)
    ambitions = fields.Text(groups=NO_ACCESS)
    personal_remarks = fields.Text(groups=NO_ACCESS)

    date_ids = fields.One2many(
        "followup.person.date", "person_id", string="Important dates"
    )
    remind_birthday = fields.Boolean(
        string="Remind of the birthday",
        default=True,
        help="Show day and month of the birthday to the account team when it comes"
        " near. Year and age stay hidden.",
    )
    filled_count = fields.Integer(
        string="Entries on file", compute="_compute_filled_count", compute_sudo=True
    )
    filled_total = fields.Integer(
        string="Possible entries", compute="_compute_filled_count", compute_sudo=True
    )
    can_edit = fields.Boolean(compute="_compute_rights")
    can_erase = fields.Boolean(compute="_compute_rights")

    # One record per contact and file. An index and not a constraint: Odoo's merge
    # deletes rows that clash with a constraint, but stops at an index.
    _contact_customer_unique = models.UniqueIndex(
        "(contact_id, customer_id)",
        "This person is on file already for this customer: open that record.",
    )
    _consent_has_date = models.Constraint(
        "CHECK (legal_basis <> 'consent' OR consent_date IS NOT NULL)",
        "Enter the day on which consent was given.",
    )

    @api.model
    def _default_keep_until(self):
        """Two years from today, or as many months as the system parameter says."""
        # Elevated: parameters are readable by administrators only.
        months = self.env["ir.config_parameter"].sudo().get_param(KEEP_MONTHS_PARAMETER)
        months = int(months) if (months or "").isdigit() else KEEP_MONTHS
        return fields.Date.context_today(self) + relativedelta(months=months)

    # === COMPUTE METHODS === #

    @api.depends("contact_id.name")
    def _compute_display_name(self):
        for person in self:
            person.display_name = person.contact_id.name or ""

    @api.depends(lambda self: self._get_personal_fields())
    def _compute_filled_count(self):
        names = self._get_personal_fields()
        for person in self:
            person.filled_count = sum(bool(person[name]) for name in names)
            person.filled_total = len(names)

    @api.depends_context("uid")
    def _compute_rights(self):
        editable = self._origin._filtered_access("write")
        manager = self.env.user.has_group("followup_crm.group_manager")
        for person in self:
            person.can_edit = not person._origin or person._origin in editable
            person.can_erase = manager

    # === CONSTRAINTS === #

    @api.constrains("contact_id", "customer_id")
    def _check_contact_id(self):
        # Odoo runs constraints elevated: create and write take the key from callers.
        if self.env.context.get("fcrm_combining"):
            # While files or contacts are combined, the contacts still have to move.
            return
        for person in self:
            contact, company = person.contact_id, person.customer_id.partner_id
            if contact.commercial_partner_id != company or contact.is_company:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is not a person of %(customer)s. Choose one of its"
                        " contacts, or add the person there first.",
                        contact=contact.display_name,
                        customer=person.customer_id.display_name,
                    )
                )

    def _check_keep_until(self):
        """Raise where a user sets an end that is past; the erasure has its own way."""
        today = fields.Date.context_today(self)
        if any(person.keep_until <= today for person in self):
            raise ValidationError(
                self.env._(
                    "The data are kept until a day to come. To erase them now, ask a"
                    " manager with access to personal data."
                )
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        persons = super(Person, self.with_context(fcrm_combining=False)).create(
            vals_list
        )
        persons._check_keep_until()
        return persons.with_env(self.env)

    def write(self, vals):
        as_user = not self.env.su
        if as_user and "contact_id" in vals:
            raise AccessError(
                self.env._(
                    "Personal data stay with the person they were collected on. Add"
                    " the other person separately."
                )
            )
        persons = self.with_context(fcrm_combining=False) if as_user else self
        result = super(Person, persons).write(vals)
        if as_user:
            self._check_and_log_terms(vals)
        if "keep_until" in vals:
            # Elevated: whether the owner was reminded is no user's to write.
            self.sudo().filtered("is_reminded").write({"is_reminded": False})
            self._drop_retention_reminders(self.customer_id)
        return result

    def _read_group_groupby(self, alias, groupby_spec, query):
        """Odoo checks the rights to every field that it groups by, less many2many."""
        field = self._fields.get(groupby_spec.split(":")[0].split(".")[0])
        if field:
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _check_and_log_terms(self, vals):
        """Log what a user changed in the terms."""
        if "keep_until" in vals:
            self._check_keep_until()
        if terms := [name for name in TERMS if name in vals]:
            self.env["followup.person.access"]._log(self, "edit", field_names=terms)

    # === ACTIONS === #

    def action_reveal(self):
        """Ask for the reason, then show the personal data."""
        self.ensure_one()
        self.check_access("read")
        return {
            **self.env["followup.person.sheet"]._get_form_action("reveal"),
            "name": self.env._("Reveal personal data"),
            "context": {"default_person_id": self.id},
        }

    def action_export(self):
        """Hand everything that is held on the person to him or her (R3)."""
        return self._get_wizard_action(
            "followup.person.export", self.env._("Export for the person")
        )

    def action_erase(self):
        """Erase everything that is held on the person (R3)."""
        return self._get_wizard_action(
            "followup.person.erase", self.env._("Erase personal data")
        )

    def _get_wizard_action(self, model, name):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_person_id": self.id},
        }
