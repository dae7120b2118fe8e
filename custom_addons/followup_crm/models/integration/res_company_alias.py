from odoo import api, fields, models


class ResCompany(models.Model):
    """The address to which mails are forwarded (F14): one alias per company."""

    _inherit = "res.company"

    fcrm_alias_id = fields.Many2one(
        "mail.alias", string="Alias for forwarded mails", ondelete="set null"
    )
    fcrm_alias_name = fields.Char(
        string="Address for forwarded mails",
        compute="_compute_fcrm_alias_name",
        inverse="_inverse_fcrm_alias_name",
        help="What users forward to this address becomes a contact with the customer"
        " whose address it carries. Choose a name that outsiders do not guess.",
    )
    fcrm_alias_email = fields.Char(
        compute="_compute_fcrm_alias_name", string="Full address for forwarded mails"
    )

    @api.depends("fcrm_alias_id.alias_name", "fcrm_alias_id.alias_domain_id")
    def _compute_fcrm_alias_name(self):
        for company in self:
            # Elevated: the address is known to all users of the company.
            alias = company.sudo().fcrm_alias_id
            company.fcrm_alias_name = alias.alias_name
            company.fcrm_alias_email = alias.alias_full_name

    def _inverse_fcrm_alias_name(self):
        for company in self:
            name = (company.fcrm_alias_name or "").strip()
            # Elevated: writing the company's settings is the right that counts.
            alias = company.sudo().fcrm_alias_id
            if alias:
                alias.alias_name = name or False
            elif name:
                company.sudo().fcrm_alias_id = (
                    self.env["mail.alias"].sudo().create(self._prepare_alias(name))
                )

    def _prepare_alias(self, name):
        """Values of the alias: known partners only, and the company it is for."""
        return {
            "alias_name": name,
            "alias_model_id": self.env["ir.model"]._get_id("followup.incoming"),
            "alias_defaults": repr({"company_id": self.id}),
            "alias_contact": "partners",
            "alias_domain_id": self.alias_domain_id.id,
        }
