from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintMatch(models.TransientModel):
    """Who complained? Choose the customer file, or make one (C1)."""

    _name = "followup.complaint.match"
    _description = "Match a complaint to its customer"

    complaint_id = fields.Many2one("followup.complaint", required=True, readonly=True)
    company_id = fields.Many2one(related="complaint_id.company_id")
    candidate_ids = fields.Many2many(
        "res.partner", string="Same address", compute="_compute_candidate_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        help="The person or company that complained; its customer file is found by it.",
    )
    customer_id = fields.Many2one(
        "followup.customer",
        string="Customer file",
        compute="_compute_customer_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )

    @api.depends("complaint_id")
    def _compute_candidate_ids(self):
        for wizard in self:
            wizard.candidate_ids = wizard.complaint_id._get_matching_partners()

    @api.depends("complaint_id")
    def _compute_partner_id(self):
        for wizard in self:
            found = wizard.complaint_id.partner_id
            candidates = wizard.complaint_id._get_matching_partners()
            if not found and len(candidates) == 1:
                found = candidates
            wizard.partner_id = found

    @api.depends("partner_id")
    def _compute_customer_id(self):
        customers = self.env["followup.customer"]
        for wizard in self:
            wizard.customer_id = customers._for_partner(
                wizard.partner_id, wizard.company_id
            )

    def action_match(self):
        """The complaint is this customer's; a missing customer file is made."""
        self.ensure_one()
        customer, partner = self.customer_id, self.partner_id
        if not customer and not partner:
            raise UserError(self.env._("Choose the contact or the customer file."))
        if not customer:
            customer = self.env["followup.customer"].create(
                {
                    "partner_id": partner.commercial_partner_id.id,
                    "company_id": self.company_id.id,
                }
            )
        if partner.commercial_partner_id != customer.partner_id:
            partner = customer.partner_id
        self.complaint_id._match_customer(customer, partner)
        return {"type": "ir.actions.act_window_close"}

    def action_new_contact(self):
        """Make a contact of what the stranger told, and its customer file."""
        self.ensure_one()
        complaint = self.complaint_id
        name = complaint.complainant_company or complaint.complainant_name
        if not name:
            raise UserError(
                self.env._("The complaint names nobody: choose or make the contact.")
            )
        partner = self.env["res.partner"].create(
            {
                "name": name,
                "is_company": bool(complaint.complainant_company),
                "email": complaint.email_from,
                "phone": complaint.phone,
            }
        )
        if complaint.complainant_company and complaint.complainant_name:
            self.env["res.partner"].create(
                {
                    "name": complaint.complainant_name,
                    "parent_id": partner.id,
                    "email": complaint.email_from,
                    "phone": complaint.phone,
                }
            )
        self.customer_id, self.partner_id = False, partner
        return self.action_match()
