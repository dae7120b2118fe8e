from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...const import region_of

# Fields that only named methods set: who owns a file, where it stands, its figures.
# ``create`` and ``write`` refuse them from outside (form, import, API).
SERVER_ONLY = frozenset(
    {
        "code",
        "former_codes",
        "user_id",
        "owner_since",
        "pool_locked",
        "standing",
        "standing_requested",
        "standing_reason",
        "standing_requested_reason",
        "standing_user_id",
        "standing_date",
        "completeness",
        "name_key",
        "first_order_date",
        "last_order_date",
        "order_count",
        "average_order_amount",
        "sales_12m_amount",
        "sales_before_12m_amount",
        "order_interval_days",
        "response_type",
        "usual_method",
        "last_contact_date",
        "next_contact_date",
        "contact_due_date",
        "contact_overdue_date",
        "stale_reminded_on",
        "tier_id",
        "tier_sequence",
        "basic_checked_on",
        "credit_checked_on",
        "operating_checked_on",
        "personal_checked_on",
        "market_checked_on",
        "judgement_checked_on",
    }
)
# Besides, these are fixed once the file exists.
FIXED = frozenset({"partner_id", "company_id"})
# Of the partner's two hundred fields, those that help in filters and exports.
SHOWN_PARTNER_FIELDS = frozenset(
    "bank_ids category_id city comment company_registry complete_name country_id email"
    " industry_id is_company lang name phone ref state_id street street2 tz vat website"
    " zip".split()
)


