from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..customer.customer_profile import SIZES
from .res_partner import ALL_ROLES

# What tells that a lead was won, or how it came in.
PROVENANCE_FIELDS = {
    "stage_id",
    "probability",
    "active",
    "partner_id",
    "fcrm_channel_id",
    "fcrm_method_id",
}


class CrmLead(models.Model):
    """How a prospect came to us, and what becomes of it: the customer file (N3)."""

    _inherit = "crm.lead"

    fcrm_channel_id = fields.Many2one(
        "followup.information.channel",
        string="Channel",
        ondelete="restrict",
        tracking=True,
        help="Through what the prospect came to us; its customer file keeps it.",
    )
    fcrm_method_id = fields.Many2one(
        "followup.information.method",
        string="How we learnt of it",
        ondelete="restrict",
        help="By what method we learnt of it.",
    )
    fcrm_industry_id = fields.Many2one(
        "res.partner.industry",
        string="Industry",
        help="Left empty, that of its contact counts.",
    )
    fcrm_size_category = fields.Selection(SIZES, string="Size")
    fcrm_categ_id = fields.Many2one(
        "product.category",
        string="Product interest",
        help="What it would buy first.",
    )
    fcrm_customer_id = fields.Many2one(
        "followup.customer",
        string="Customer file",
        compute="_compute_fcrm_customer_id",
        groups=ALL_ROLES,
    )

    @api.depends("partner_id.commercial_partner_id", "company_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_fcrm_customer_id(self):
        files = self.env["followup.customer"].with_context(active_test=False)
        found = files.search(
            [("partner_id", "in", self.partner_id.commercial_partner_id.ids)]
        )
        by_place = {(one.partner_id, one.company_id): one for one in found}
        for lead in self:
            company = lead.company_id or self.env.company
            place = (lead.partner_id.commercial_partner_id, company)
            lead.fcrm_customer_id = by_place.get(place)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        leads._fcrm_pass_provenance_on()
        return leads

    def write(self, vals):
        result = super().write(vals)
        if PROVENANCE_FIELDS.intersection(vals):
            self._fcrm_pass_provenance_on()
        return result

    # === ACTIONS === #

    def action_fcrm_customer_file(self):
        """Open the customer file; make it, and the contact, where there is none."""
        self.ensure_one()
        self.check_access("write")
        if not self.fcrm_customer_id:
            self._fcrm_make_file()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer file"),
            "res_model": "followup.customer",
            "view_mode": "form",
            "res_id": self.fcrm_customer_id.id,
        }

    # === BUSINESS === #

    def _fcrm_make_file(self):
        """Make the file of the lead's customer, with what the lead knows."""
        if not self.partner_id:
            if not (self.partner_name or self.contact_name):
                raise UserError(
                    self.env._(
                        "Enter the company name or the contact name of the prospect"
                        " first."
                    )
                )
            self._handle_partner_assignment(create_missing=True)
        files = self.env["followup.customer"]
        partner = self.partner_id.commercial_partner_id
        company = self.company_id or self.env.company
        # Elevated: whether a colleague has the file, which the user may not see.
        if files.sudo()._for_partner(partner, company, active_test=False):
            raise AccessError(
                self.env._(
                    "%(customer)s has a customer file already, of a colleague or in the"
                    " archive. Ask a manager.",
                    customer=partner.display_name,
                )
            )
        files.create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "size_category": self.fcrm_size_category,
            }
        )
        self.invalidate_recordset(["fcrm_customer_id"])

    def _fcrm_pass_provenance_on(self):
        """Tell the customer files of won leads through what channel they came."""
        won = self.filtered(
            lambda lead: (
                lead.won_status == "won"
                and lead.partner_id
                and (lead.fcrm_channel_id or lead.fcrm_method_id)
            )
        )
        if not won:
            return
        # Elevated: the file may be a colleague's; its owner is told nothing else.
        files = self.env["followup.customer"].sudo().with_context(active_test=False)
        partners = won.partner_id.commercial_partner_id
        files.search([("partner_id", "in", partners.ids)])._take_provenance(
            won.sudo().sorted("create_date")
        )

    def _fcrm_prepare_information(self, customer):
        """What the file of ``customer`` learns from this lead (P7)."""
        self.ensure_one()
        user = self.user_id if self.user_id and not self.user_id.share else False
        moment = self.create_date or fields.Datetime.now()
        return {
            "customer_id": customer.id,
            "lead_id": self.id,
            "date": fields.Datetime.context_timestamp(self, moment).date(),
            "user_id": (user or self.env.user).id,
            "data_group": "basic",
            "content": self.env._(
                "Came to us as the prospect “%(name)s”.", name=self.name
            ),
            "channel_id": self.fcrm_channel_id.id,
            "method_id": self.fcrm_method_id.id,
            "reliability": "confirmed",
        }
