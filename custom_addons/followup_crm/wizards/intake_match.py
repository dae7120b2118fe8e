from odoo import api, fields, models
from odoo.exceptions import UserError


class IntakeMatch(models.AbstractModel):
    """Who wrote? Choose the customer file, or make one (C1).

    A model that inherits it names the field of the record in ``_record_field``.
    """

    _name = "followup.intake.match.mixin"
    _description = "Match what came in to its customer"
    _record_field = ""

    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    candidate_ids = fields.Many2many(
        "res.partner", string="Same address", compute="_compute_candidate_ids"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        help="The person or company that wrote; its customer file is found by it.",
    )
    customer_id = fields.Many2one(
        "followup.customer",
        string="Customer file",
        compute="_compute_customer_id",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id)]",
    )

    def _get_record(self):
        """What is matched: the complaint or request."""
        self.ensure_one()
        return self[self._record_field]

    @api.depends(lambda self: self._get_record_fields())
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard._get_record().company_id

    @api.model
    def _get_record_fields(self):
        return (self._record_field,) if self._record_field else ()

    @api.depends(lambda self: self._get_record_fields())
    def _compute_candidate_ids(self):
        for wizard in self:
            wizard.candidate_ids = wizard._get_record()._get_matching_partners()

    @api.depends(lambda self: self._get_record_fields())
    def _compute_partner_id(self):
        for wizard in self:
            found = wizard._get_record().partner_id
            candidates = wizard._get_record()._get_matching_partners()
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
        """It is this customer's; a missing customer file is made."""
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
        self._get_record()._match_customer(customer, partner)
        return {"type": "ir.actions.act_window_close"}

    def action_new_contact(self):
        """Make a contact of what the stranger told, and its customer file."""
        self.ensure_one()
        record = self._get_record()
        person = record[record._mail_name_field]
        company = record[record._mail_company_field]
        if not company and not person:
            raise UserError(self.env._("It names nobody: choose or make the contact."))
        address = {"email": record.email_from, "phone": record.phone}
        partner = self.env["res.partner"].create(
            {"name": company or person, "is_company": bool(company), **address}
        )
        if company and person:
            self.env["res.partner"].create(
                {"name": person, "parent_id": partner.id, **address}
            )
        self.customer_id, self.partner_id = False, partner
        return self.action_match()
