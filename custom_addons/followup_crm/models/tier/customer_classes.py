from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class Customer(models.Model):
    """Classes as they are shown on the customer file (T26, T28, T29)."""

    _inherit = "followup.customer"
    _order = "tier_sequence, code, id"

    # What a scheme found before it was switched off is kept, but no longer said.
    assignment_ids = fields.One2many(domain=[("scheme_id.active", "=", True)])
    tier_benefits = fields.Text(
        string="Benefits",
        compute="_compute_tier_benefits",
        help="What the customer gets for its classes.",
    )
    proposed_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Price list of the tier",
        compute="_compute_proposed_pricelist_id",
        help="The price list that the tier proposes, where the customer has another.",
    )

    # Query: a user's own files in the default order.
    _owner_tier = models.Index("(user_id, tier_sequence, code, id)")

    @api.depends("assignment_ids.tier_id")
    @api.depends_context("lang")
    def _compute_tier_benefits(self):
        for customer in self:
            # Elevated: a benefit is no secret to those who see the customer.
            tiers = customer.sudo().assignment_ids.tier_id.filtered("benefits")
            customer.tier_benefits = "\n".join(
                f"{tier.scheme_id.name} {tier.name}: {tier.benefits}" for tier in tiers
            )

    @api.depends("tier_id")
    def _compute_proposed_pricelist_id(self):
        for company, customers in self.grouped("company_id").items():
            for customer in customers:
                # Elevated: price lists are not for everybody to read, their name is.
                proposed = customer.sudo().tier_id.pricelist_id
                present = customer.sudo().partner_id.with_company(company)
                different = proposed != present.property_product_pricelist
                customer.proposed_pricelist_id = proposed if different else False

    # === ACTIONS === #

    def action_set_tier_pricelist(self):
        """Give the customer the price list that its tier proposes (T26).

        Called after the user confirmed; nothing else ever sets it.
        """
        self.ensure_one()
        self.check_access("write")
        # Elevated: see _compute_proposed_pricelist_id.
        proposed = self.sudo().proposed_pricelist_id
        if not proposed:
            raise UserError(
                self.env._(
                    "The tier of %(customer)s proposes no other price list.",
                    customer=self.display_name,
                )
            )
        if not self.env["res.partner"].has_access("write"):
            raise AccessError(
                self.env._("You may not change contacts; ask someone who may.")
            )
        partner = self.sudo().partner_id.with_company(self.company_id)
        partner.property_product_pricelist = proposed
        self.invalidate_recordset(["proposed_pricelist_id"])
        self.message_post(
            body=self.env._(
                "Price list %(pricelist)s set, as tier %(tier)s proposes.",
                pricelist=proposed.name,
                tier=self.tier_id.name,
            )
        )

    def action_set_tier(self):
        """Open the dialog that gives these customers a class by hand (T23)."""
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set class"),
            "res_model": "followup.tier.set",
            "view_mode": "form",
            "target": "new",
            "context": {"default_customer_ids": self.ids},
        }

    def action_open_tier_changes(self):
        """How the customer moved from class to class (T22)."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "followup_crm.tier_change_action"
        )
        action["domain"] = [("customer_id", "=", self.id)]
        return action
