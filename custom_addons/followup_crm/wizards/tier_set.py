from odoo import api, fields, models


class TierSet(models.TransientModel):
    """Dialog: give customers a class by hand, with a reason (人工调整, T23).

    In a manual scheme the class holds at once; in the others a manager approves.
    """

    _name = "followup.tier.set"
    _description = "Set the class of customers"

    customer_ids = fields.Many2many(
        "followup.customer", string="Customers", required=True
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", string="Company of the customers"
    )
    scheme_id = fields.Many2one(
        "followup.tier.scheme",
        required=True,
        compute="_compute_scheme_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('company_id', '=', company_id)]",
    )
    tier_id = fields.Many2one(
        "followup.tier",
        string="Class",
        required=True,
        domain="[('scheme_id', '=', scheme_id)]",
    )
    needs_approval = fields.Boolean(
        string="Needs approval", compute="_compute_needs_approval"
    )
    reason = fields.Text(required=True)
    date_to = fields.Date(string="Expires on", help="Empty: until somebody ends it.")

    @api.depends("customer_ids")
    def _compute_company_id(self):
        for dialog in self:
            dialog.company_id = dialog.customer_ids[:1].company_id or self.env.company

    @api.depends("company_id")
    def _compute_scheme_id(self):
        """Most want the policy scheme, whose class is the badge."""
        for dialog in self:
            if dialog.scheme_id.company_id != dialog.company_id:
                dialog.scheme_id = dialog.scheme_id.search(
                    [
                        ("company_id", "=", dialog.company_id.id),
                        ("is_policy", "=", True),
                    ],
                    limit=1,
                )

    @api.depends("scheme_id")
    @api.depends_context("uid")
    def _compute_needs_approval(self):
        manager = self.env.user.has_group("followup_crm.group_manager")
        for dialog in self:
            scheme = dialog.scheme_id
            dialog.needs_approval = bool(
                scheme and not scheme.is_manual and not manager
            )

    @api.onchange("scheme_id")
    def _onchange_scheme_id(self):
        if self.tier_id.scheme_id != self.scheme_id:
            self.tier_id = False

    def action_apply(self):
        """Make one override per customer, under the user's own rights."""
        self.ensure_one()
        self.env["followup.tier.override"].create(
            [
                {
                    "customer_id": customer.id,
                    "scheme_id": self.scheme_id.id,
                    "tier_id": self.tier_id.id,
                    "reason": self.reason,
                    "date_to": self.date_to,
                }
                for customer in self.customer_ids
            ]
        )
        closing = {"type": "ir.actions.act_window_close"}
        if not self.needs_approval:
            return closing
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "A manager was asked to approve the class; until then the present"
                    " one holds."
                ),
                "next": closing,
            },
        }
