from odoo import fields, models


class CustomerAttach(models.TransientModel):
    """Dialog: a customer turns out to belong to another company."""

    _name = "followup.customer.attach"
    _description = "Make a customer a contact of another company"

    customer_id = fields.Many2one("followup.customer", required=True)
    parent_id = fields.Many2one(
        "res.partner",
        string="Belongs to",
        required=True,
        domain="[('is_company', '=', True)]",
    )
    mode = fields.Selection(
        [
            ("combine", "Combine its file with the company's"),
            ("archive", "Keep its file as an archive"),
        ],
        string="What happens to the file",
        required=True,
        default="combine",
    )

    def action_apply(self):
        """Put the contact below the company; the file follows or is archived."""
        self.ensure_one()
        customer = self.customer_id
        customer.check_access("write")
        partner = customer.partner_id.with_context(
            fcrm_keep_archived=self.mode == "archive"
        )
        partner.write({"is_company": False, "parent_id": self.parent_id.id})
        target = self.env["followup.customer"]._for_partner(
            self.parent_id, customer.exists().company_id or self.env.company
        )
        if self.mode == "archive" or not target:
            return {"type": "ir.actions.act_window_close"}
        return target._get_form_action()
