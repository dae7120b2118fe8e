from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..customer.customer_standing import STANDINGS
from ..ownership.clash_key import KEY_FIELDS

ALL_ROLES = "followup_crm.group_user,followup_crm.group_complaint_officer"


class ResPartner(models.Model):
    _inherit = "res.partner"

    fcrm_customer_ids = fields.One2many(
        "followup.customer",
        "partner_id",
        string="Customer files",
        groups=ALL_ROLES,
    )
    fcrm_customer_id = fields.Many2one(
        "followup.customer",
        string="Customer file",
        compute="_compute_fcrm_customer_id",
        search="_search_fcrm_customer_id",
        groups=ALL_ROLES,
        help="The file of this customer in the current company.",
    )
    fcrm_code = fields.Char(
        compute="_compute_fcrm_customer_id",
        string="Code of the customer file",
        groups=ALL_ROLES,
    )
    fcrm_owner_id = fields.Many2one(
        "res.users",
        compute="_compute_fcrm_customer_id",
        string="Owner of the customer file",
        groups=ALL_ROLES,
    )
    fcrm_standing = fields.Selection(
        STANDINGS,
        compute="_compute_fcrm_customer_id",
        string="Standing of the customer",
        groups=ALL_ROLES,
    )
    fcrm_completeness = fields.Integer(
        compute="_compute_fcrm_customer_id",
        string="Completeness of the customer file (%)",
        groups=ALL_ROLES,
    )

    @api.depends(
        "commercial_partner_id.fcrm_customer_ids.user_id",
        "commercial_partner_id.fcrm_customer_ids.standing",
        "commercial_partner_id.fcrm_customer_ids.completeness",
    )
    @api.depends_context("company", "uid")
    def _compute_fcrm_customer_id(self):
        files = self.env["followup.customer"].search(
            Domain("partner_id", "in", self.commercial_partner_id.ids)
            & Domain("company_id", "=", self.env.company.id)
        )
        by_partner = {file.partner_id: file for file in files}
        for partner in self:
            file = by_partner.get(partner.commercial_partner_id, files.browse())
            partner.fcrm_customer_id = file
            partner.fcrm_code = file.code
            partner.fcrm_owner_id = file.user_id
            partner.fcrm_standing = file.standing
            partner.fcrm_completeness = file.completeness

    @api.model
    def _search_fcrm_customer_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        files = value if operator == "any" else [("id", "in", value)]
        own = Domain("company_id", "=", self.env.company.id) & Domain(files)
        return Domain("commercial_partner_id.fcrm_customer_ids", "any", own)

    # === CONSTRAINTS === #

    @api.constrains("company_id")
    def _check_fcrm_company(self):
        """A partner with files of several companies belongs to none of them alone."""
        # Elevated: files of other companies count, too.
        files = (
            self.env["followup.customer"]
            .sudo()
            .with_context(active_test=False)
            .search([("partner_id", "in", self.filtered("company_id").ids)])
        )
        for file in files:
            if file.company_id != file.partner_id.company_id:
                raise ValidationError(
                    self.env._(
                        "%(customer)s has a customer file in another company, so its"
                        " contact cannot be reserved for %(company)s.",
                        customer=file.partner_id.display_name,
                        company=file.partner_id.company_id.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fcrm_customer(self):
        # Elevated: a file that the user may not see protects its partner, too.
        files = (
            self.env["followup.customer"]
            .sudo()
            .with_context(active_test=False)
            .search([("partner_id", "in", self.ids)], limit=1)
        )
        if files:
            raise UserError(
                self.env._(
                    "%(customer)s has a customer file (%(code)s). Archive the contact"
                    " instead, or merge it with another.",
                    customer=files.partner_id.display_name,
                    code=files.code,
                )
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """A new contact of a customer is one more way to find it (F9)."""
        partners = super().create(vals_list)
        partners.filtered("parent_id")._fcrm_refresh_clash_keys()
        return partners

    def write(self, vals):
        moves = "parent_id" in vals or "is_company" in vals
        files = self._fcrm_get_files() if moves or "active" in vals else None
        searched = bool(KEY_FIELDS.intersection(vals))
        # Elevated: only to know whose contacts these were.
        former = self.sudo().commercial_partner_id if searched else self.browse()
        result = super().write(vals)
        if files and "active" in vals:
            files.active = vals["active"]
        if files and moves:
            files._follow_commercial_partner(
                keep_archived=self.env.context.get("fcrm_keep_archived")
            )
        if searched:
            (former | self)._fcrm_refresh_clash_keys()
        return result

    def unlink(self):
        """What a customer was found by goes with its contact."""
        # Elevated: only to know whose contacts these are.
        customers = self.sudo().commercial_partner_id - self.sudo()
        result = super().unlink()
        customers._fcrm_refresh_clash_keys()
        return result

    def _fcrm_refresh_clash_keys(self):
        """What customers are found by follows their contacts."""
        if self.env.context.get("fcrm_making_file"):
            return
        # Elevated: whoever changes a contact, the file must be found.
        files = self.sudo().commercial_partner_id._fcrm_get_files()
        self.env["followup.clash.key"].sudo()._refresh(files)

    def _fcrm_get_files(self):
        # Elevated: a file follows its partner whoever changes the partner.
        return (
            self.env["followup.customer"]
            .sudo()
            .with_context(active_test=False)
            .search([("partner_id", "in", self.ids)])
        )

    # === ACTIONS === #

    def action_fcrm_open_customer(self):
        """Open the customer file of this partner, after making it if there is none.

        A file that exists but that the user may not see is named as such.
        """
        self.ensure_one()
        files = self.env["followup.customer"]
        customer = files._for_partner(self, active_test=False)
        if not customer:
            # Elevated: only the owner's name is told.
            hidden = files.sudo()._for_partner(self, active_test=False)
            if hidden:
                raise UserError(
                    self.env._(
                        "%(customer)s is followed by %(owner)s. Ask there, or ask a"
                        " manager to add you to the account team.",
                        customer=self.commercial_partner_id.display_name,
                        owner=hidden.user_id.name or self.env._("nobody yet"),
                    )
                )
            customer = files.create({"partner_id": self.commercial_partner_id.id})
        return customer._get_form_action()

    # === BUSINESS === #

    @api.model
    def _fcrm_get_owners(self, documents):
        """Owner of the customer file for documents with a partner and a company.

        :param documents: sale orders or leads
        :return: dict document → ``res.users``, without documents that have no file or
            whose file has no owner
        """
        # Elevated: the owner takes the document also where its writer sees no file.
        files = (
            self.env["followup.customer"]
            .sudo()
            .search(
                [
                    (
                        "partner_id",
                        "in",
                        documents.partner_id.commercial_partner_id.ids,
                    ),
                    ("user_id", "!=", False),
                ]
            )
        )
        owners = {(f.partner_id.id, f.company_id.id): f.user_id for f in files}
        found = {}
        for document in documents:
            company = document.company_id or self.env.company
            owner = owners.get(
                (document.partner_id.commercial_partner_id.id, company.id)
            )
            if owner:
                found[document] = owner.sudo(False)
        return found

    @api.model
    def _fcrm_fill_tiers(self, documents):
        """Set the tier fields of documents with a partner and a company (T28).

        One search for all of them; whose file the user may not see has no badge.

        :param documents: sale orders or transfers
        """
        files = self.env["followup.customer"].search_fetch(
            Domain("partner_id", "in", documents.partner_id.commercial_partner_id.ids)
            & Domain("tier_id", "!=", False),
            ["partner_id", "company_id", "tier_id"],
        )
        tiers = {(f.partner_id.id, f.company_id.id): f.tier_id for f in files}
        for document in documents:
            company = document.company_id or self.env.company
            key = (document.partner_id.commercial_partner_id.id, company.id)
            tier = tiers.get(key, files.tier_id.browse())
            document.fcrm_tier_id = tier
            document.fcrm_tier_color = tier.color
            document.fcrm_delivery_priority = tier.delivery_priority