class Customer(models.Model):
    """The customer file (客户档案): what one company knows about one customer.

    It delegates to the commercial partner, so that Odoo's address data are shown and
    edited in place; everything confidential is the file's own and follows the file's
    record rules. One file per commercial partner and company.
    """

    _name = "followup.customer"
    _inherit = ["mail.thread", "mail.activity.mixin", "followup.guarded.mixin"]
    _inherits = {"res.partner": "partner_id"}
    _description = "Customer file"
    _order = "code, id"
    _rec_names_search = ["code", "complete_name", "email", "vat"]
    _check_company_auto = True
    _server_only = SERVER_ONLY

    partner_id = fields.Many2one(
        "res.partner",
        string="Contact of the file",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True, tracking=True)
    code = fields.Char(
        string="Customer code",
        readonly=True,
        copy=False,
        help="Region and serial number; it stays when the customer moves.",
    )
    former_codes = fields.Char(
        readonly=True,
        copy=False,
        help="Codes of files that were combined with this one.",
        string="Former codes",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Account owner",
        readonly=True,
        tracking=True,
        check_company=True,
        help="The one person who answers for this customer in this company.",
    )
    team_user_ids = fields.Many2many(
        "res.users",
        "followup_customer_team_rel",
        "customer_id",
        "user_id",
        string="Account team",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Colleagues who work with this customer too, and see its file.",
    )
    deputy_user_id = fields.Many2one(
        "res.users",
        string="Deputy",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Stands in while the owner is away, and sees the file.",
    )
    first_order_date = fields.Date(readonly=True, copy=False, string="First order date")
    last_order_date = fields.Date(readonly=True, copy=False, string="Last order")
    order_count = fields.Integer(readonly=True, copy=False, string="Orders")
    last_contact_date = fields.Date(readonly=True, copy=False, string="Last contact")

    # Its index also serves the way from a partner to its files, and statements over
    # all files read it instead of the table; each further index would cost a tenth of
    # the time in which a living database gets its files.
    _partner_company_unique = models.Constraint(
        "UNIQUE (partner_id, company_id) INCLUDE (id, active)",
        "This customer has a file in this company already: open that one.",
    )
    # Query: the file of a code, and the next page of a list in its default order.
    _code_company_unique = models.UniqueIndex("(code, company_id)")

    @api.depends("partner_id.complete_name", "code")
    @api.depends_context("fcrm_show_code")
    def _compute_display_name(self):
        show_code = self.env.context.get("fcrm_show_code")
        for customer in self:
            name = customer.partner_id.complete_name or ""
            customer.display_name = (
                f"[{customer.code}] {name}" if show_code and customer.code else name
            )

    # === CONSTRAINTS === #

    @api.constrains("partner_id", "company_id", "active")
    def _check_commercial_partner(self):
        for customer in self.filtered("active"):
            partner = customer.partner_id
            if partner.commercial_partner_id != partner:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(customer)s: a customer file"
                        " belongs to the company itself.",
                        contact=partner.display_name,
                        customer=partner.commercial_partner_id.display_name,
                    )
                )

    # === CRUD === #

    @api.model
    def default_get(self, fields):
        """A new customer is a company."""
        values = super().default_get(fields)
        if "is_company" in fields and "default_is_company" not in self.env.context:
            values["is_company"] = True
        if values.get("is_company") and "company_type" in fields:
            values.setdefault("company_type", "company")
        return values

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Keep the partner's technical fields out of filters, groupings and exports."""
        described = super().fields_get(allfields, attributes)
        for name, description in described.items():
            if self._fields[name].inherited and name not in SHOWN_PARTNER_FIELDS:
                for offer in ("searchable", "groupable", "sortable", "exportable"):
                    if offer in description:
                        description[offer] = False
        return described

    @api.model_create_multi
    def create(self, vals_list):
        """Make customer files, and the partners of those that name none.

        A file with an existing ``partner_id`` takes that partner as it is: values that
        differ from the partner's are refused, because they would rename it.
        """
        self.check_access("create")
        self._refuse_server_only({name for vals in vals_list for name in vals})
        vals_list = [self._prepare_create_vals(vals) for vals in vals_list]
        self._fill_codes(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_server_only(vals, fixed=FIXED)
        vals = self._with_checked_dates(vals)
        result = super().write(vals)
        self._reset_stale_reminder()
        return result

    def copy(self, default=None):
        """Refused: there is one file per customer."""
        if self:
            raise UserError(
                self.env._(
                    "A customer file cannot be duplicated, because each customer has"
                    " one file only. Create a new customer instead."
                )
            )
        return super().copy(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_user(self):
        """Files are archived; only combining two files removes one of them."""
        if not self.env.context.get("fcrm_combining") or not self.env.su:
            raise UserError(
                self.env._("Customer files are not deleted. Archive the file instead.")
            )

    def _track_get_fields(self):
        """Track the file's own fields; the partner tracks its own in its own log."""
        return {
            name
            for name in super()._track_get_fields()
            if not self._fields[name].inherited
        }

    # === BUSINESS === #

    @api.model
    def _for_partner(self, partner, company=None, active_test=True):
        """The file of a partner (any contact of a customer) in a company.

        :param partner: ``res.partner`` record, a contact or the customer itself
        :param company: ``res.company``, default the current one
        :return: ``followup.customer``, empty where there is none or the user may not
            see it
        """
        if not partner:
            return self.browse()
        # Elevated: only the id of the commercial partner is taken; the search is not.
        return self.with_context(active_test=active_test).search(
            Domain("partner_id", "=", partner.sudo().commercial_partner_id.id)
            & Domain("company_id", "=", (company or self.env.company).id),
            limit=1,
        )

    def _note_contact(self, date):
        """The customer was in contact with us on that date."""
        # Elevated: whoever may record the contact brings its date up to date.
        for customer in self.sudo():
            if not customer.last_contact_date or customer.last_contact_date < date:
                customer.last_contact_date = date

    def _prepare_create_vals(self, vals):
        """Complete the values of one new file: partner, company, owner."""
        vals = dict(vals)
        if "is_company" in vals:
            kind = "company" if vals["is_company"] else "person"
            vals.setdefault("company_type", kind)
        company = self.env["res.company"].browse(
            vals.setdefault("company_id", self.env.company.id)
        )
        partner = self.env["res.partner"].browse(vals.get("partner_id") or [])
        if partner:
            vals = self._without_partner_vals(partner, vals)
        if "user_id" not in vals:
            vals["user_id"] = self._default_owner(partner, company).id
        today = fields.Date.context_today(self)
        vals.setdefault("basic_checked_on", today)
        return self._with_checked_dates(vals)

    @api.model
    def _default_owner(self, partner, company):
        """The partner's salesperson if he or she may own it, else the current user."""
        # Elevated: whether a user may own a file is no matter of the caller's rights.
        for user in (partner.sudo().user_id, self.env.user):
            if (
                user.active
                and not user.share
                and user.id != self.env.ref("base.user_root").id
                and company in user.sudo().company_ids
            ):
                return user
        return self.env["res.users"]

    def _without_partner_vals(self, partner, vals):
        """Drop the values that the existing partner has already; refuse others."""
        own, differing = {}, []
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field or not field.inherited:
                own[name] = value
                continue
            present = field.convert_to_write(partner[name], partner)
            if value and value != present:
                differing.append(field.get_description(self.env, ["string"])["string"])
        if differing:
            raise UserError(
                self.env._(
                    "%(customer)s exists already, and these values differ from what its"
                    " contact says: %(fields)s. Leave them out and change the contact"
                    " itself if need be.",
                    customer=partner.display_name,
                    fields=", ".join(differing),
                )
            )
        return own

    def _fill_codes(self, vals_list):
        """Give each new file its code: region of the country, serial of the company."""
        by_company = {}
        for vals in vals_list:
            if not vals.get("code"):
                by_company.setdefault(vals["company_id"], []).append(vals)
        for company_id, company_vals in by_company.items():
            sequence = self._get_sequence(self.env["res.company"].browse(company_id))
            for vals in company_vals:
                partner = self.env["res.partner"].browse(vals.get("partner_id") or [])
                country = partner.country_id or self.env["res.country"].browse(
                    vals.get("country_id") or []
                )
                vals["code"] = f"{region_of(country.code)}-{sequence.next_by_id()}"

    @api.model
    def _get_sequence(self, company):
        """The sequence that numbers a company's files; made at the first need."""
        # The sequence is nobody's to read: a serial tells how many customers there are.
        sequences = self.env["ir.sequence"].sudo()
        domain = [("code", "=", "followup.customer"), ("company_id", "=", company.id)]
        sequence = sequences.search(domain, limit=1)
        if not sequence:
            # Two first files at the same moment must not make two sequences.
            self.env["res.company"].sudo().browse(company.id).lock_for_update()
            sequence = sequences.search(domain, limit=1) or sequences.create(
                {
                    "name": f"Follow-up CRM: customer files of {company.name}",
                    "code": "followup.customer",
                    "company_id": company.id,
                    "padding": 5,
                }
            )
        return sequence
