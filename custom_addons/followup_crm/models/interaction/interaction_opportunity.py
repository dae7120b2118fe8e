from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.tools import plaintext2html


class Interaction(models.Model):
    """What was said becomes an opportunity (商机, F13)."""

    _inherit = "followup.interaction"

    opportunity_id = fields.Many2one(
        "crm.lead",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def action_create_opportunity(self):
        """Make an opportunity of this contact, once, and open it."""
        self.ensure_one()
        self.check_access("write")
        if not self.env["crm.lead"].has_access("create"):
            raise AccessError(
                self.env._(
                    "You may not make opportunities: ask for the sales rights, or ask a"
                    " colleague in sales."
                )
            )
        self._lock()
        self.invalidate_recordset(["opportunity_id"])
        if not self.opportunity_id:
            lead = self.env["crm.lead"].create(self._prepare_opportunity_vals())
            # Elevated: links are closed to direct writing.
            self.sudo().opportunity_id = lead
        return self.action_open_opportunity()

    def action_open_opportunity(self):
        """Open the opportunity that came of this contact."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opportunity"),
            "res_model": "crm.lead",
            "view_mode": "form",
            "res_id": self.opportunity_id.id,
        }

    def _prepare_opportunity_vals(self):
        texts = [self.content, self.result, self.next_step]
        person = self.contact_ids[:1] or self.customer_id.partner_id
        return {
            "name": self.purpose,
            "type": "opportunity",
            "partner_id": person.id,
            "company_id": self.company_id.id,
            "user_id": self.user_id.id,
            "description": plaintext2html("\n".join(text for text in texts if text)),
        }
